"""Phone numbers of any country, told from dates, scores, prices and votes."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from broadsheet.standards.detectors.personal_data.spoken import spoken_numbers
from broadsheet.standards.detectors.personal_data.surroundings import Found, Surroundings
from broadsheet.standards.text import Seen

REGIONS = {
    "en": ("GB", "US", "CA", "AU", "IE", "NZ", "ZA", "IN"),
    "fr": ("FR", "BE", "CH", "CA", "MA", "DZ", "TN", "SN", "CI"),
    "de": ("DE", "AT", "CH"),
    "ar": ("MA", "DZ", "TN", "EG", "SA", "AE", "JO", "LB", "IQ"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "it": ("IT", "CH"),
    "pt": ("PT", "BR"),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "tr": ("TR",),
    "ru": ("RU", "UA", "KZ", "BY"),
}
# Asked where words beside a number say that it is a phone's, and no country of the comment's language has it.
WORLD = tuple(
    dict.fromkeys(
        [country for countries in REGIONS.values() for country in countries]
        + ["SE", "NO", "DK", "FI", "CZ", "SK", "HU", "RO", "BG", "GR", "HR", "RS", "SI", "EE", "LV", "LT", "IL", "IR", "PK", "BD"]
        + ["LK", "NG", "KE", "GH", "ET", "CN", "JP", "KR", "TW", "HK", "SG", "MY", "ID", "PH", "TH", "VN", "KW", "QA", "SY", "YE"]
    )
)  # fmt: skip
MOST = 40  # candidates read in one text; more are no contact but a table
_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z_À-ɏ\u0370-\u06ff.,:+/$€£%-])(?:\+|00)?[(]?\d(?:[ ().\-/_]{0,3}\d){6,16}(?![0-9A-Za-z_À-ɏ\u0370-\u06ff%€$£]|[.,:/-]\d)"
)
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:\d{2}|\d{4})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?:\s.*)?|"
    r"(?:19|20)\d\d\D+(?:19|20)\d\d.*"
)
_SHAPED = re.compile(
    r"0\d{1,4}[ ./-].*\d|0\d{8,10}|0(?:[ ._-]\d){8,10}|\(0?\d{2,5}\)[ -]?\d.*|\d{3}[.-]\d{3}[.-]\d{4}|\d{3} \d{3} \d{4}|1[-. ]\d{3}[-. ]\d{3}[-. ]\d{4}"
)
INTERNATIONAL, SPOKEN_OF, SHAPED, PUBLIC = 0.95, 0.9, 0.75, 0.3


def phones(seen: Seen, near: Surroundings, language: str, regions: tuple[str, ...]) -> Iterator[Found]:
    """Yield phone numbers that exist by their country's plan; those of offices with a low score."""
    countries = _countries(language, regions)
    for count, match in enumerate(_CANDIDATE.finditer(seen.folded)):
        if count == MOST:
            return
        start, end = seen.span(*match.span())
        text = match[0].replace("_", " ")
        spoken = near.speak_of("phone", start)
        if _DATE.fullmatch(text) or (near.speak_of("clean", start, 25) and not spoken):
            continue
        if text.startswith(("+", "00")):
            kind = _kind("+" + text.lstrip("+0"), None)
            score = INTERNATIONAL
        elif spoken or _SHAPED.fullmatch(text):
            kind = _first_kind(text, countries) or (_any_kind(text, WORLD) if spoken else "")
            score = SPOKEN_OF if spoken else SHAPED
        else:
            continue
        if kind:
            yield _found(kind, score, near, start, end)


def phones_in_words(seen: Seen, near: Surroundings, regions: tuple[str, ...]) -> Iterator[Found]:
    """Yield phone numbers that are spelt out, wholly or in part."""
    for digits, start, end in spoken_numbers(seen, near):
        kind = _any_kind(digits, (*regions, *WORLD)) if digits.startswith("0") else _kind("+" + digits, None)
        if kind:
            yield _found(kind, SPOKEN_OF, near, start, end)


def _countries(language: str, regions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*regions, *REGIONS.get(language, REGIONS["en"]))))


def _first_kind(text: str, countries: tuple[str, ...]) -> str:
    return next((kind for country in countries if (kind := _kind(text, country))), "")


def _any_kind(text: str, countries: tuple[str, ...]) -> str:
    """Return what the number is somewhere: a person's, where it is that in any of the countries."""
    kinds = {_kind(text, country) for country in countries}
    return "person" if "person" in kinds else "".join(kinds)


def _found(kind: str, score: float, near: Surroundings, start: int, end: int) -> Found:
    office = near.is_of_an_office(start)
    return Found(PUBLIC if office or kind == "public" else score, start, end)


@cache
def _public_kinds() -> frozenset[int]:
    from phonenumbers import PhoneNumberType as Kind

    return frozenset({Kind.TOLL_FREE, Kind.PREMIUM_RATE, Kind.SHARED_COST, Kind.UAN, Kind.VOICEMAIL})


@lru_cache(maxsize=1024)
def _kind(text: str, country: str | None) -> str:
    """Return `person` or `public` (numbers of services) for a number that can be called, else nothing."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return "public" if phonenumbers.number_type(number) in _public_kinds() else "person"

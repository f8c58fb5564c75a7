"""Dates as people write them, and which of them says when the article was published."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from broadsheet.importing.engines.dump.vocabulary import key_of, languages, vocabulary

_DAY_FIRST = frozenset(["fr", "de", "es", "it", "pt", "ru", "uk", "ar", "nl", "pl", "tr", "sv"])
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)?\d\d)(?![\d])")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?![\d/])")
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.h٫](?:[0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s*[ap]\.?m\b\.?)?", re.IGNORECASE)
_ZONE = re.compile(
    r"\b(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|PT|MSK|IST|AEST|Uhr|МСК|мск)\b(?:\s*[+-]\d{1,2}(?::?\d\d)?)?"
)
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_WEEKDAYS = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "mon tue wed thu fri sat sun",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lunes martes miércoles jueves viernes sábado domingo",
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    )
    for number, name in enumerate(names.split())
}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; `value` is None where the day and the month could be exchanged."""

    value: date | None
    start: int
    end: int
    updated: bool
    published: bool


@cache
def _month_names() -> dict[str, int]:
    """Every month's name in every language."""
    names: dict[str, int] = {}
    for language in languages().values():
        for name, number in language.months.items():
            names.setdefault(name, number)
    return names


@cache
def _worded() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for day before month and month before day."""
    names = "|".join(sorted((re.escape(name) for name in _month_names()), key=len, reverse=True))
    both = rf"(?:{names})\.?(?:\s*/\s*(?:{names}))?"
    day_first = re.compile(
        rf"(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*[-\s]\s*(?:(?:de|of|d['’])\s*)?({both})(?!\w)\.?,?"
        rf"[-\s]*(?:(?:de|del|of)\s+)?((?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    )
    month_first = re.compile(
        rf"(?<!\w)({both})(?!\w)\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE
    )
    return day_first, month_first


def find_dates(text: str, *, language: str | None, slash_day_first: bool | None = None) -> list[FoundDate]:
    """Every date in a short text, in order."""
    if not any(sign.isdigit() for sign in text):
        return []
    text = text[:2000].translate(_ARABIC_DIGITS)
    found: list[FoundDate] = []
    taken: list[tuple[int, int]] = []

    def add(match: re.Match[str], value: date | None) -> None:
        if not any(start < match.end() and match.start() < end for start, end in taken):
            taken.append(match.span())
            label = _label_before(text, match.start())
            found.append(FoundDate(value, match.start(), match.end(), label == "updated", label == "published"))

    day_first, month_first = _worded()
    for match in day_first.finditer(text):
        add(match, _make(match.group(3), _month(match.group(2)), match.group(1)))
    for match in month_first.finditer(text):
        add(match, _make(match.group(3), _month(match.group(1)), match.group(2)))
    for match in _ISO.finditer(text):
        add(match, _make(match.group(1), match.group(2), match.group(3)))
    for match in _DOTTED.finditer(text):
        add(match, _make(match.group(3), match.group(2), match.group(1)))
    for match in _SLASHED.finditer(text):
        order = slash_day_first if slash_day_first is not None else (True if language in _DAY_FIRST else None)
        add(match, _slashed(match, text, order))
    return sorted((item for item in found), key=lambda item: item.start)


def _month(words: str) -> int:
    """The number of a month that may be written twice, in two ways."""
    names = _month_names()
    for part in words.casefold().split("/"):
        number = names.get(part.strip().rstrip("."))
        if number:
            return number
    return 0


def _make(year: str | int, month: str | int, day: str | int) -> date | None:
    """The date, or None where there is no such day."""
    number = int(year)
    if number < 100:
        number += 2000 if number < 70 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _slashed(match: re.Match[str], text: str, day_first: bool | None) -> date | None:
    """The date written with strokes, if only one reading is possible."""
    first, second, year = match.groups()
    european, american = _make(year, second, first), _make(year, first, second)
    if european is None or american is None or european == american:
        return european or american
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        weekday = _WEEKDAYS.get(word)
        if weekday is not None and european.weekday() != american.weekday():
            if weekday == european.weekday():
                return european
            if weekday == american.weekday():
                return american
    if day_first is None:
        return None
    return european if day_first else american


def slash_order(texts: list[str]) -> bool | None:
    """Whether dates with strokes in these texts put the day first, from those with only one reading."""
    day_first = month_first = 0
    for text in texts:
        for match in _SLASHED.finditer(text):
            first, second = int(match.group(1)), int(match.group(2))
            day_first += 12 < first <= 31 and second <= 12
            month_first += 12 < second <= 31 and first <= 12
    if bool(day_first) == bool(month_first):
        return None
    return bool(day_first)


def _label_before(text: str, position: int) -> str | None:
    """Whether the words just before a date call it the day of publishing or of changing."""
    before = text[:position]
    cut = max(before.rfind(sign) for sign in "|·•;,\n")
    nearest: tuple[int, str] | None = None
    scope = key_of(before[-60:])
    for kind in ("updated", "published"):
        for label in vocabulary().labels[kind]:
            place = f" {scope} ".rfind(f" {label} ")
            if place >= 0 and (nearest is None or place > nearest[0]):
                nearest = (place, kind)
    if nearest is None:
        return None
    # A label does not reach over another date.
    rest = before[-60:] if cut < 0 else before[max(cut, len(before) - 60) :]
    return nearest[1] if nearest[1] == "updated" or not re.search(r"\d{4}", rest) else None


_TIME_WORDS = [
    "get",
    "short",
    "url",
    "local",
    "time",
    "min",
    "read",
    "p",
    "m",
    "a",
    "m",
    "a",
    "las",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "est",
    "edt",
    "et",
    "pst",
    "pt",
    "msk",
    "ist",
    "мск",
    "uhr",
    "am",
    "pm",
    "h",
    "à",
    "at",
    "on",
    "um",
    "le",
    "el",
    "los",
    "den",
    "the",
    "hrs",
    "в",
    "г",
    "года",
    "alle",
    "ore",
    "kl",
    "om",
    "o",
    "às",
    "de",
    "del",
    "year",
    "short",
    "url",
]


def is_only_time(text: str) -> bool:
    """True for a line that says a date or a time, with a zone or a label perhaps, and nothing else."""
    if len(text) > 160 or not any(sign.isdigit() for sign in text):
        return False
    rest = text.translate(_ARABIC_DIGITS)
    had = bool(_TIME.search(rest))
    for found in reversed(find_dates(rest, language="fr")):
        rest = rest[: found.start] + " " + rest[found.end :]
        had = True
    rest = _ZONE.sub(" ", _TIME.sub(" ", _AGO.sub(" ", rest) if had else rest))
    if had or len(rest) < 24:
        rest, days = _day_of_month().subn(" ", rest)
        had = had or days > 0
    rest = _YESTERDAY.sub(" ", rest) if had else rest
    if not had:
        return bool(_relative(rest))
    words = [word for word in key_of(rest).split() if word not in _WEEKDAYS]
    labels = vocabulary().labels
    left = " ".join(words)
    for kind in ("updated", "published"):
        for label in sorted(labels[kind], key=len, reverse=True):
            left = f" {left} ".replace(f" {label} ", " ").strip()
    for zone in _TIME_WORDS:
        left = f" {left} ".replace(f" {zone} ", " ").strip()
    return len(left) <= 3


_YESTERDAY = re.compile(
    r"\b(?:yesterday|today|hier|aujourd['’]hui|gestern|heute|ayer|hoy|ieri|oggi|вчера|сегодня)\b|(?<!\w)(?:أمس|اليوم)(?!\w)",
    re.IGNORECASE,
)


@cache
def _day_of_month() -> re.Pattern[str]:
    """A day and a month without a year."""
    names = "|".join(sorted((re.escape(name) for name in _month_names()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\d.])\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:{names})(?!\w)\.?,?|(?<!\w)(?:{names})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)",
        re.IGNORECASE,
    )


_AGO = re.compile(
    r"\b(?:\d{1,2}|an?|one)\s+(?:sec|min|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\s+ago\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"^\W*(?:\d{1,2}|an?|one)\s+(?:sec|min|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?)\s+ago\W*$|^\W*(?:yesterday|today|just now)\W*$|"
    r"^\W*(?:il y a|vor|hace)\s+\d{1,3}\s+\w+\W*$|^\W*\d{1,3}\s+\w+\s+назад\W*$|^\W*منذ\s+.{1,20}$",
    re.IGNORECASE,
)


def names_day(text: str) -> bool:
    """True where a line says a day and not only a time of day."""
    return bool(find_dates(text, language="fr")) or bool(_day_of_month().search(text)) or bool(_YESTERDAY.search(text))


def _relative(text: str) -> bool:
    """True for a time told from now."""
    return _RELATIVE.match(text) is not None


def has_clock_time(text: str) -> bool:
    """True where a time of day stands in the text."""
    return _TIME.search(text) is not None


def leading_time(text: str) -> int:
    """Where the words begin after a time at the line's start; 0 where there is none."""
    match = re.match(rf"\W{{0,3}}(?:{_TIME.pattern})(?:\s*(?:{_ZONE.pattern}))?[\s:.,|–—-]*", text, re.IGNORECASE)
    return match.end() if match else 0

"""Postal addresses with a house number; places of public life are none."""

import re
from collections.abc import Iterator

from broadsheet.standards.detectors.personal_data.surroundings import Found, Surroundings
from broadsheet.standards.text import Seen

_NAME = r"[A-ZÀ-ÞŒ][\w'’.-]{0,24}"
_STREETS = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Terrace|Gardens|Grove|Place|Pl|Square|Sq|Way|Boulevard|"
    r"Blvd|Mews|Row|Hill|Parade|Highway|Hwy|Circle|Trail|Walk"
)
_ENGLISH = re.compile(
    rf"(?<![\w.,£$€-])\d{{1,5}}[A-Za-z]?,? +(?:(?:North|South|East|West|N|S|E|W)\.? )?(?:{_NAME} +){{1,4}}(?:{_STREETS})\b(?! (?:of|ago))"
)
_ENGLISH_SMALL = re.compile(rf"(?<![\w.,£$€-])\d{{1,5}}[a-z]?,? +(?:[a-z'-]{{2,20}} +){{1,3}}(?:{_STREETS.lower()})\b")
_FRENCH = re.compile(
    r"(?<![\w.,€$-])\d{1,4} ?(?:bis|ter|quater)?,? +(?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|allée|allee|impasse|quai|cours|"
    r"passage|square|route|sentier|ruelle|résidence|lotissement|hay|derb) +(?:(?:de|du|des|de la|de l'|d'|la|le|les|l')[ ']?)?[\w'’-]{2,25}"
    r"(?: [A-ZÀ-Þ][\w'’-]{1,24}){0,3}",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ][\w-]{2,30}(?:straße|strasse|str\.|weg|gasse|platz|allee|ufer|ring|damm|steig|chaussee)|"
    r"(?:Am|An der|Im|Auf dem|Zum|Zur) [A-ZÄÖÜ][\w-]{2,25}|"
    r"[A-ZÄÖÜ][\w-]{2,25}(?:er)? (?:Straße|Strasse|Str\.|Weg|Platz|Allee|Ring|Damm|Gasse)) \d{1,4} ?[a-z]?(?![\w%.,]\d)(?!\w)"
)
# Street, then number, in other tongues: the name is written large, the number ends what is said or a town follows.
_N = r"[A-ZÀ-ÞĀ-ŽА-Я][\w'’.-]{0,24}"
_NUMBER = r",? (?:n[º°.o]{1,2} ?|No ?[:.]? ?|д\. ?|дом )?\d{1,4} ?(?:[a-zA-Z](?!\w))?(?:/\d{1,4}|/[A-Z]| m\. ?\d{1,4})?"
_OTHERS = re.compile(
    rf"(?<!\w)(?:(?:[Cc]alle|C/|[Aa]vda\.?|[Aa]venida|[Pp]laza|[Pp]aseo|[Cc]amino|[Cc]arrer|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Ll]argo|[Vv]icolo|"
    rf"[Rr]ua|[Tt]ravessa|[Pp]raça|[Aa]lameda|[Ee]strada|ul\.|[Uu]lica|[Uu]licy|al\.|[Aa]leja|pl\.|os\.|ул\.|улица|улице|пр\.|проспект|пер\.|"
    rf"переулок|шоссе) (?:de |del |de la |la |das |dos |da |do |della |dei )?(?:{_N} ?){{1,4}}(?<! )|"
    rf"{_N} (?:{_N} )?(?:Caddesi|Cad\.|Sokağı|Sokak|Sok\.|Sk\.|Bulvarı|Mahallesi|Mah\.)|"
    rf"[A-ZÀ-ÞĀ-Ž]\w{{2,30}}(?:straat|laan|plein|gracht|kade|singel|dreef|steeg|gatan|gata|gate|vägen|veien|gade|torget|torvet|plassen|katu))"
    rf"{_NUMBER}(?![\w%]|[.,:]\d)"
)
_RUNS_ON = re.compile(r" [^\W\d_]")  # a word right after the number: it counts something
_ARABIC = re.compile(
    r"(?:شارع|زنقة|زنقه|حي|درب|عمارة|نهج) +[\u0621-\u064a ]{2,40}?(?:،|,)? ?(?:رقم|عمارة|بناية|منزل|شقة|الرقم) ?\d{1,4}|"
    r"(?:رقم )?\d{1,4}(?:،|,)? ?(?:شارع|زنقة|زنقه|درب|نهج) +[\u0621-\u064a]{2,20}(?: [\u0621-\u064a]{2,20})?"
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?|\d{5}(?= [A-ZÀ-ÞĀ-Ž])|\d{4} [A-ZÄÖÜ][a-zäöü]{2,}|\d{4} ?[A-Z]{2} [A-Z]|\d{2}-\d{3} [A-ZŁŚŻ]|"
    r"\d{4}-\d{3} [A-ZÀ-Þ]|\d{3} \d{2} [A-ZÅÄÖ])\b"
)
_PUBLIC = re.compile(
    r"10,? downing st|1600 pennsylvania|221b baker|55,? rue du faubourg|willy-brandt-straße 1|platz der republik 1|"
    r"wall st|fleet street|11 downing|126 rue de l'universit|57 rue de varenne",
    re.IGNORECASE,
)
LIVES, POSTCODE, ALONE, OFFICE = 0.9, 0.85, 0.65, 0.3


def addresses(seen: Seen, near: Surroundings) -> Iterator[Found]:
    """Yield postal addresses; a postcode or words of living there make them surer."""
    text = seen.original
    if not any(map(seen.folded.__contains__, "0123456789")):
        return
    for pattern in (_ENGLISH, _FRENCH, _GERMAN, _OTHERS, _ARABIC):
        for match in pattern.finditer(text):
            if not _PUBLIC.search(match[0]) and (found := _found(match, text, near, pattern in {_GERMAN, _OTHERS})):
                yield found
    for match in _ENGLISH_SMALL.finditer(text):
        if near.speak_of("lives", match.start(), 20) and not _PUBLIC.search(match[0]):
            yield Found(LIVES, *match.span())


def _found(match: re.Match[str], text: str, near: Surroundings, number_last: bool) -> Found | None:
    """Return the address with its postcode; none where a number that ends it may as well count what follows."""
    coded = _POSTCODE.search(text, match.end(), match.end() + 40)
    lived = near.speak_of("lives", match.start(), 30)
    if number_last and not lived and not coded and _RUNS_ON.match(text, match.end()):
        return None
    office = near.is_of_an_office(match.start())
    score = OFFICE if office else LIVES if lived else POSTCODE if coded else ALONE
    return Found(score, match.start(), coded.end() if coded else match.end())

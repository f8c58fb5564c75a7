"""Picture credits found anywhere in a text and taken apart into agency, year, author and pool."""

import re
from dataclasses import dataclass

from broadsheet.importing.rules.page_result import Credit

MAX_TEXT = 200_000
MAX_CREDIT = 160

_SIGN = r"(?:©|\(c\)|Ⓒ|ⓒ|&copy;)"
_LABEL = (
    r"(?:photos?(?:graph)?s?(?:\s+by)?|pictures?(?:\s+by)?|image(?:\s+credit)?|photo\s+credit|credits?|"
    r"cr[ée]dit(?:s|\s+photo)?|photographies?|fotos?|bild|imagen|immagine|bildquelle|bildnachweis|bildrechte|quelle|fotograf[ií]a|фото|изображение|"
    r"تصوير|صورة|الصورة|مصدر\s+الصورة)"
)
_START = re.compile(
    rf"(?P<sign>{_SIGN})|(?P<label>(?<!\w)(?:{_LABEL}\s*[:：]|credit\s?(?:\.{{3}}|…)))|(?P<open>[(\[])(?=[A-Z])|"
    r"(?P<licence>^[ \t]*CC(?:[ -]BY(?:-[A-Z]{2}){0,2}|0)\b(?=[^\n]{0,12}/))",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED_LABEL = re.compile(rf"\s*{_LABEL}\s*(?:[:：]|\.(?=\s)|(?=/\s))[\s/]*", re.IGNORECASE)
_LABEL_LATER = re.compile(rf"[|,.]\s*{_LABEL}\s*[:：]", re.IGNORECASE)
_WHOLE_LINE = 90
_FOR_PAPER = re.compile(r"^(?P<author>[^,/]{3,60}?)\s+for\s+(?P<agency>(?:The\s+)?[A-Z].{2,60})$")
_SLASH = re.compile(r"\s*[/|∕／]\s*|\s+(?:[·•–—]|\.)\s+|\s+via\s+")
_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?!\d)")
_POOL = re.compile(r"[\s,(]*\bpool\b(?:\s+(?:photo|via))?\)?\s*$", re.IGNORECASE)
_IS_POOL = re.compile(r"^\(?(?:photo\s+)?pool(?:\s+photo)?\)?[.,;]?$", re.IGNORECASE)
_RESERVED = re.compile(
    r"all rights reserved|tous droits|alle rechte|derechos reservados|todos os direitos|все права|جميع الحقوق",
    re.IGNORECASE,
)
_RIGHTS = re.compile(rf"{_RESERVED.pattern}|copyright|©|\bltd\b|\binc\b\.?$|\bgmbh\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2})[.!?…](?=\s|$)|[;\n\r]")
_TRAILING = re.compile(
    r"(?:^|[.!?”\"')»]\s+|\s[|–—-]\s)"
    r"(?P<credit>[A-Z][\w.'’-]*(?:\s[\w.'’&-]+){0,5}(?:\s?/\s?[A-Z][\w.'’&-]*(?:\s[\w.'’&-]+){0,3}){1,3})\s*$"
)
_PARTICLES = frozenset({
    "de", "del", "della", "di", "da", "du", "des", "la", "le", "van", "von", "der", "den", "ten", "ter", "al", "el",
    "bin", "ibn", "bint", "abu", "e", "dos", "das", "and", "et", "und", "y", "of", "the", "for",
})  # fmt: skip
AGENCIES = (
    "AP Photo", "AP Images", "AP", "Associated Press", "The Associated Press", "AFP", "Agence France-Presse",
    "Getty Images", "AFP via Getty Images", "Getty", "Reuters", "EPA", "EPA-EFE", "EFE", "DPA", "dpa", "ANSA",
    "Xinhua", "Kyodo", "Kyodo News", "Yonhap", "TASS", "RIA Novosti", "Sputnik", "Anadolu", "Anadolu Agency",
    "Bloomberg", "Shutterstock", "iStock", "Alamy", "Corbis", "NASA", "ESA", "PA", "PA Wire", "Press Association",
    "UPI", "SIPA", "SIPA USA", "Abaca", "Zuma", "ZUMA Press", "Polaris", "Magnum Photos", "Picture Alliance",
    "Keystone", "APA", "ANP", "Belga", "Ritzau", "TT", "NTB", "Lehtikuva", "PAP", "CTK", "MTI", "Tanjug", "PTI",
    "ANI", "IANS", "CNA", "Antara", "Bernama", "WAFA", "SANA", "IRNA", "Fars", "ISNA", "Mehr", "SPA", "WAM",
    "QNA", "KUNA", "MENA", "APS", "TAP", "MAP", "Imago", "Flickr", "Wikimedia Commons", "Wikipedia", "CC BY",
    "Unsplash", "Pexels", "Pixabay", "Depositphotos", "Adobe Stock", "Pool", "AAP", "CP", "The Canadian Press",
    "Hans Lucas", "Rex Features", "Splash News", "MAXPPP", "Action Images", "USA Today Sports", "NurPhoto",
    "Facebook", "Twitter", "Instagram", "YouTube", "Telegram", "Presidency", "CNES", "Roscosmos", "JAXA",
)  # fmt: skip
_KNOWN = frozenset(name.casefold() for name in AGENCIES)
_ORGANISATION = re.compile(
    r"\b(?:agency|agence|agencia|agentur|press|news|images|photos?|pictures|service|ministry|minist[eè]re|"
    r"министерств\w*|пресс-служб\w*|times|post|guardian|herald|tribune|media|group|office|university|museum|"
    r"commons|archive|archives|foundation|wire|television|tv|police|department|navy|army|nasa)\b|وكالة|وزارة",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundCredit:
    """A credit and the place of its words in the text it was found in."""

    credit: Credit
    start: int
    end: int


def format_credit(credit: Credit) -> str:
    """The credit as the paper prints it: `© Agency [year] / Author[/Pool]`."""
    head = " ".join(str(part) for part in (credit.agency, credit.year) if part is not None)
    tail = "/".join(part for part in (credit.author, "Pool" if credit.pool else None) if part)
    return "© " + " / ".join(part for part in (head, tail) if part)


def find_credits(text: str) -> tuple[FoundCredit, ...]:
    """Every credit in the text, in order, none overlapping another."""
    found: list[FoundCredit] = []
    position = 0
    while position < min(len(text), MAX_TEXT):
        start = _START.search(text, position, MAX_TEXT)
        if start is None:
            break
        credit = _credit_at(text, start)
        if credit is None:
            position = start.end()
            continue
        found.append(credit)
        position = max(credit.end, start.end())
    return tuple(found)


def without_credits(text: str) -> tuple[str, tuple[Credit, ...]]:
    """The text without its credits, and the credits that were in it."""
    found = find_credits(text)
    if not found:
        return text, ()
    kept: list[str] = []
    position = 0
    for item in found:
        kept.append(text[position : item.start])
        position = item.end
    kept.append(text[position:])
    rest = " ".join(" ".join(kept).split()).strip(" |–—-")
    rest = re.sub(r"(?<=[.!?…])\s+[.;,](?=\s|$)|^[.;,]\s*", "", rest)
    rest = re.sub(r"\s+([.;,])(?=\s|$)", r"\1", rest)
    return rest, tuple(item.credit for item in found)


def read_credit(text: str) -> Credit | None:
    """The credit that a text known to be one says; None where it says nothing."""
    words = " ".join(text.split())
    if not words or len(words) > MAX_CREDIT * 2:
        return None
    found = find_credits(words)
    if found:
        return found[0].credit
    label = re.match(rf"(?:{_LABEL}\s*[:：]?\s+|{_LABEL}\s*[:：]\s*|(?:by|par|von)\s+)", words, re.IGNORECASE)
    return _parse(words[label.end() :] if label else words, signed=False)


def split_trailing_credit(caption: str) -> tuple[str, Credit | None]:
    """A caption and the credit `Name/Agency` at its end, which no sign announces."""
    match = _TRAILING.search(caption)
    if match is None or not any(_is_agency(part) for part in _SLASH.split(match.group("credit"))):
        return caption, None
    credit = _parse(match.group("credit"), signed=False)
    return (caption[: match.start("credit")].rstrip(" |–—-"), credit) if credit else (caption, None)


def _credit_at(text: str, start: re.Match[str]) -> FoundCredit | None:
    """The credit whose sign, label or bracket was matched, if it is one."""
    signed = start.group("sign") is not None
    line_end = text.find("\n", start.end())
    window = text[start.end() : min(len(text) if line_end < 0 else line_end, start.end() + MAX_CREDIT)]
    if start.group("open"):
        closing = re.search(r"[)\]]", window)
        if closing is None or not _bracketed_credit(window[: closing.start()]):
            return None
        if _LABEL_LATER.search(window[: closing.start()]):
            return None
        credit = _parse(window[: closing.start()], signed=False)
        end = start.end() + closing.end()
        return FoundCredit(credit, start.start(), end) if credit else None
    begin = start.end()
    if start.group("licence"):
        begin = start.start()
        window = text[begin : begin + len(start.group()) + len(window)]
    elif signed and (label := _SIGNED_LABEL.match(window)):
        begin += label.end()
        window = window[label.end() :]
    whole = begin != start.end() and _is_whole_line(text, start.start(), window)
    length = len(window) if whole else _length(window)
    words = window[:length]
    signed = signed or start.group("licence") is not None
    if _RIGHTS.search(words) or (signed and _RESERVED.search(window[: length + 40])):
        return None
    credit = _parse(words, signed=signed)
    if credit is None or (not signed and words.strip()[:1].islower() and credit.agency is None):
        return None
    return FoundCredit(credit, start.start(), begin + len(words.rstrip()))


def _is_whole_line(text: str, start: int, window: str) -> bool:
    """True where a labelled credit begins its line and the line holds nothing but it."""
    alone = text.rfind("\n", 0, start) + 1 == start or not text[text.rfind("\n", 0, start) + 1 : start].strip()
    return alone and len(window) <= _WHOLE_LINE and not _SENTENCE_END.search(window[:-1])


def _bracketed_credit(words: str) -> bool:
    """True where words in brackets are a credit and not an aside."""
    parts = [part.strip() for part in _SLASH.split(words) if part.strip()]
    if re.match(rf"{_LABEL}\s*(?:[:：]|by\b)", words, re.IGNORECASE):
        return True
    return len(parts) >= 2 and any(_is_agency(part) for part in parts) and len(words) < 90


def _length(window: str) -> int:
    """How much of the line after the sign belongs to the credit."""
    lead = len(window) - len(window.lstrip(" \t\u00a0:,"))
    sentence = _SENTENCE_END.search(window, lead)
    end = sentence.start() if sentence else len(window)
    while sentence and _is_initial(window, sentence.start()):
        sentence = _SENTENCE_END.search(window, sentence.end())
        end = sentence.start() if sentence else len(window)
    for sign in re.finditer(rf"{_SIGN}|[\[\]]|\)", window[lead:end], re.IGNORECASE):
        if sign.group() != ")" or "(" not in window[lead : lead + sign.start()]:
            end = lead + sign.start()
            break
    pieces = list(_SLASH.finditer(window, lead, end))
    if not pieces:
        return _run(window, lead, end, most=6)
    if pieces[0].start() - lead > 60:
        return _run(window, lead, end, most=6)
    return _run(window, pieces[-1].end(), end, most=4)


def _is_initial(window: str, stop: int) -> bool:
    """True where the stop ends an abbreviation such as Jr. or St."""
    before = re.search(r"(\w+)$", window[:stop])
    return before is not None and before.group(1) in {"Jr", "Sr", "St", "Dr", "Mr", "Mrs", "Ms", "Inc", "Co"}


def _run(window: str, begin: int, end: int, *, most: int) -> int:
    """The end of the run of name-like words that starts at `begin`."""
    words = list(re.finditer(r"\S+", window[begin:end]))
    if not words:
        return begin
    if len(words) <= most and not _opens_sentence(words):
        return end
    shouting = _is_shouted(words[0].group()) and len(words) > 1 and _is_shouted(words[1].group())
    taken = 0
    for word in words[: most + 2]:
        plain = word.group().strip(",.()'’\"")
        name_like = plain[:1].isupper() or plain[:1].isdigit() or plain.casefold() in _PARTICLES or plain[:1] == "@"
        caseless = plain[:1].isalpha() and not plain[:1].isupper() and not plain[:1].islower()
        if not (name_like or caseless) or (shouting and not _is_shouted(plain)):
            break
        taken += 1
        if word.group().endswith((",", ":")):
            break
    taken = min(taken, most)
    lower_follows = taken < len(words) and words[taken].group()[:1].islower()
    if lower_follows and taken >= 3 and not shouting:
        taken -= 1
    while taken > 1 and words[taken - 1].group().casefold() in _PARTICLES:
        taken -= 1
    return begin + words[max(taken, 1) - 1].end()


def _opens_sentence(words: list[re.Match[str]]) -> bool:
    """True where lower-case words follow that no name has."""
    plain = [word.group().strip(",.()'’\"") for word in words]
    return any(word[:1].islower() and word.casefold() not in _PARTICLES and "." not in word for word in plain[1:])


def _is_shouted(word: str) -> bool:
    """True for a word in capitals."""
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) >= 2 and all(letter.isupper() for letter in letters)


def _parse(words: str, *, signed: bool) -> Credit | None:
    """The parts of a credit whose sign and label are already off."""
    words = re.sub(rf"^\s*{_LABEL}\s*[:：]", "", words, flags=re.IGNORECASE).strip(" \t\u00a0:,;.–—-")
    if not words or len(words) > MAX_CREDIT:
        return None
    parts = [part.strip(" ,;()") for part in _SLASH.split(words)]
    parts = [part for part in parts if part]
    pool = any(_IS_POOL.match(part) for part in parts)
    parts = [part for part in parts if not _IS_POOL.match(part)]
    if parts and _POOL.search(parts[-1]) and len(parts[-1].split()) > 1:
        pool, parts[-1] = True, _POOL.sub("", parts[-1]).strip(" ,")
    elif parts and (leading := re.match(r"pool\s*,\s*(?=\S)", parts[-1], re.IGNORECASE)):
        pool, parts[-1] = True, parts[-1][leading.end() :]
    year: int | None = None
    for number, part in enumerate(parts[:2]):
        match = _YEAR.search(part)
        if match and year is None and (number == 0 or part == match.group()):
            year = int(match.group(1))
            parts[number] = " ".join((part[: match.start()] + " " + part[match.end() :]).split()).strip(" ,")
    parts = [part for part in parts if part]
    agency, author = _sides(parts, signed=signed)
    if agency is None and author is None and not pool:
        return None
    if not any(letter.isalpha() for letter in f"{agency or ''}{author or ''}") and not pool:
        return None
    return Credit(agency=agency, year=year, author=author, pool=pool)


def _sides(parts: list[str], *, signed: bool) -> tuple[str | None, str | None]:
    """Which part is the agency and which the author."""
    if not parts:
        return None, None
    if len(parts) == 1:
        alone = parts[0]
        name, comma, rest = alone.rpartition(",")
        if signed and comma and rest.strip().casefold() in _KNOWN:
            return rest.strip(), name.strip()
        if not signed and (paper := _FOR_PAPER.match(alone)):
            return paper.group("agency"), paper.group("author")
        if signed or _is_agency(alone):
            return alone, None
        return _with_comma(alone)
    first, last = parts[0], parts[-1]
    if signed or (_is_agency(first) and not _is_agency(last)):
        return first, "/".join(parts[1:]) if len(parts) > 2 and not signed else parts[1]
    return (None, None) if first[:1].islower() and not _is_agency(first) else ("/".join(parts[1:]), first)


def _with_comma(words: str) -> tuple[str | None, str | None]:
    """`Name, Agency` taken apart; a name alone is an author."""
    name, comma, rest = words.partition(",")
    if comma and _is_agency(rest.strip()):
        return rest.strip(), name.strip()
    if comma and _is_agency(name.strip()):
        return name.strip(), rest.strip() or None
    return None, words


def _is_agency(words: str) -> bool:
    """True for a name that is an agency's or an office's and not a person's."""
    plain = _YEAR.sub("", words).strip(" ,.()").casefold()
    return plain in _KNOWN or plain.split(" via ")[0] in _KNOWN or bool(_ORGANISATION.search(words))

"""A dump cut into clean lines: odd spaces, marks of text browsers and printed page edges taken off."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

_INVISIBLE = dict.fromkeys([
    *range(0x9), *range(0xE, 0x20), 0x7F, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF,
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x80, 0x85), *range(0x86, 0xA0),
])  # fmt: skip
_SPACES = dict.fromkeys((160, 5760, 8239, 8287, 12288, *range(8192, 8203)), " ")
_CHARACTERS = {**_INVISIBLE, **_SPACES}
_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_REFERENCES = re.compile(r"^\s*(?:references|visible links|hidden links|liens|links|verweise):?\s*$", re.IGNORECASE)
_REFERENCE = re.compile(r"^\s*(?:\[(\d{1,5})\]|(\d{1,5})\.)\s+((?:https?|file|ftp)://\S+|/\S+)\s*$")
_RELATIONS = re.compile(r"^\s*#\[\d{1,5}\]\S")
_LINK_NUMBER = re.compile(r"\[(\d{1,5})\]")
_MARKDOWN_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\((\S{1,2000}?)(?:\s+\"[^\"\n]*\")?\)")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{1,400})\]\((\S{1,2000}?)(?:\s+\"[^\"\n]*\")?\)")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*$")
_FORM_PARTS = re.compile(
    r"_{4,}|\[_{2,}\]|\(BUTTON\)|\[\s*\]|\(\s*[*xX]?\s*\)|\[[xX]\]|\[\s{2,}\]|<submit>", re.IGNORECASE
)
_MARKERS = re.compile(r"\[(?:IMG|INLINE|LINK|USEMAP[^\]]*|IMAGE|ISMAP[^\]]*|EMBED)\]", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:([*•◦▪▫■□●○‣⁃·»►▶–+o-])|(\d{1,2})[.)])\s+(?=\S)")
# What some papers add to a picture's words: their own name, the picture's width, a day.
_SIZE_AND_DAY = re.compile(r"\s[-–—]\s[^-–—]{2,60},\s\d{3,4},\s\d{1,2}\.\d{1,2}\.\d{4}$")
_PRINT_FOOTER = re.compile(r"^\s*((?:https?|file)://\S+)\s+\d{1,3}\s*(?:/|of|sur|von|de)\s*\d{1,3}\s*$")
_PRINT_HEADER = re.compile(
    r"^\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\t|\s{2,}|\s)(?=\S)(.{6,})$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """One line of the dump with what its margin and its link marks say."""

    raw: str
    text: str
    indent: int
    links: tuple[int, ...] = ()
    whole_link: bool = False
    bullet: str | None = None
    level: int | None = None


@dataclass(slots=True)
class Source:
    """The lines of a dump, its list of addresses, and what a printout said at the edge of each sheet."""

    lines: list[Line]
    references: dict[int, str] = field(default_factory=dict)
    print_titles: list[str] = field(default_factory=list)
    print_addresses: list[str] = field(default_factory=list)
    link_addresses: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """The text on one line with single spaces."""
    return " ".join(text.split())


def read_lines(text: str) -> Source:
    """The dump as clean lines, with the browser's own additions set apart."""
    clean = _BREAKS.sub("\n", text).translate(_CHARACTERS)
    raw = clean.split("\n")
    raw, references = _without_references(raw)
    raw, relations = _without_relations(raw)
    numbered = bool(references) or _counts_links(raw)
    source = Source(lines=[], references=references, relations=relations)
    marked_up = sum(1 for item in raw if _MARKDOWN_LINK.search(item)) >= 3
    for item in raw:
        if _is_print_edge(item, source):
            continue
        source.lines.append(_line(item, numbered=numbered, source=source if marked_up else None))
    return source


def _without_references(raw: list[str]) -> tuple[list[str], dict[int, str]]:
    """The lines before a text browser's list of addresses, and that list by number."""
    references: dict[int, str] = {}
    kept: list[str] = []
    inside = False
    for item in raw:
        match = _REFERENCE.match(item)
        if match and (inside or item.lstrip().startswith("[")):
            references[int(match.group(1) or match.group(2))] = match.group(3)
            continue
        if _REFERENCES.match(item):
            inside = True
            continue
        if inside and item.strip():
            inside = _continues_address(item, references)
            if inside:
                continue
        if not inside:
            kept.append(item)
    return kept, references


def _without_relations(raw: list[str]) -> tuple[list[str], list[str]]:
    """The lines without those in which a text browser first names the page's feeds and other forms, and these."""
    start = next((number for number, item in enumerate(raw[:4]) if item.strip()), 0)
    if not raw or not _RELATIONS.match(raw[start]):
        return raw, []
    stop = next((number for number in range(start, len(raw)) if not raw[number].strip()), len(raw))
    return raw[stop:], raw[start:stop]


def _continues_address(item: str, references: dict[int, str]) -> bool:
    """True where the line is the rest of a long address, which is then joined to it."""
    piece = item.strip()
    if not references or " " in piece or len(piece) < 2 or not re.search(r"[/=&%?-]|\d", piece):
        return False
    last = next(reversed(references))
    if len(references[last]) > 60:
        references[last] += piece
        return True
    return False


def _counts_links(raw: list[str]) -> bool:
    """True where bracketed numbers rise through the text as a text browser counts links."""
    last, rises, total = 0, 0, 0
    for item in raw:
        for match in _LINK_NUMBER.finditer(item):
            number = int(match.group(1))
            total += 1
            rises += number == last + 1
            last = number
    return total >= 8 and rises >= total * 0.6


def _is_print_edge(item: str, source: Source) -> bool:
    """True for the head or foot that a browser prints on each sheet, whose words are then kept apart."""
    if footer := _PRINT_FOOTER.match(item):
        source.print_addresses.append(unquote(footer.group(1)))
        return True
    if header := _PRINT_HEADER.match(item):
        title = plain(header.group(1))
        if "\t" in item or re.search(r" [|–—-] ", title):
            source.print_titles.append(title)
            return True
    return False


def _line(item: str, *, numbered: bool, source: Source | None) -> Line:
    """One clean line."""
    stripped = item.strip(" ")
    indent = len(item) - len(item.lstrip(" "))
    level = None
    if source is not None:
        stripped, level = _unmarked(stripped, source)
    links: tuple[int, ...] = ()
    whole = False
    if numbered and "[" in stripped:
        links = tuple(int(number) for number in _LINK_NUMBER.findall(stripped))
        whole = len(links) == 1 and bool(re.match(r"^(?:[*+o•#-]\s+|\d{1,2}[.)]\s+)?\[\d+\]", stripped))
        stripped = _LINK_NUMBER.sub("", stripped)
    if "[" in stripped:
        stripped = _MARKERS.sub(" ", stripped)
    if "_" in stripped or "(" in stripped or "[" in stripped:
        stripped = _FORM_PARTS.sub(" ", stripped)
    if stripped[-4:].isdigit():
        stripped = _SIZE_AND_DAY.sub("", stripped)
    bullet = _BULLET.match(stripped)
    mark = (bullet.group(1) or bullet.group(2)) if bullet else None
    text = stripped.strip() if "\t" in stripped.strip() or "  " in stripped.strip() else plain(stripped)
    return Line(raw=item, text=text, indent=indent, links=links, whole_link=whole, bullet=mark, level=level)


def _unmarked(text: str, source: Source) -> tuple[str, int | None]:
    """The line without the marks of a converter that writes links and headings in brackets and hashes."""

    def keep_words(match: re.Match[str]) -> str:
        source.link_addresses.append(match.group(2))
        return match.group(1)

    heading = _MARKDOWN_HEADING.match(text)
    level = len(heading.group(1)) if heading else None
    text = heading.group(2) if heading else text
    text = _MARKDOWN_IMAGE.sub(" ", text)
    text = _MARKDOWN_LINK.sub(keep_words, text)
    return re.sub(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1", r"\2", text), level

"""The name and the day that stand beside an article, where the page's data do not say them."""

import re
from collections.abc import Iterator

from broadsheet.importing.engines.page.lines import Line
from broadsheet.importing.engines.page.metadata import clean_author, licence_in
from broadsheet.importing.engines.page.pieces import Page, Piece
from broadsheet.importing.engines.page.zones import AUTHOR, COMMENTS, OUTSIDE, RELATED, names_of, words_of
from broadsheet.importing.rules.dates import find_date, is_only_date

_BYLINE = re.compile(
    r"\s*(?:(?:posted|written|published|submitted)\s+)?(?:by|par|von|por|di|door|بقلم|автор|текст)(?:\s*:)?\s+[^\W\d_]",
    re.IGNORECASE,
)
_AUTHOR_NAMES = re.compile(r" (?:authors?|author name|by ?line(?: name)?|contributors?|writer) ")
_DATE_NAMES = re.compile(
    r" (?:date|dates|dateline|published|publish(?:ed)? (?:date|on)|pub ?date|posted(?: on)?|time ?stamp|"
    r"(?:entry|post|article|story) date) "
)
_OTHERS = re.compile(r" (?:comments?|related|updated?|modified|teasers?|cards?|bio) ")
_PROSE = 200
_NEAR = 300


def find_bylines(page: Page, lines: list[Line]) -> tuple[str, ...]:
    """The name on the byline; a byline that stands in the text leaves the body."""
    for line in lines:
        if _stands_as_byline(line) and (name := _author_in(line.piece.text)):
            line.reason = line.reason or AUTHOR.reason
            return (name,)
        if line.reason is None and line.piece.prose > _PROSE:
            break
    for text in _named(page, _AUTHOR_NAMES):
        if len(text) <= 60 and find_date(text) is None and (name := _author_in(text)):
            return (name,)
    after = (line.piece for line in lines if line.reason == AUTHOR.reason)
    return tuple(name for piece in after if _says_by(piece) and (name := _author_in(piece.text)))[:1]


def find_day(page: Page, lines: list[Line]) -> str | None:
    """The first day beside the byline or in an element named for it."""
    for line in lines:
        if (line.reason == AUTHOR.reason or is_only_date(line.piece.text)) and (day := find_date(line.piece.text)):
            return day
        if line.reason is None and line.piece.prose > _PROSE:
            break
    return next((day for text in _named(page, _DATE_NAMES) if (day := find_date(text))), None)


def find_licence(lines: list[Line]) -> str | None:
    """The licence that a line of the page names, where no link says it."""
    for line in lines:
        if len(line.piece.text) < 300 and (licence := licence_in(line.piece.text)):
            return licence
    return None


def _named(page: Page, names: re.Pattern[str]) -> Iterator[str]:
    """The short texts of elements with such a name, near the headline and after it."""
    start = next((number for number, node in enumerate(page.nodes) if node.tag == "h1"), 0)
    for node in page.nodes[max(0, start - 20) : start + _NEAR]:
        own = names_of(node.element)
        if not own or len(own) > 200 or (node.inner in {COMMENTS, RELATED}):
            continue
        words = words_of(own)
        if names.search(words) and not _OTHERS.search(words):
            text = " ".join(node.element.text_content().split())
            if 2 < len(text) <= 120:
                yield text


def _stands_as_byline(line: Line) -> bool:
    """True for a line that says 'by' in the byline, or as a short line of its own before the text."""
    piece = line.piece
    if not _says_by(piece):
        return False
    opening = line.reason in {None, OUTSIDE} and len(piece.text) < 80 and not piece.prose and piece.kind == "paragraph"
    return opening or line.reason == AUTHOR.reason


def _says_by(piece: Piece) -> bool:
    """True for a short piece that begins as bylines do."""
    return len(piece.text) < 200 and bool(_BYLINE.match(piece.text))


def _author_in(text: str) -> str | None:
    """The name that a byline says."""
    name = clean_author(re.split(r"[|•·]|\s[–—-]\s|,\s|\s(?:at|on|le|am)\s(?=\S*\s?\d)", text)[0])
    return name if name and len(name.split()) <= 6 else None

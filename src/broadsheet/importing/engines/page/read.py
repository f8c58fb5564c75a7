"""A saved HTML page read into one result."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from broadsheet.importing.engines.page.blocks import build_blocks
from broadsheet.importing.engines.page.bounds import cut_around, find_title
from broadsheet.importing.engines.page.bylines import find_bylines, find_day, find_licence
from broadsheet.importing.engines.page.container import find_container, inside
from broadsheet.importing.engines.page.lines import CAPTION, HEADLINE, Line, sort_lines
from broadsheet.importing.engines.page.metadata import (
    Metadata,
    choose_headline,
    read_metadata,
)
from broadsheet.importing.engines.page.pictures import find_pictures
from broadsheet.importing.engines.page.pieces import Page, Piece, take_apart
from broadsheet.importing.engines.page.second_opinion import better_text
from broadsheet.importing.engines.page.zones import names_of, speaks_of_standfirst
from broadsheet.importing.errors import NoArticleFoundError, SourceTooLargeError
from broadsheet.importing.rules.notices import is_marked_footnote, read_notice, unmarked_mentions
from broadsheet.importing.rules.page_result import Block, Dropped, Notice, PageResult
from broadsheet.importing.rules.wording import plain_words

STANDFIRST = "the lead, kept apart"
NOTICE = "legal notice, kept apart"
_NOT_TEXT = ("script", "style", "template", "svg", "noscript", "head", "math", "canvas")
_DEEPEST = 2000
_WRAPPERS = re.compile(
    r"</?(?:div|span|section|font|center|table|tbody|tr|td|ul|ol|li|b|i|em|strong)\b[^<>]*>", re.IGNORECASE
)
_MOST_DROPPED = 2000
_MOST_TAGS = 250_000


def read_html(text: str, *, url: str | None = None) -> PageResult:
    """Everything that the page's markup says about its article."""
    root = _parse(text)
    metadata = read_metadata(root, url=url)
    etree.strip_elements(root, *_NOT_TEXT, with_tail=False)
    page = take_apart(root)
    title = find_title(page, metadata)
    cut_around(page, title)
    container = find_container(page, title)
    within = inside(page, container)
    headline = (
        " ".join(page.pieces[title].text.split())
        if title is not None
        else choose_headline(metadata, _headings(page, within))
    )
    lines = sort_lines(page, container, title=title, headline=headline, authors=metadata.authors)
    standfirst = _standfirst(page, lines, metadata, headline=headline)
    authors = metadata.authors or find_bylines(page, lines)
    notices = _take_notices(lines)
    pictures = find_pictures(page, within, lines, authors=authors, title=title, url=metadata.canonical_url or url)
    body = build_blocks(page, lines, pictures, url=metadata.canonical_url or url)
    body = better_text(text, body)
    if not any(block.text or block.items or block.rows for block in body):
        raise NoArticleFoundError(
            "Nothing was imported: the page was read, but there is no article text in it. It may be shown only by "
            "scripts; open it in a browser, select everything, copy it into a text file and import that."
        )
    return PageResult(
        headline=headline,
        short_title=_shorter(metadata.short_title, headline),
        standfirst=standfirst,
        section=metadata.section or (metadata.address.section if metadata.address else None),
        tags=metadata.tags,
        published_on=metadata.published_on or find_day(page, lines),
        public_id=metadata.address.public_id if metadata.address else None,
        language=metadata.language,
        canonical_url=metadata.canonical_url,
        authors=authors,
        source=metadata.source,
        licence=metadata.licence or find_licence(lines),
        images=tuple(picture.image for picture in pictures),
        body=body,
        notices=notices,
        unmarked_mentions=unmarked_mentions(notices, _texts(body)),
        dropped=_dropped(lines),
    )


def _parse(text: str) -> HtmlElement:
    """The page as a tree, however deep or broken it is."""
    if text.count("<") > _MOST_TAGS:
        raise SourceTooLargeError(
            f"Nothing was imported: the page has more than {_MOST_TAGS:,} tags, which no article needs. "
            "Save the article alone, or copy its text into a file."
        )
    root = _tree(text)
    if root is None or (text.count("<") > _DEEPEST and _is_too_deep(root)):
        root = _tree(_WRAPPERS.sub("<br><br>", text))
    if root is None:
        raise NoArticleFoundError(
            "Nothing was imported: there is no markup in the file that could be read. Save the page again."
        )
    return root


def _tree(text: str) -> HtmlElement | None:
    """The parsed page, or None where there is nothing to parse."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError, IndexError):
        return None


def _is_too_deep(root: HtmlElement) -> bool:
    """True where the parser met its limit and left out what lies deeper."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _headings(page: Page, within: list[bool]) -> list[str]:
    """The headings of the first level, those in or before the article first."""
    found = [piece for piece in page.pieces if piece.level == 1]
    near = [piece for piece in found if within[piece.node] or page.nodes[piece.node].inner is None]
    rest = [piece for piece in found if piece not in near]
    return [piece.text for piece in (*near, *rest)]


def _standfirst(page: Page, lines: list[Line], metadata: Metadata, *, headline: str | None) -> str | None:
    """The lead that stands apart from the text, or the page's own description."""
    said = plain_words(metadata.description or "")
    kept = 0
    for line in lines:
        text = line.piece.text
        kept += line.reason is None
        if kept > 2:
            break
        if line.reason in {CAPTION, HEADLINE} or not 20 <= len(text) <= 600 or text == headline:
            continue
        named = _is_marked_standfirst(page, line.piece)
        head = line.piece.kind == "heading" and line.reason is None and len(text) > 60 and kept == 1
        same = (
            len(said) > 40
            and plain_words(text) == said
            and (line.reason is not None or _stands_apart(page, lines, line))
        )
        if named or head or same:
            line.reason = STANDFIRST
            return text
    return _described(lines, metadata.description)


def _stands_apart(page: Page, lines: list[Line], line: Line) -> bool:
    """True for a first line whose like does not follow: the text stands in elements of another kind."""
    kept = [other.piece for other in lines if other.reason is None and other.piece.prose]
    if len(kept) < 3 or kept[0] is not line.piece:
        return False
    own = page.nodes[line.piece.node]
    return not any(
        page.nodes[piece.node].parent == own.parent or page.nodes[piece.node].tag == own.tag for piece in kept[1:]
    )


def _is_marked_standfirst(page: Page, piece: Piece) -> bool:
    """True for a piece alone in an element that says it is the lead."""
    return piece.link_share < 0.3 and any(
        speaks_of_standfirst(names_of(page.nodes[node].element))
        and len(page.nodes[node].element.text_content().strip()) <= len(piece.text) + 20
        for node in page.ancestors(piece.node)[:2]
    )


def _described(lines: list[Line], description: str | None) -> str | None:
    """The page's own description, unless it is cut off or only how the text begins."""
    if not description or len(description) < 20 or description.endswith(("...", "…")):
        return None
    opening = plain_words(" ".join([line.piece.text for line in lines if line.reason is None][:4]))
    said = plain_words(description)
    return None if said in opening or said[-60:] in opening or said[:60] in opening else description


def _take_notices(lines: list[Line]) -> tuple[Notice, ...]:
    """The notices at the end of the text or marked as footnotes; their lines leave the body."""
    answer: dict[str, Notice] = {}
    kept = [line for line in lines if line.reason is None]
    last = {id(line) for line in kept[-3:]}
    for line in lines:
        text = line.piece.text
        marked = is_marked_footnote(text)
        if not marked and not (id(line) in last and len(text) < 400):
            continue
        if notice := read_notice(text):
            answer.setdefault(notice.name.casefold(), notice)
            line.reason = NOTICE
    return tuple(answer.values())


def _shorter(title: str | None, headline: str | None) -> str | None:
    """The second title, when it is a shorter form of the headline."""
    return title if title and headline and len(title) < len(headline) else None


def _texts(body: tuple[Block, ...]) -> list[str]:
    """Every text of the body."""
    answer: list[str] = []
    for block in body:
        answer += [block.text] if block.text else []
        answer += block.items or ()
        answer += [cell for row in block.rows or () for cell in row]
    return answer


def _dropped(lines: list[Line]) -> tuple[Dropped, ...]:
    """What was left out and why, the same thing once."""
    kept_apart = {CAPTION, STANDFIRST, NOTICE, HEADLINE}
    found = dict.fromkeys(
        (line.piece.text, line.reason) for line in lines if line.reason is not None and line.reason not in kept_apart
    )
    return tuple(Dropped(text=text, reason=reason) for text, reason in list(found)[:_MOST_DROPPED] if reason)

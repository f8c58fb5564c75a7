"""Which pieces inside the container are the article, which are captions, and why the rest is not."""

import re

from broadsheet.importing.engines.page.container import inside
from broadsheet.importing.engines.page.pieces import Page, Piece
from broadsheet.importing.engines.page.trims import Line, trim
from broadsheet.importing.engines.page.zones import ASIDE, OUTSIDE
from broadsheet.importing.rules import boilerplate
from broadsheet.importing.rules.credits import find_credits
from broadsheet.importing.rules.dates import is_only_date, is_only_time
from broadsheet.importing.rules.wording import plain_words

HEADLINE = "the headline again"
CAPTION = "caption"
DATE = "the date again"
_CAPTION_TEXT = 320
_CREDIT_TEXT = 80
_MARKED_CREDIT = re.compile(
    r"\((?:image|photo|picture|credit|source|via|courtesy)[^()]{0,60}\)\s*$|^\s*(?:©|\(c\))\s*\S|"
    r"\((?:[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,3})(?:/[A-Z][\w.&\s-]*){1,3}\)\s*$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"^\W*(?:(?:photo(?:graph)?|image|picture|foto|bild)s?(?:\s+(?:by|credits?|courtesy(?:\s+of)?))?|credits?(?:\s+photo)?|"
    r"cr[ée]dits?(?:\s+photos?)?|صورة|تصوير)\s*[:：/]\s*\S",
    re.IGNORECASE,
)


def sort_lines(
    page: Page, container: int, *, title: int | None, headline: str | None, authors: tuple[str, ...]
) -> list[Line]:
    """All pieces of the page in order, each kept or with the reason why not."""
    within = inside(page, container)
    text = next((number for number, piece in enumerate(page.pieces) if within[piece.node] and piece.prose), 0)
    leading = range(title + 1, text) if title is not None else range(0)
    pictured = _pictured(page, within, leading)
    after_media = {position for node, position in page.media if within[node]}
    lines: list[Line] = []
    for number, piece in enumerate(page.pieces):
        if not within[piece.node]:
            zone = page.nodes[piece.node].inner
            words = number in leading and zone is None and (_is_caption(page, piece, pictured) or _is_credit(piece))
            lines.append(Line(piece, CAPTION if words else zone.reason if zone else piece.cut or OUTSIDE))
            continue
        reason = _reason(page, piece, pictured, headline=headline)
        if reason is None and number in after_media and _opens_with_credit(piece):
            reason = CAPTION
        lines.append(Line(piece, reason))
    trim(page, lines, authors=authors)
    return lines


def _reason(page: Page, piece: Piece, pictured: set[int], *, headline: str | None) -> str | None:
    """Why the piece alone is not part of the body."""
    zone = page.nodes[piece.node].inner
    if zone is not None and not (zone is ASIDE and _is_pull_quote(page, piece)):
        return zone.reason
    if piece.cut is not None:
        return piece.cut
    if piece.kind == "caption" or _is_caption(page, piece, pictured):
        return CAPTION
    if headline and len(piece.text) < 300 and plain_words(piece.text) == plain_words(headline):
        return HEADLINE
    if piece.kind == "cell":
        return None
    if _is_credit(piece):
        return CAPTION
    if piece.kind == "paragraph" and (is_only_date(piece.text) or is_only_time(piece.text)):
        return DATE
    return boilerplate.reason_to_drop(piece.text, piece.link_share)


def _is_pull_quote(page: Page, piece: Piece) -> bool:
    """True for an aside that holds nothing but one sentence."""
    if piece.link_chars or piece.kind not in {"paragraph", "quote"} or len(piece.text) < 30:
        return False
    for node in page.ancestors(piece.node):
        if page.nodes[node].tag == "aside":
            return " ".join(page.nodes[node].element.text_content().split()) == piece.text
    return False


def _pictured(page: Page, within: list[bool], leading: range) -> set[int]:
    """The small elements that hold a picture, and so whatever words belong to it."""
    answer: set[int] = set()
    sizes = page.sizes()
    for node, position in page.media:
        if not (within[node] or position in leading) or page.nodes[node].tag not in {"img", "amp-img", "picture"}:
            continue
        for depth, ancestor in enumerate(page.ancestors(node)[1:8]):
            if page.nodes[ancestor].tag in {"article", "main", "body", "section"}:
                break
            if depth > 2 and sizes[ancestor] > _CREDIT_TEXT * 2:
                break
            answer.add(ancestor)
    return answer


def _is_credit(piece: Piece) -> bool:
    """True for a short line that says who made a picture."""
    return len(piece.text) < _CREDIT_TEXT and piece.kind != "heading" and bool(_CREDIT_LINE.match(piece.text))


def _is_caption(page: Page, piece: Piece, pictured: set[int]) -> bool:
    """True for a short text that shares a small element with a picture and nothing else."""
    if piece.kind in {"heading", "item", "cell"} or len(piece.text) > _CAPTION_TEXT:
        return False
    chain = page.ancestors(piece.node)[:4]
    credited = bool(_MARKED_CREDIT.search(piece.text)) or (
        len(piece.text) < 200 and any(True for _ in find_credits(piece.text))
    )
    for depth, node in enumerate(chain):
        if page.nodes[node].tag == "figure":
            return True
        if node not in pictured:
            continue
        if credited and depth <= 2:
            return True
        size = len(page.nodes[node].element.text_content().strip())
        return size <= len(piece.text) + 60 and page.nodes[node].tag != "p"
    return False


def _opens_with_credit(piece: Piece) -> bool:
    """True for a short text that begins with a credit sign."""
    return len(piece.text) < _CAPTION_TEXT and piece.text.startswith(("©", "(c)", "(C)"))

"""Where on a page the article begins and ends, told by its headline and by what stands around it, whatever it is called."""

from collections.abc import Iterable

from broadsheet.importing.engines.page.metadata import Metadata
from broadsheet.importing.engines.page.pieces import Page, Piece
from broadsheet.importing.engines.page.zones import COMMENTS, FORM, HEADER, NEWSLETTER, OUTSIDE, Zone
from broadsheet.importing.rules import boilerplate
from broadsheet.importing.rules.wording import plain_words

_LEAST_PROSE = 200
_BOX_TEXT = 300
_BONUS = {1: 0.25, 2: 0.1, 3: 0.1}


def find_title(page: Page, metadata: Metadata) -> int | None:
    """The number of the piece that is the headline, as the page's own titles confirm it; None where none is."""
    site = plain_words(metadata.source or "")
    titles = [plain for title in metadata.titles if len(plain := plain_words(title)) > 8 and plain != site]
    best, best_score = None, 0.5
    for number, piece in enumerate(page.pieces):
        zone = page.nodes[piece.node].inner
        if len(piece.text) > 300 or piece.kind in {"item", "cell", "caption"} or zone not in {None, HEADER}:
            continue
        if piece.kind != "heading" and (piece.link_share > 0.5 or piece.closed):
            continue
        plain = plain_words(piece.text)
        if len(plain) <= 8 or plain == site:
            continue
        score = max((_likeness(plain, title) for title in titles), default=0.0)
        if score and (score := score + _BONUS.get(piece.level or 0, 0.0)) > best_score:
            best, best_score = number, score
    return best


def cut_around(page: Page, title: int | None) -> None:
    """What stands above the headline, in boxes with a field to fill in, and among readers' comments weighs nothing."""
    _cut_boxes(page)
    if title is not None:
        _cut_above(page, title)
    _cut_threads(page, title)
    _cut_comments(page, title)


def _likeness(plain: str, title: str) -> float:
    """How much of the longer one the shorter is, where one contains the other."""
    if plain in title:
        return len(plain) / len(title)
    return len(title) / len(plain) if title in plain else 0.0


def _cut(pieces: Iterable[Piece], reason: str) -> None:
    """The pieces are not the article and weigh nothing."""
    for piece in pieces:
        piece.cut, piece.prose = piece.cut or reason, 0.0


def _free(page: Page, pieces: Iterable[Piece]) -> float:
    """The prose of the pieces that lie in no zone."""
    return sum(piece.prose for piece in pieces if page.nodes[piece.node].inner is None)


def _cut_above(page: Page, title: int) -> None:
    """Everything above the headline goes, when enough stands below it."""
    above, below = _free(page, page.pieces[:title]), _free(page, page.pieces[title:])
    if below >= max(_LEAST_PROSE, above * 0.5):
        _cut((piece for piece in page.pieces[:title] if piece.kind != "caption"), OUTSIDE)


def _cut_comments(page: Page, title: int | None) -> None:
    """Everything from the heading of the readers' comments on goes, when the article stands before it."""
    before = 0.0
    after = _free(page, page.pieces[title or 0 :])
    for number in range(title or 0, len(page.pieces)):
        piece = page.pieces[number]
        if page.nodes[piece.node].inner in {None, COMMENTS, FORM} and _opens_comments(piece):
            share = 0.1 if piece.kind == "heading" and title is not None else 0.5
            if before >= max(_LEAST_PROSE, share * after):
                _cut(page.pieces[number:], COMMENTS.reason)
                return
        if page.nodes[piece.node].inner is None:
            before += piece.prose
            after -= piece.prose


def _opens_comments(piece: Piece) -> bool:
    """True for a short line that heads readers' comments, and is no link to them."""
    if piece.kind in {"item", "cell"} or (piece.kind != "heading" and piece.link_share > 0.5):
        return False
    return boilerplate.opens_comments(piece.text)


def _cut_threads(page: Page, title: int | None) -> None:
    """The smallest element around all 'Reply' buttons goes, unless the headline is in it as well."""
    found = [piece.node for piece in page.pieces if boilerplate.says_reply(piece.text)]
    if len(found) < 2:
        return
    common = set(page.ancestors(found[0]))
    for node in found[1:]:
        common &= set(page.ancestors(node))
    thread = max(common, default=0)
    if title is not None and page.pieces[title].node in page.below(thread):
        return
    below = page.below(thread)
    inner = [piece for piece in page.pieces if piece.node in below]
    if title is None and sum(piece.prose for piece in inner) > _free(page, page.pieces) * 0.5:
        return
    _cut(inner, COMMENTS.reason)


def _cut_boxes(page: Page) -> None:
    """Small boxes that hold a field for an address or a button to subscribe are offers, whatever they say."""
    sizes = page.sizes()
    for index, node in enumerate(page.nodes):
        if node.tag == "input" and (node.element.get("type") or "text") in {"text", "email"}:
            zone: Zone = FORM
        elif node.tag in {"button", "a"} and boilerplate.says_subscribe(node.element.text_content()[:60]):
            zone = NEWSLETTER
        else:
            continue
        box = index
        for above in page.ancestors(index)[1:6]:
            if sizes[above] > _BOX_TEXT or page.nodes[above].tag in {"body", "main", "article"}:
                break
            box = above
        page.spread(box, zone)

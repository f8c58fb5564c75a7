"""What of the lines in the container does not belong to the article, told by where it stands among the others."""

import re
from dataclasses import dataclass
from itertools import groupby

from broadsheet.importing.engines.page.pieces import Page, Piece
from broadsheet.importing.engines.page.zones import AUTHOR, OUTSIDE
from broadsheet.importing.rules import boilerplate
from broadsheet.importing.rules.dates import find_date, is_only_date
from broadsheet.importing.rules.wording import plain_words

REPEATED = "said before on the page"
_LETTERS = re.compile(r"\w+")
_MOST = 0.6
_FAR = 10
_HEADINGS = 4
_SENTENCE = 90
_SCRAP = 120


@dataclass(slots=True)
class Line:
    """A piece with what was decided about it: kept when `reason` is None."""

    piece: Piece
    reason: str | None = None


def trim(page: Page, lines: list[Line], *, authors: tuple[str, ...]) -> None:
    """Lines that only stand beside the article get the reason why they are left out."""
    core = _core(page, lines)
    _drop_furniture(lines, core)
    _drop_bylines(lines, authors)
    _drop_distant(lines, core)
    _drop_author_note(lines, authors)
    _drop_link_runs(lines)
    _drop_repeated(lines)


def _core(page: Page, lines: list[Line]) -> range:
    """The nodes of the smallest element that holds most of the kept prose and is no paragraph itself."""
    masses = [0.0] * len(page.nodes)
    for line in lines:
        if line.reason is None:
            masses[line.piece.node] += line.piece.prose
    for index in range(len(masses) - 1, 0, -1):
        masses[page.nodes[index].parent] += masses[index]
    whole = masses[0]
    smallest = max((index for index, mass in enumerate(masses) if mass >= _MOST * whole), default=0)
    alone = any(line.piece.node == smallest for line in lines)
    return page.below(page.nodes[smallest].parent if alone and smallest else smallest)


def _drop_furniture(lines: list[Line], core: range) -> None:
    """Short unlinked scraps before the text begins and after it ends, outside the element that holds it, are none of it."""
    kept = [line for line in lines if line.reason is None]
    told = [number for number, line in enumerate(kept) if line.piece.prose and line.piece.node in core]
    if not told:
        return
    for line in (*kept[: told[0]], *kept[told[-1] + 1 :]):
        piece = line.piece
        if piece.node not in core and piece.kind == "paragraph" and not piece.prose and not piece.closed:
            line.reason = OUTSIDE


def _drop_bylines(lines: list[Line], authors: tuple[str, ...]) -> None:
    """Scraps above the text that name the author or a day are what stands under a headline."""
    names = [name for author in authors if len(name := plain_words(author)) > 3]
    kept = [line for line in lines if line.reason is None]
    first = next((number for number, line in enumerate(kept) if line.piece.prose > _SENTENCE), 0)
    for line in kept[:first]:
        text = line.piece.text
        if line.piece.kind == "item":
            told = is_only_date(text)
        elif line.piece.kind == "paragraph" and not line.piece.closed and len(text) <= _SCRAP:
            told = bool(find_date(text)) or any(name in plain_words(text) for name in names)
        else:
            told = False
        if told:
            line.reason = AUTHOR.reason


def _drop_distant(lines: list[Line], core: range) -> None:
    """What comes outside the element that holds the text, after a long run of scraps, is another part of the page."""
    last = max((number for number, line in enumerate(lines) if line.reason is None and line.piece.prose
                and line.piece.node in core), default=None)  # fmt: skip
    if last is None:
        return
    gap = 0
    for number in range(last + 1, len(lines)):
        piece = lines[number].piece
        if piece.node in core:
            gap = 0
            continue
        gap = 0 if piece.prose and lines[number].reason is None else gap + 1
        if gap >= _FAR:
            for line in lines[number - gap + 1 :]:
                line.reason = line.reason or OUTSIDE
            return


def _drop_author_note(lines: list[Line], authors: tuple[str, ...]) -> None:
    """What stands under the author's name after the text, or begins with it at the very end, is about the author."""
    names = [name for author in authors if " " in (name := plain_words(author))]
    kept = [line for line in lines if line.reason is None]
    whole = sum(line.piece.prose for line in kept)
    before = 0.0
    for number, line in enumerate(kept):
        if names and before >= 0.75 * whole and _heads_note(line.piece, names):
            for after in kept[number:]:
                after.reason = AUTHOR.reason
            return
        before += line.piece.prose
    while (
        kept and len(kept[-1].piece.text) < 500 and plain_words(kept[-1].piece.text).startswith(tuple(names or ["\0"]))
    ):
        kept.pop().reason = AUTHOR.reason


def _heads_note(piece: Piece, names: list[str]) -> bool:
    """True for a line that is hardly more than an author's name."""
    plain = plain_words(piece.text)
    return (
        not piece.prose
        and piece.kind != "cell"
        and any(name in plain and len(plain) <= len(name) + 20 for name in names)
    )


def _drop_link_runs(lines: list[Line]) -> None:
    """Runs of links under 'read also', in lists of nothing but links, or at the very end are dropped."""
    kept = [line for line in lines if line.reason is None]
    announced = False
    mostly_links = _link_groups(kept)
    for line in kept:
        piece = line.piece
        alone = "\n" not in piece.text
        if boilerplate.opens_related(piece.text) and piece.kind != "cell" and (alone or piece.link_share > 0.5):
            announced, line.reason = True, boilerplate.RELATED
        elif announced and _is_announced(piece, mostly_links):
            line.reason = boilerplate.RELATED
        else:
            announced = False
    _drop_link_lists([line for line in kept if line.reason is None])
    _drop_heading_runs(lines)
    _drop_last_list([line for line in kept if line.reason is None])
    tail = [line for line in kept if line.reason is None]
    while tail and _is_bare_link(tail[-1].piece) and len(tail) > 3:
        tail.pop().reason = boilerplate.RELATED


def _link_groups(lines: list[Line]) -> set[int]:
    """The lists in which every item has a link that is a good part of it."""
    groups: dict[int, list[float]] = {}
    for line in lines:
        if line.piece.kind == "item":
            groups.setdefault(line.piece.group, []).append(line.piece.link_share)
    return {group for group, shares in groups.items() if sum(share > 0.2 for share in shares) >= len(shares) * 0.8}


def _is_announced(piece: Piece, mostly_links: set[int]) -> bool:
    """True for a piece that continues a list of links to other pages."""
    if piece.kind == "item" and piece.group in mostly_links:
        return True
    return piece.link_share > 0.6 and piece.kind in {"item", "paragraph", "heading"}


def _drop_link_lists(kept: list[Line]) -> None:
    """A list whose every item is a link of several words leads to other pages, and so does the heading over it."""
    groups: dict[int, list[Line]] = {}
    for line in kept:
        if line.piece.kind == "item":
            groups.setdefault(line.piece.group, []).append(line)
    places = {id(line): place for place, line in enumerate(kept)}
    for group in groups.values():
        place = places[id(group[0])]
        before = kept[place - 1] if place else None
        headed = before is not None and before.piece.kind == "heading"
        if (headed or len(group) >= 3) and all(_is_bare_link(line.piece) for line in group):
            for line in (*group, *([before] if headed and before else ())):
                line.reason = boilerplate.RELATED


def _drop_heading_runs(lines: list[Line]) -> None:
    """Headings that follow each other with nothing between them head other pages."""
    for is_heading, run in groupby(
        [line for line in lines if line.reason is None], lambda line: line.piece.kind == "heading"
    ):
        headings = list(run)
        if is_heading and len(headings) >= _HEADINGS:
            for line in headings:
                line.reason = boilerplate.RELATED


def _drop_last_list(kept: list[Line]) -> None:
    """A list at the very end that is more links than text leads to other pages."""
    last = kept[-1].piece if kept else None
    if last is None or last.kind != "item":
        return
    group = [line for line in kept if line.piece.kind == "item" and line.piece.group == last.group]
    linked, letters = sum(line.piece.link_chars for line in group), sum(len(line.piece.text) for line in group)
    if len(group) >= 2 and linked > letters * 0.5:
        for line in group:
            line.reason = boilerplate.RELATED


def _is_bare_link(piece: Piece) -> bool:
    """True for a piece that is nothing but a link with a title's length."""
    return piece.kind != "cell" and piece.link_share > 0.9 and len(_LETTERS.findall(piece.text)) >= 4


def _drop_repeated(lines: list[Line]) -> None:
    """A paragraph repeated at once, or an article that stands on the page twice, stays once."""
    long = [line for line in lines if line.reason is None and len(line.piece.text) >= 60 and line.piece.kind != "cell"]
    plain = [plain_words(line.piece.text) for line in long]
    for line, text, before in zip(long[1:], plain[1:], plain, strict=False):
        if text == before:
            line.reason = REPEATED
    first: dict[str, int] = {}
    for position, text in enumerate(plain):
        start = first.setdefault(text, position)
        if start != position - 1 and start < position:
            _drop_second_copy(long, plain, start=start, again=position)
            return


def _drop_second_copy(long: list[Line], plain: list[str], *, start: int, again: int) -> None:
    """Everything from `again` on is dropped when it is what stood from `start` on, once more."""
    copies = list(zip(plain[start:again], plain[again:], strict=False))
    same = sum(one == other for one, other in copies)
    if len(copies) >= 3 and same >= 0.9 * len(copies) and len(copies) >= 0.7 * (again - start):
        for line in long[again : again + len(copies)]:
            line.reason = REPEATED

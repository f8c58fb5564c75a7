"""Typed blocks of the body made from pieces with roles."""

import re

from broadsheet.importing.engines.dump.addresses import addresses_in
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.rolebook import Roles
from broadsheet.importing.engines.dump.shortlines import is_quoted
from broadsheet.importing.engines.dump.vocabulary import after_related_label, key_of
from broadsheet.importing.rules.page_result import Block

_BULLET = re.compile(r"^(?:[*•◦▪▫■□●○‣⁃·»►▶–+o-]|\d{1,2}[.)])\s+")
_ATTRIBUTION = re.compile(r"^[—–-]\s*\S.{1,80}$")
_ASIDE = re.compile(r"\[\s*(?:open|view|zoom|enlarge|edit)[^\]]{0,30}\]", re.IGNORECASE)


def tidy_text(text: str) -> str:
    """A piece as one line of text."""
    return " ".join(_ASIDE.sub(" ", text).split())


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of a row set with tabs, bars or runs of spaces."""
    if "\t" in text:
        parts = text.split("\t")
    elif text.count("|") >= 2:
        parts = text.strip("|").split("|")
    else:
        parts = re.split(r"\s{2,}", text)
    return tuple(part.strip() for part in parts)


def build_blocks(pieces: list[Piece], roles: Roles, rest: dict[int, str]) -> list[Block]:
    """The body in order; neighbouring items make a list, neighbouring rows a table."""
    places = [number for number in sorted(roles.role) if roles.role[number] in _KEPT]
    quotes = _pull_quotes(pieces, places, roles)
    margin = _margin(pieces, places, roles)
    blocks: list[Block] = []
    number = 0
    while number < len(places):
        place = places[number]
        count, block = _next_block(pieces, roles, places[number:], rest=rest)
        if block is None:
            block = _single(pieces[place], roles.role[place], rest.get(place), quoted=place in quotes, margin=margin)
        if block is not None:
            blocks.append(block)
        number += max(1, count)
    return blocks


_KEPT = frozenset(["text", "heading", "item", "cells", "related", "embed"])


def _next_block(
    pieces: list[Piece], roles: Roles, places: list[int], *, rest: dict[int, str]
) -> tuple[int, Block | None]:
    """A list or a table that begins at the first place, and how many pieces it takes."""
    first = places[0]
    role = roles.role[first]
    if role == "cells" or (role == "text" and pieces[first].text.count("|") >= 2):
        rows = _run(places, lambda place: roles.role[place] == "cells" or pieces[place].text.count("|") >= 2)
        table = [cells_of(pieces[place].text) for place in rows]
        table = [row for row in table if any(cell.strip("-: ") for cell in row)]
        if len(table) >= 2:
            return len(rows), Block("table", text=None, rows=tuple(table))
        return 1, None
    if role == "item":
        items = _run(places, lambda place: roles.role[place] == "item" or _is_item(pieces[place], roles.role[place]))
        return len(items), Block("list", text=None, items=tuple(_item(pieces[place].text) for place in items))
    if _is_item(pieces[first], role):
        items = _run(places, lambda place: _is_item(pieces[place], roles.role[place]))
        if len(items) >= 2 and not (pieces[first].bullet in {"–", "-"} and _is_dialogue(pieces, items)):
            return len(items), Block("list", text=None, items=tuple(_item(pieces[place].text) for place in items))
    del rest
    return 1, None


def _run(places: list[int], holds: object) -> list[int]:
    """The places from the first on for which something holds."""
    answer: list[int] = []
    for place in places:
        if not holds(place):  # type: ignore[operator]
            break
        answer.append(place)
    return answer


def _is_item(piece: Piece, role: str) -> bool:
    """True for a text that begins with the sign or number of a list."""
    return role in {"text", "item"} and piece.bullet is not None and not piece.whole_link


def _is_dialogue(pieces: list[Piece], items: list[int]) -> bool:
    """True where dashes open the turns of a talk and not the items of a list."""
    return sum(1 for place in items if pieces[place].text.rstrip().endswith("?")) >= 1


def _item(text: str) -> str:
    """An item without its sign."""
    return tidy_text(_BULLET.sub("", text.strip()))


def _single(piece: Piece, role: str, freed: str | None, *, quoted: bool, margin: int | None) -> Block | None:
    """One piece as one block."""
    text = tidy_text(freed if freed is not None else piece.text)
    if not text:
        return None
    if role == "heading" and not quoted:
        level = piece.line.level or 2
        return Block("heading", text=_item(text) if piece.bullet in {"+", "o"} else text, level=max(2, min(level, 6)))
    if role == "related":
        title = after_related_label(text) or _item(text)
        url = next(iter(addresses_in(title)), None)
        return Block("related", text=title, url=url)
    if role == "embed":
        return Block("embed", text=text, url=next(iter(addresses_in(text)), None))
    if (
        quoted
        or (text.startswith("> "))
        or (margin is not None and piece.indent >= margin + 3 and len(piece.lines) >= 1 and not piece.bullet)
    ):
        return Block("quote", text=text.removeprefix("> ").strip())
    return Block("paragraph", text=text)


def _margin(pieces: list[Piece], places: list[int], roles: Roles) -> int | None:
    """How far paragraphs stand from the edge where the dump sets margins."""
    indents = sorted(
        pieces[place].indent for place in places if roles.role[place] == "text" and pieces[place].words >= 8
    )
    if len(indents) < 3:
        return None
    middle = indents[len(indents) // 2]
    wide = sum(1 for indent in indents if indent == middle)
    return middle if wide >= len(indents) * 0.6 else None


def _pull_quotes(pieces: list[Piece], places: list[int], roles: Roles) -> set[int]:
    """Short texts that repeat words of a paragraph, or stand in quotation marks with a name under them."""
    texts = [place for place in places if roles.role[place] in {"text", "heading"}]
    long = [(place, key_of(pieces[place].text)) for place in texts if pieces[place].words >= 12]
    answer: set[int] = set()
    for order, place in enumerate(texts):
        piece = pieces[place]
        if piece.words > 45 or piece.words < (7 if roles.role[place] == "heading" else 4) or piece.text.endswith("?"):
            continue
        words = key_of(piece.text)
        near = long if len(long) <= 400 else []
        if any(other != place and f" {words} " in f" {said} " for other, said in near) or (
            is_quoted(piece.text) and order + 1 < len(texts) and _ATTRIBUTION.match(pieces[texts[order + 1]].text)
        ):
            answer.add(place)
    return answer

"""What comes after the article: tags, legal footnotes, and the account of what was dropped."""

import re

from broadsheet.importing.engines.dump.features import Features
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.rolebook import REASONS, Roles
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.vocabulary import has_label, key_of
from broadsheet.importing.rules.notices import read_notice
from broadsheet.importing.rules.page_result import Dropped, Notice

_COMMAS = re.compile(r"\s*[,،、;؛|•·]\s*|\s+/\s+|\s{2,}|\t")
_HASH = re.compile(r"\s*#(?=\w)")
_MOST_TAGS = 40
_FOOTNOTE_REACH = 25
_NEXT_NOTE = re.compile(r"(?<=[.;!)])\s+(?=[*†‡]{1,5}\s?[^\W\d_\"«“])")
_NAMES_OTHERS = re.compile(
    r"\(|also known|aussi connu|également connu|auch bekannt|también conocid|известн|المعروف|a\.k\.a", re.IGNORECASE
)


def find_tags(stream: Stream, *, start: int, end: int) -> tuple[tuple[str, ...], set[int]]:
    """The tags in the page's order and the pieces that held them: below the article first, then above."""
    features = stream.features
    labels = [number for number, item in enumerate(features) if item.kind == "label"]
    below = [number for number in labels if number > end]
    inside = [number for number in labels if start <= number <= end]
    above = [number for number in labels if start - 30 <= number < start]
    for number in [*below, *reversed(inside), *reversed(above)]:
        tags, used = _read_tags(stream, number)
        if tags:
            return tags, used
    return (), set()


def _read_tags(stream: Stream, number: int) -> tuple[tuple[str, ...], set[int]]:
    """The tags after one label, on its line or one a line below it."""
    pieces, features = stream.pieces, stream.features
    text = pieces[number].text.replace("：", ":")
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and has_label(head, "tags"):
        return _unique(_split(rest)), {number}
    tags: list[str] = []
    used = {number}
    for near in range(number + 1, min(number + 1 + _MOST_TAGS, len(pieces))):
        piece, item = pieces[near], features[near]
        if item.kind in {"time", "address", "counter", "label", "footnote", "prose"} or item.credit:
            break
        listed = item.furniture in {"navigation", "footer"} and bool(_COMMAS.search(piece.text))
        button = item.furniture == "share" and not tags and piece.words <= 1
        if item.furniture and not listed and not button:
            break
        parts = _split(piece.text)
        if len(parts) == 1 and (piece.words > 6 or len(parts[0]) > 60):
            break
        tags += parts
        used.add(near)
        if len(parts) >= 3 and not piece.text.rstrip().endswith((",", "،")):
            break
    return _unique(tags), used


def _split(text: str) -> list[str]:
    """The tags of one line."""
    text = re.sub(r"^\s*(?:[*•◦▪·+-]|/)\s+", "", text)
    parts = _COMMAS.split(text)
    if "#" in text:
        parts = [piece for part in parts for piece in _HASH.split(part)]
    return [part.strip(" #.*/\t") for part in parts if part.strip(" #.*/\t")]


def _unique(tags: list[str]) -> tuple[str, ...]:
    """Each tag once, in order."""
    return tuple(dict.fromkeys(tag for tag in tags if len(tag) <= 80))


def find_footnotes(stream: Stream, *, start: int, end: int) -> tuple[list[Notice], set[int]]:
    """The legal notices among and after the article's last paragraphs."""
    pieces, features = stream.pieces, stream.features
    notices: list[Notice] = []
    used: set[int] = set()
    for number in range(start, min(end + _FOOTNOTE_REACH, len(pieces))):
        item = features[number]
        marked = item.kind == "footnote"
        if not marked and (item.kind != "prose" or number < end - 1 or number > end + 6):
            continue
        if not marked and not _NAMES_OTHERS.search(pieces[number].text):
            continue
        for part in _NEXT_NOTE.split(pieces[number].text):
            notice = read_notice(part)
            if notice is None:
                continue
            used.add(number)
            if notice.name.casefold() not in {known.name.casefold() for known in notices}:
                notices.append(notice)
    return notices, used


def account(
    stream: Stream,
    roles: Roles,
    *,
    kept: dict[int, str | None],
    headline: tuple[int, str] | None,
) -> tuple[Dropped, ...]:
    """Everything that is not in the result, neighbouring pieces with one reason together."""
    pieces, features = stream.pieces, stream.features
    answer: list[Dropped] = []
    texts: list[str] = []
    reason = ""
    for number, piece in enumerate(pieces):
        if number in kept and kept[number] is None:
            why = ""
        else:
            why = (
                kept.get(number)
                or roles.reason.get(number)
                or _reason(piece, features[number], number=number, headline=headline)
            )
        if why != reason and texts:
            answer.append(Dropped(text="\n".join(texts), reason=reason))
            texts = []
        reason = why
        if why:
            texts.append(piece.text)
    if texts:
        answer.append(Dropped(text="\n".join(texts), reason=reason))
    return tuple(answer)


def _reason(piece: Piece, item: Features, *, number: int, headline: tuple[int, str] | None) -> str:
    """Why a piece outside the article was dropped."""
    if headline and key_of(headline[1]) and key_of(headline[1]) in key_of(piece.text) and piece.words < 60:
        return "repeats the headline"
    if item.furniture:
        return REASONS[item.furniture]
    if item.rules >= 0.55 and item.kind in {"prose", "title"}:
        return "rules or dialog of the site"
    simple = {
        "time": "date or time",
        "counter": "buttons and counters",
        "address": "address of a page",
        "footnote": "footnote",
    }
    if item.kind in simple:
        return simple[item.kind]
    if headline and number < headline[0]:
        return "navigation and lines before the article"
    return "text of the page after the article" if item.kind == "prose" else "links to other articles"

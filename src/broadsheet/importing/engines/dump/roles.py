"""What each piece between the headline and the article's end is: text, picture, furniture, offer, link."""

import re

from broadsheet.importing.engines.dump.asides import drop_asides
from broadsheet.importing.engines.dump.features import Features
from broadsheet.importing.engines.dump.header import bylines
from broadsheet.importing.engines.dump.headline import Headline
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.pictures import Pictures
from broadsheet.importing.engines.dump.rolebook import REASONS, Roles
from broadsheet.importing.engines.dump.runs import Run, change_of_kind
from broadsheet.importing.engines.dump.shortlines import are_alike, settle_short_lines
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.vocabulary import key_of

_ASIDES = {
    "time": "date or time",
    "counter": "buttons and counters",
    "alt": "words in place of a picture",
    "address": "address of a page",
}
_HANDLE = re.compile(r"^@\w{2,30}$")
_POST = "post of a social network"
_MOST_NOTE = 60
_MOST_TITLE = 15
_LEAST_ITEMS = 5
_PLAIN_ROLES = {"prose": "text", "related": "related", "embed": "embed", "cells": "cells", "footnote": "footnote"}


def article_end(stream: Stream, start: int, run: Run) -> int:
    """The last piece of the article: the run's end, or a mark before it after which little of weight comes."""
    features = stream.features
    total = sum(max(0.0, features[number].weight) for number in range(start, run.last + 1)) or 1.0
    passed = 0.0
    for number in range(start, run.last + 1):
        item = features[number]
        if item.furniture in {"label", "discussion"} and passed > 0 and (total - passed) < passed * 0.6:
            return number - 1
        if item.furniture in {"end", "footer", "reply"} and passed > 0 and (total - passed) < total * 0.3:
            return number - 1
        passed += max(0.0, item.weight)
    end = run.last
    _, cut = change_of_kind(features, start, end)
    if cut is not None and cut > start:
        return cut - 1
    return _with_last_pictures(features, _with_last_list(stream, end))


def _with_last_list(stream: Stream, end: int) -> int:
    """The end moved behind a heading and the lines built alike that follow the last paragraph."""
    pieces, features = stream.pieces, stream.features
    stop = end + 1
    while stop < len(pieces) and features[stop].kind == "title" and not features[stop].credit:
        stop += 1
    items = [pieces[number].text for number in range(end + 2, stop)]
    for count in range(len(items), _LEAST_ITEMS - 1, -1):
        if are_alike(items[:count]) and are_alike(items[count - 1 : count]):
            return end + 1 + count
    return end


def _with_last_pictures(features: list[Features], end: int) -> int:
    """The end moved behind the pictures that follow the last paragraph."""
    number = end + 1
    while number < len(features) and number - end <= 4:
        item = features[number]
        if item.credit and item.kind in {"title", "prose"}:
            end = number
        elif item.furniture not in {None, "share"} or item.kind not in {
            "title",
            "repeat",
            "counter",
            "alt",
            "furniture",
        }:
            break
        number += 1
    return end


def assign(stream: Stream, headline: Headline, pictures: Pictures, *, end: int) -> Roles:
    """A role for every piece after the headline up to the end."""
    pieces, features = stream.pieces, stream.features
    roles = Roles()
    first = headline.place + 1
    titles = {key_of(headline.text), key_of(headline.short_title or "")} - {""}
    elsewhere = {key_of(piece.text) for number, piece in enumerate(pieces) if number < headline.place or number > end}
    strict = 0.85 if headline.text and features[headline.place].own_rules > 0.15 else 0.45
    ruled = _ruled(features, first, end, strict=strict)
    for number in range(first, end + 1):
        piece, item = pieces[number], features[number]
        if number in pictures.consumed:
            roles.role[number], roles.reason[number] = "picture", pictures.consumed[number]
        elif key_of(piece.text) in titles:
            roles.drop(number, "repeats the headline")
        elif item.kind in _ASIDES:
            roles.role[number], roles.reason[number] = item.kind, _ASIDES[item.kind]
        elif item.furniture:
            roles.role[number] = "share" if item.furniture == "share" else "furniture"
            roles.reason[number] = REASONS[item.furniture]
        elif number in ruled:
            roles.drop(number, "rules or dialog of the site")
        elif item.kind == "prose" and piece.words <= _MOST_TITLE and _is_in_rail(features, number):
            roles.drop(number, REASONS["rail"])
        elif item.kind == "repeat":
            roles.drop(number, "said twice on the page")
        elif number > first + 5 and _is_echo(piece, item, elsewhere):
            roles.drop(number, "repeated elsewhere on the page")
        elif number < first + 12 and bylines(piece.text):
            roles.sign(number, bylines(piece.text))
        else:
            roles.role[number] = _PLAIN_ROLES.get(item.kind, "title")
    _settle_posts(stream, roles, first=first, last=end)
    drop_asides(stream, roles, first=first, last=end)
    _drop_author_notes(stream, roles)
    settle_short_lines(stream, roles, first=first, last=end, elsewhere=elsewhere)
    return roles


def _settle_posts(stream: Stream, roles: Roles, *, first: int, last: int) -> None:
    """A post of a social network: the name over the handle, the words down to the day, and the counts under it."""
    pieces, features = stream.pieces, stream.features
    for number in range(first + 1, last + 1):
        if not _HANDLE.match(pieces[number].text):
            continue
        day = next(
            (near for near in range(number + 1, min(number + 6, last + 1)) if features[near].kind == "time"), None
        )
        if day is None:
            continue
        if pieces[number - 1].words <= 5 and roles.role.get(number - 1) == "title":
            roles.drop(number - 1, _POST)
        for near in range(number + 1, day):
            if roles.role.get(near) in {"text", "title"}:
                roles.role[near] = "embed"
        for near in range(day + 1, min(day + 4, last + 1)):
            if roles.role.get(near) == "title" and pieces[near].text[:1].isdigit() and pieces[near].words <= 8:
                roles.drop(near, _POST)


def _drop_author_notes(stream: Stream, roles: Roles) -> None:
    """A last paragraph that opens with a byline's name tells of the author and not of the matter."""
    texts = [number for number in sorted(roles.role) if roles.role[number] == "text"]
    for number in reversed(texts[-2:] if len(texts) >= 4 else []):
        piece = stream.pieces[number]
        if piece.words > _MOST_NOTE or not piece.text.startswith(roles.authors or ("\0",)):
            break
        roles.drop(number, REASONS["end"])


def _is_in_rail(features: list[Features], number: int) -> bool:
    """True for a line with labels of links to other articles on both sides."""
    near = features[number - 1 : number] + features[number + 1 : number + 2]
    return len(near) == 2 and all(item.furniture == "rail" for item in near)


def _is_echo(piece: Piece, item: Features, elsewhere: set[str]) -> bool:
    """True for a short sentence that the page says outside the article too."""
    return item.kind == "prose" and 5 <= piece.words <= 30 and key_of(piece.text) in elsewhere


def _ruled(features: list[Features], first: int, last: int, *, strict: float) -> set[int]:
    """Sentences that read like rules and stand beside a dialog or at an end; amid the article's own they are its matter."""
    answer: set[int] = set()
    block: list[int] = []
    for number in range(first, last + 2):
        item = features[number] if number <= last else None
        if item is not None and item.kind == "prose" and item.rules >= 0.62 and item.own_rules >= strict:
            block.append(number)
            continue
        if block:
            beside = [
                features[near]
                for near in (block[0] - 1, block[0] - 2, block[-1] + 1, block[-1] + 2)
                if 0 <= near < len(features)
            ]
            near_dialog = any(other.furniture in {"dialog", "promo", "discussion", "footer"} for other in beside)
            if near_dialog or block[-1] >= last or block[0] == first:
                answer.update(block)
            block = []
    return answer


def drop_before(roles: Roles, start: int, opening: int) -> None:
    """The stream of titles that stands before the running text is no part of it."""
    for number in range(start, opening):
        if roles.role.get(number) in {"text", "title", "heading", "related", "item", "quote"}:
            roles.drop(number, REASONS["rail"])

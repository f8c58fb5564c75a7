"""Short lines between paragraphs: headings, items of lists, links, and what is left over."""

import re
from dataclasses import dataclass

from broadsheet.importing.engines.dump.header import is_name
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.rolebook import REASONS, Roles
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.vocabulary import key_of

_STRONG_WORDS = 22
_QUOTED_HEADING = 8
_SAID = re.compile(r"[?!.…؟]$|^(?:Q|A|F|R|В|О)\s?[:.]")


def settle_short_lines(stream: Stream, roles: Roles, *, first: int, last: int, elsewhere: set[str]) -> None:
    """Every short line is a heading, an item, a link or nothing of the article."""
    _head_titles(stream, roles, first=first, last=last)
    _drop_islands(stream, roles, first=first, last=last)
    _settle_titles(stream.pieces, roles, first=first, last=last, elsewhere=elsewhere)


def _head_titles(stream: Stream, roles: Roles, *, first: int, last: int) -> None:
    """Short lines before the first paragraph: a standfirst without a full stop is text, a name is a byline."""
    pieces, features = stream.pieces, stream.features
    texts = [number for number in range(first, last + 1) if roles.role.get(number) == "text"]
    body = _first_text(texts, roles, start=first, end=last)
    signed = next((number for number in range(first, body) if roles.role.get(number) == "byline"), body)
    lead_before = min([signed, *texts[:1]])
    for number in range(first, body):
        if roles.role.get(number) != "title":
            continue
        piece = pieces[number]
        beside = {features[near].kind for near in (number - 1, number + 1) if near < len(pieces)}
        followed = roles.role.get(number + 1) in {"share", "byline", "time"}
        early = number < first + 7
        if early and piece.words <= 4 and is_name(piece.text) and ("time" in beside or followed):
            roles.sign(number, (piece.text,))
        elif (early and number < lead_before and _could_be_lead(piece)) or (
            piece.bullet and piece.words >= 5 and not piece.links
        ):
            roles.role[number] = "text"
        elif number == body - 1 and 2 <= piece.words <= 14 and _stands_as_heading(piece, roles, number):
            roles.role[number] = "title"
        else:
            roles.drop(number, "line around the headline")


def _could_be_lead(piece: Piece) -> bool:
    """True for a line under the headline that is long enough for a standfirst."""
    return (
        piece.words >= 7
        and not piece.whole_link
        and not piece.bullet
        and piece.links <= 1
        and not is_listing(piece.text)
    )


def _first_text(texts: list[int], roles: Roles, *, start: int, end: int) -> int:
    """Where the body begins: after the dates, names and buttons that follow a standfirst."""
    first = texts[0] if texts else end + 1
    if len(texts) > 1 and not {roles.role.get(number) for number in range(start, first)} & {
        "time",
        "byline",
        "picture",
    }:
        marks = [
            number
            for number in range(first + 1, min(texts[1], start + 15))
            if roles.role.get(number) in {"time", "byline", "share", "counter"}
        ]
        if marks:
            first = texts[1]
    return first


def is_listing(text: str) -> bool:
    """True for a row of names set apart by signs, as menus and bylines are."""
    return len(re.findall(r"[|•·›»/]", text)) >= 2 or text.count("  ") >= 2


def _stands_as_heading(piece: Piece, roles: Roles, number: int) -> bool:
    """True where a short line right above the first paragraph follows a picture or a date and starts a part."""
    if piece.links:
        return False
    before = roles.role.get(number - 1)
    times = sum(1 for role in roles.role.values() if role == "time")
    return (before == "picture" and piece.after_blank and piece.before_blank) or (before == "time" and times >= 3)


def _drop_islands(stream: Stream, roles: Roles, *, first: int, last: int) -> None:
    """An offer's few sentences go with its buttons: a stretch that begins and ends as a dialog and holds no long paragraph."""
    pieces, features = stream.pieces, stream.features
    number = first
    while number <= last:
        if roles.role.get(number) != "furniture" or features[number].furniture not in {
            "dialog",
            "promo",
            "rail",
        }:
            number += 1
            continue
        stop, forms = number, 0
        for near in range(number, min(last, number + 18) + 1):
            role = roles.role.get(near)
            if role == "text" and (pieces[near].words >= _STRONG_WORDS and features[near].rules < 0.45):
                break
            if role in {"furniture", "share"}:
                forms += features[near].furniture == "dialog"
                stop = near
        if forms >= 1 and stop > number:
            for near in range(number, stop + 1):
                if roles.role.get(near) in {"text", "title"}:
                    roles.drop(near, REASONS["promo"])
        number = stop + 1


def _settle_titles(pieces: list[Piece], roles: Roles, *, first: int, last: int, elsewhere: set[str]) -> None:
    """Short lines between paragraphs: headings, items, links or leftovers."""
    number = first
    while number <= last:
        if roles.role.get(number) != "title":
            number += 1
            continue
        stop = number
        while stop + 1 <= last and roles.role.get(stop + 1) in {"title", "time", "counter", "address"}:
            stop += 1
        group = [near for near in range(number, stop + 1) if roles.role.get(near) == "title"]
        _settle(group, pieces, roles, last=last, elsewhere=elsewhere)
        number = stop + 1


@dataclass(frozen=True, slots=True)
class _Group:
    """Short lines that stand together, and what is around them."""

    places: list[int]
    opens_list: bool
    after_rail: bool
    bullets: int
    alike: bool
    followed: bool


def _settle(places: list[int], pieces: list[Piece], roles: Roles, *, last: int, elsewhere: set[str]) -> None:
    """One group of short lines that stand together."""
    group = _group(places, pieces, roles, last=last)
    for near in places:
        piece = pieces[near]
        if piece.whole_link or (key_of(piece.text) in elsewhere and piece.words >= 3 and not group.bullets):
            roles.role[near] = "related"
            continue
        role = _role_in(group, piece)
        if role in REASONS:
            roles.drop(near, REASONS[role])
        else:
            roles.role[near] = role


def _group(places: list[int], pieces: list[Piece], roles: Roles, *, last: int) -> _Group:
    """What is around a group of short lines."""
    passed = {"time", "counter", "address", "share"}
    before = next((near for near in range(places[0] - 1, places[0] - 4, -1) if roles.role.get(near) not in passed), -1)
    return _Group(
        places=places,
        opens_list=roles.role.get(before) == "text" and pieces[before].text.rstrip().endswith((":", "：")),
        after_rail=roles.role.get(before) == "furniture" and roles.reason.get(before) == REASONS["rail"],
        bullets=sum(1 for near in places if pieces[near].bullet and not pieces[near].whole_link),
        alike=len(places) > 3 and are_alike([pieces[near].text for near in places]),
        followed=places[-1] < last,
    )


def _role_in(group: _Group, piece: Piece) -> str:
    """The role of one short line of a group, or the kind of furniture it is."""
    text, several = piece.text, len(group.places) >= 2
    if _SAID.search(text) or (text.endswith(":") and piece.words >= 3):
        return "text"
    if (group.bullets and (group.bullets >= 2 or group.opens_list)) or (group.opens_list and several) or group.alike:
        return "item"
    if group.after_rail or len(group.places) > 3 or (several and piece.words >= 9):
        return "rail"
    if is_quoted(text) and piece.words > _QUOTED_HEADING:
        return "text"
    if is_listing(text) or not group.followed:
        return "navigation"
    return "heading" if piece.words <= 16 else "text"


def are_alike(texts: list[str]) -> bool:
    """True for lines built alike, as the items of a list are and the titles of other articles are not."""
    return any(sum(1 for text in texts if sign in text) >= 0.8 * len(texts) for sign in (":", "(", " – ", " — ", " - "))


def is_quoted(text: str) -> bool:
    """True for words that stand wholly in quotation marks."""
    return len(text) > 12 and text[0] in '"“„«‘‹' and text.rstrip(".!? ")[-1:] in '"”“»’›'

"""The history of a page in a bundle: revisions, approvals, comments, log. A revision says what the one before didn't."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from broadsheet.importing.rules.bundle_format import (
    ARTICLE_PARTS,
    CONTENT,
    EDITION_PARTS,
    EMPTY,
    INFO_PAGE_PARTS,
    LAYOUT,
    NONE_TEXT,
    NONE_TIME,
    OFF,
    SECTION_PARTS,
)
from broadsheet.importing.rules.shapes import (
    Field,
    Shape,
    Spot,
    flag,
    many,
    mapping,
    moment,
    name,
    number,
    one_of,
    optional,
    record,
    short,
    text,
)

Row = dict[str, Any]
TIMES: dict[str, Shape | Field] = {"publish_at": NONE_TIME, "expires_at": NONE_TIME}
NO_NUMBER = Field(optional(number), None)
FRONT = {"front": Field(LAYOUT, list)}


def anything(value: Any, spot: Spot) -> Any:
    """Any object of JSON whose texts a database can hold."""
    if not isinstance(value, dict):
        raise spot.wrong("must be an object.")
    for part in _texts(value):
        text(part, spot)
    return value


def mark(value: Any, spot: Spot) -> str:
    """A UUID."""
    try:
        return str(UUID(text(value, spot)))
    except ValueError as error:
        raise spot.wrong("must be a UUID.") from error


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        yield from value
        yield from _texts(list(value.values()))


REPLY = record({"text": text, "by": name, "at": moment, "changed_at": moment})
SHAPES: dict[str, Shape | Field] = {
    "owner": NONE_TEXT,
    "first_published_at": NONE_TIME,
    "last_published_at": NONE_TIME,
    "expired": OFF,
    "changed": OFF,
    "live": NO_NUMBER,
    "revisions": Field(
        many(
            record(
                {
                    "at": moment,
                    "by": NONE_TEXT,
                    "publishes_at": NONE_TIME,
                    "block_ids": Field(many(text), list),
                    "content": anything,
                }
            )
        ),
        list,
    ),
    "workflows": Field(
        many(
            record(
                {
                    "workflow": name,
                    "status": one_of("in_progress", "approved", "needs_changes", "cancelled"),
                    "at": moment,
                    "by": NONE_TEXT,
                    "current": NO_NUMBER,
                    "tasks": many(
                        record(
                            {
                                "task": name,
                                "status": one_of("in_progress", "approved", "rejected", "skipped", "cancelled"),
                                "started_at": moment,
                                "finished_at": NONE_TIME,
                                "by": NONE_TEXT,
                                "comment": EMPTY,
                                "revision": number,
                            }
                        )
                    ),
                }
            )
        ),
        list,
    ),
    "comments": Field(
        many(
            record(
                {
                    "text": text,
                    "by": name,
                    "at": moment,
                    "changed_at": moment,
                    "where": text,
                    "position": EMPTY,
                    "revision": NO_NUMBER,
                    "resolved_at": NONE_TIME,
                    "resolved_by": NONE_TEXT,
                    "replies": Field(many(REPLY), list),
                }
            )
        ),
        list,
    ),
    "log": Field(
        many(
            record(
                {
                    "action": short(255),
                    "at": moment,
                    "by": NONE_TEXT,
                    "label": EMPTY,
                    "data": Field(anything, dict),
                    "mark": Field(optional(mark), None),
                    "revision": NO_NUMBER,
                    "content_changed": OFF,
                    "deleted": OFF,
                }
            )
        ),
        list,
    ),
    "subscribers": Field(mapping(flag), dict),
}


def history(content: Shape) -> Shape:
    """The history of a page whose revisions have this content; each comes out with all of its own."""
    outer = record(SHAPES)

    def check(value: Any, spot: Spot) -> Row:
        found: Row = outer(value, spot)
        so_far: Row = {}
        for place, revision in enumerate(found["revisions"]):
            so_far = {**so_far, **revision["content"]}
            revision["content"] = content(so_far, spot.at("revisions").item(place))
        _check_places(found, spot)
        return found

    return check


def packed(past: Row) -> Row:
    """Return the history with what each revision says unlike the one before."""
    rows = []
    before: Row = {}
    for revision in past["revisions"]:
        own = {key: value for key, value in revision["content"].items() if key not in before or before[key] != value}
        rows.append({**revision, "content": own})
        before = revision["content"]
    return {**past, "revisions": rows}


def people_in(past: Row | None) -> Iterator[str]:
    """Yield the User ID of everybody whom a history names."""
    if past is None:
        return
    rows = [*past["revisions"], *past["workflows"], *past["comments"], *past["log"]]
    rows += [task for workflow in past["workflows"] for task in workflow["tasks"]]
    rows += [reply for comment in past["comments"] for reply in comment["replies"]]
    named = [past["owner"], *(row["by"] for row in rows), *(row["resolved_by"] for row in past["comments"])]
    yield from (user for user in named if user)
    yield from past["subscribers"]


def _check_places(past: Row, spot: Spot) -> None:
    """Refuse what points at a revision or step that isn't there."""
    revisions = len(past["revisions"])
    pointed = [("live", past["live"], revisions)]
    for kind in ("comments", "log"):
        pointed += [(kind, row["revision"], revisions) for row in past[kind]]
    for workflow in past["workflows"]:
        pointed += [("workflows", task["revision"], revisions) for task in workflow["tasks"]]
        pointed.append(("workflows", workflow["current"], len(workflow["tasks"])))
    for kind, place, count in pointed:
        if place is not None and not 0 <= place < count:
            raise spot.at(kind).wrong(f"names the entry {place}, and there are {count}.")


HISTORY: dict[str, Shape] = {
    "article": history(record(CONTENT)),
    "edition": history(record({**EDITION_PARTS, **FRONT, **TIMES})),
    "section": history(record({**SECTION_PARTS, "layout": Field(LAYOUT, list), **TIMES})),
    "page": history(record({**INFO_PAGE_PARTS, **TIMES})),
}


def with_history(parts: dict[str, Shape | Field], kind: str) -> Shape:
    """A page of this kind with its history."""
    return record({**parts, "history": Field(optional(HISTORY[kind]), None)})


ARTICLE = with_history(ARTICLE_PARTS, "article")
SECTION = with_history(
    {
        "key": name,
        **SECTION_PARTS,
        "position": Field(number, 0),
        "hidden": OFF,
        "translation": Field(optional(name), "="),
        "layout": Field(optional(LAYOUT), None),
    },
    "section",
)
INFO_PAGE = with_history({"key": name, **INFO_PAGE_PARTS, "hidden": OFF, "translation": NONE_TEXT}, "page")
EDITION = with_history(
    {
        "code": name,
        "language": name,
        **EDITION_PARTS,
        "position": Field(number, 0),
        "hidden": OFF,
        "sections": many(SECTION),
        **FRONT,
        "pages": Field(many(INFO_PAGE), list),
    },
    "edition",
)

"""Lets the demo paper's readers talk: by the very actions that readers and moderators use."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import resources
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from broadsheet.discussion.actions.count_months import DELAY, count_months
from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.actions.report_comment import report_comment
from broadsheet.discussion.queries.verdicts import judged_text, ready_judge
from broadsheet.importing.actions.load_roster import load_roster
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.appoint_moderator import appoint_moderator
from broadsheet.moderation.actions.case_decisions import Basis, Block, block_case, remove_case
from broadsheet.moderation.actions.claim_case import claim, release
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.queries.cases import case_of_comment
from broadsheet.moderation.queries.letters import letters_of
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.newsroom.queries.articles import article_by_number
from broadsheet.newsroom.queries.discussed import discussed
from broadsheet.newsroom.queries.editions import editions
from broadsheet.readers.actions.put_reader import put_reader
from broadsheet.readers.actions.staff import put_staff

HOST = "estuary.example"  # RFC 2606: nobody's
READER, MODERATOR, CHIEF, REPORTER = (f"{name}@{HOST}" for name in ("reader", "moderator", "chief", "reporter"))
FACTS = 5_000  # more than a paper that was just made has to be told of


@dataclass(slots=True)
class _Talk:
    """What is there of an edition's conversation so far: accounts and comments by their names in the file."""

    edition_id: int
    code: str
    language: str
    people: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)


def load_conversation(*, now: datetime, progress: Callable[[str], None] = lambda _what: None) -> int:
    """Let everybody say what the shipped conversation has, and moderators decide of some; return how many comments.

    Done again it does nothing twice, and what the public is told of the months is right at once. The editions' articles
    have to be there, and nobody else may write meanwhile.
    """
    progress("Conversation")
    ready_judge()  # else the first comment waits for a person on a machine that takes seconds to load it
    staff = {
        "Tomas Reede": put_staff(email=REPORTER, name="Tomas Reede", role="author"),
        "Nadia Farrow": put_staff(email=MODERATOR, name="Nadia Farrow", role="moderator"),
    }
    chief = put_staff(email=CHIEF, name="Mara Quill", role="operator")
    appoint_moderator(reader_id=staff["Nadia Farrow"].pk, by=chief.pk, now=now)
    said = 0
    for edition in editions():
        file = resources.files("broadsheet.importing") / "conversation" / f"{edition.code}.toml"
        if not file.is_file():
            continue
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        talk = _Talk(edition.id, edition.code, edition.language, dict(staff))
        talk.people |= _people(written["people"], edition.code, now)
        said += _say(talk, written["threads"], now)
        for report in written.get("reports", ()):
            _report(talk, report, now)
        deliver_due(FACTS)
        for decision in written.get("decisions", ()):
            _decide(talk, decision, staff["Nadia Farrow"].pk, now)
        for letter in written.get("letters", ()):
            _write(talk, letter, now)
        deliver_due(FACTS)
    load_roster(
        chief_id=chief.pk,
        moderator_id=staff["Nadia Farrow"].pk,
        author=(staff["Tomas Reede"].pk, "Tomas Reede"),
        now=now,
    )
    deliver_due(FACTS)
    count_months(now=clock.now() + DELAY)  # while a paper is made nobody else writes: no number is still to come
    return said


def _people(names: list[str], code: str, now: datetime) -> dict[str, Any]:
    """Return the accounts by name; the first of the first edition is the one that a visitor of the demo logs in to."""
    everywhere = [edition.code for edition in editions()]
    found = {}
    for number, name in enumerate(names):
        email = READER if number == 0 and code == everywhere[0] else f"{code}-{number}@{HOST}"
        since = now - timedelta(days=40 + 37 * number)
        found[name] = put_reader(email=email, name=name, editions=everywhere, registered_at=since, now=now)
    return found


def _say(talk: _Talk, threads: list[dict[str, Any]], now: datetime) -> int:
    """Post the comments in the order of their times, each once."""
    found = []
    for thread in threads:
        page = article_by_number(int(thread["article"]))
        article = discussed(page.pk) if page is not None else None
        if article is None:
            continue
        since = article.published_at
        for at, one in enumerate(thread["comments"]):
            moment = since + (now - since) * one["after"] / 100
            found.append((moment, article.article_id, f"{thread['article']} {at}", one))
    found.sort(key=lambda row: row[:3])
    if found:
        _wake_judge(talk, found[0][1], now)
    for moment, article_id, place, one in found:
        posted = post_comment(
            author_id=talk.people[one["by"]].pk, article_id=article_id, text=one["text"],
            parent_id=talk.comments.get(one.get("to", "")), key=_key(place), insists=True, now=moment,
        )  # fmt: skip
        talk.comments[one.get("name", place)] = posted.comment_id
    return len(found)


def _wake_judge(talk: _Talk, article_id: int, now: datetime) -> None:
    """Let the judge load what it needs: a first comment that it has no time for would be held."""
    author_id = next(iter(talk.people.values())).pk
    for _attempt in range(5):
        said = judged_text(
            author_id=author_id, article_id=article_id, edition_id=talk.edition_id, parent_id=None, text="Good day.",
            now=now,
        )  # fmt: skip
        if said.verdict.outcome != "not_scored":
            return


def _report(talk: _Talk, wanted: dict[str, Any], now: datetime) -> None:
    """Let the reader report the comment, unless it was decided about before."""
    with suppress(Refused):
        report_comment(
            comment_id=talk.comments[wanted["comment"]], reporter_id=talk.people[wanted["by"]].pk,
            clause=wanted["clause"], facts=wanted["facts"], edition_id=talk.edition_id, now=now,
        )  # fmt: skip


def _decide(talk: _Talk, wanted: dict[str, Any], moderator_id: int, now: datetime) -> None:
    """Let the moderator decide of the comment's case, unless that was done before."""
    case, scope = case_of_comment(talk.comments[wanted["comment"]]), scope_of(moderator_id)
    if case is None or scope is None:
        return
    claim(case_id=case.id, moderator_id=moderator_id, now=now)
    basis = Basis(tuple(wanted["clauses"]), wanted["facts"])
    common: dict[str, Any] = {"case_id": case.id, "by": scope.actor, "basis": basis, "version": 1, "now": now}
    if wanted["does"] == "block":
        block_case(block=Block(ends=now + timedelta(days=wanted["days"])), key=_key(wanted["comment"]), **common)
    else:
        remove_case(key=_key(wanted["comment"]), **common)
    release(case_id=case.id, moderator_id=moderator_id, now=now)


def _write(talk: _Talk, wanted: dict[str, Any], now: datetime) -> None:
    reader = talk.people[wanted["by"]]
    if any(letters_of(reader.pk)):
        return
    written = Written(wanted["asks"], reader.public_id, wanted["text"].format(user_id=reader.public_id))
    receive_letter(written=written, reader_id=reader.pk, edition=talk.code, language=talk.language, now=now)


def _key(place: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://{HOST}/conversation/{place}")

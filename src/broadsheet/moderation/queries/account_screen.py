"""A reader's account as the moderators' screen shows it."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.discussion.queries.authors import Trust, trust_of
from broadsheet.discussion.queries.badges import GivenBadge, badge_given
from broadsheet.discussion.queries.comment_facts import history_of
from broadsheet.moderation.queries.annulments import AnnulmentView, annulments_of
from broadsheet.moderation.queries.bounds import covers_decision, covers_sanction
from broadsheet.moderation.queries.decisions import DecisionView, StatementView, decisions_of, statement
from broadsheet.moderation.queries.letters import LetterView, letters_of
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.queries.sanctions import SanctionView, is_out_for_good, next_that_counts, sanctions_of
from broadsheet.moderation.queries.screens import CommentView, DecidedView, decided, shown_rows
from broadsheet.moderation.rules.labels import role_label, sanction_label, sanction_state_label
from broadsheet.newsroom.queries.editions import edition_by_code, editions
from broadsheet.readers.queries.conduct import Conducted, conducted
from broadsheet.readers.queries.faces import Face, account_of, faces
from broadsheet.readers.queries.people import account_by_user_id

PAGE = 20


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A sanction in words, with the annulment that waits, and what the one who looks may do about it."""

    sanction: SanctionView
    label: str
    state: str
    asked: AnnulmentView | None
    asked_by: Face | None
    asked_role: str
    may_ask: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision with its statement, and whether it can be undone by the one who looks."""

    shown: DecidedView
    statement: StatementView | None
    may_undo: bool


@dataclass(frozen=True, slots=True)
class AccountScreen:
    """An account whole; `next_ordinal` is which the next block for all discussions would be."""

    account: Conducted
    face: Face | None
    registered_at: datetime | None
    next_ordinal: int
    out_for_good: bool
    sanctions: tuple[SanctionRow, ...]
    decisions: tuple[DecisionLine, ...]
    decided_after: int | None
    comments: tuple[CommentView, ...]
    after: int | None
    letters: tuple[LetterView, ...]
    trust: Trust
    badge: GivenBadge | None


def account_named(user_id: str, scope: Scope) -> int | None:
    """Return the number of the account; None where there is none, it was erased, or it is that of the one who asks."""
    reader = account_by_user_id(user_id)
    account = conducted(reader.pk) if reader is not None else None
    if account is None or account.state == "erased" or account.reader_id == scope.reader_id:
        return None
    return account.reader_id


def account_screen(
    user_id: str, scope: Scope, now: datetime, *, before: int | None = None, decided_before: int | None = None
) -> AccountScreen | None:
    """Return the account; None where there is none, it was erased, or it is that of the one who looks.

    What was written or decided out of that person's bounds is listed all the same: a sanction holds everywhere.
    """
    number = account_named(user_id, scope)
    account = conducted(number) if number is not None else None
    if account is None:
        return None
    number = account.reader_id
    comments = history_of(number, before=before, limit=PAGE + 1)
    decisions = decisions_of(number, before=decided_before, limit=PAGE + 1)
    kept = account_of(number)
    return AccountScreen(
        account=account,
        face=faces([number]).get(number),
        registered_at=kept.registered_at if kept is not None else None,
        next_ordinal=next_that_counts(number),
        out_for_good=is_out_for_good(number),
        sanctions=tuple(_sanctions(number, scope)),
        decisions=tuple(
            DecisionLine(
                one, statement(one.decision.id), one.decision.undone_at is None and covers_decision(scope, one.decision)
            )
            for one in _decided(decisions[:PAGE])
        ),
        decided_after=decisions[PAGE - 1].id if len(decisions) > PAGE else None,
        comments=tuple(shown_rows(comments[:PAGE])),
        after=comments[PAGE - 1].id if len(comments) > PAGE else None,
        letters=tuple(letters_of(number, limit=PAGE)),
        trust=trust_of(number, now),
        badge=badge_given(number),
    )


def _decided(rows: list[DecisionView]) -> list[DecidedView]:
    """Return the decisions in words, each with its own edition's titles."""
    first = next(iter(editions()))
    found: list[DecidedView] = []
    for row in rows:
        edition = edition_by_code(row.edition)
        found += decided([row], (edition or first).id)
    return found


def _sanctions(reader_id: int, scope: Scope) -> list[SanctionRow]:
    asked = annulments_of(reader_id)
    people = faces({one.asked_by_id for one in asked.values()})
    rows = []
    for one in sanctions_of(reader_id):
        waiting = asked.get(one.id)
        mine = covers_sanction(scope, one.id)
        rows.append(
            SanctionRow(
                one, sanction_label(one.kind, one.thread_id), sanction_state_label(one.state), waiting,
                people.get(waiting.asked_by_id) if waiting is not None else None,
                role_label(waiting.asked_role) if waiting is not None else "",
                may_ask=mine and one.ordinal > 0 and waiting is None,
                may_confirm=mine and waiting is not None and waiting.asked_by_id != scope.reader_id
                and (scope.is_chief or waiting.asked_role == "chief"),
            )
        )  # fmt: skip
    return rows

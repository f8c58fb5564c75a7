"""Letters: one by its number, a reader's, those that wait for an answer, and which of them wait too long (MOD-05)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel import clock
from broadsheet.kernel.watched import Watched
from broadsheet.moderation.conf import ANSWERED_WITHIN
from broadsheet.moderation.models import DecisionRow, Letter, LetterMail, Sanction, Statement
from broadsheet.moderation.rules.letters import Asks, explains, user_ids_in
from broadsheet.newsroom.queries.editions import edition_by_code

MOST_REFERENCES = 900  # signs of the header References that an answer repeats
SUBJECTS = {
    str(Asks.RESTORE_ACCOUNT): _("Restore my account"),
    str(Asks.UNLOCK_ACCESS): _("Unlock access"),
    str(Asks.COMMENT): _("A comment of mine"),
}


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as the desk, its writer's file and mails about it show it.

    `edition` is a code, `edition_id` the edition's number, 0 where it is gone. `first_decider_id` is who decided what
    the letter is about, None where nobody did. `headers` are those of a mail that answers it (RFC 5322 3.6.4), empty for
    letters written by form. `final`: it was refused because a second block counts.
    """

    id: int
    reader_id: int | None
    user_id: str
    kind: str
    subject: str
    text: str
    missing: tuple[str, ...]
    attachments: int
    language: str
    edition: str
    edition_id: int
    channel: str
    decision_id: int | None
    sanction_id: int | None
    comment_id: int | None
    first_decider_id: int | None
    state: str
    at: datetime
    verified_at: datetime | None
    due_at: datetime | None
    answered_at: datetime | None
    granted: bool | None
    final: bool
    reason: str
    name: str
    address: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many letters wait for an answer, how many of them longer than the target, and since when the oldest does."""

    open: int
    overdue: int
    oldest: datetime | None


def letter(letter_id: int) -> LetterView | None:
    """Return the letter; None where there is none, or it was erased."""
    return next(iter(_views(Letter.objects.filter(pk=letter_id))), None)


def letters_of(reader_id: int, *, before: int | None = None, limit: int = 50) -> list[LetterView]:
    """Return the reader's letters whose sender is known, the newest first; `before` is the last one that is known."""
    rows = Letter.objects.filter(reader_id=reader_id, verified_at__isnull=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _views(rows.order_by("-id")[:limit])


def letters_held(reader_id: int) -> Iterator[LetterView]:
    """Yield all letters that name the reader's account, the newest first; those of others in its name are marked so."""
    yield from _views(Letter.objects.filter(reader_id=reader_id).order_by("-id"))


def open_letters(
    *, editions: Sequence[str] | None = None, after: int | None = None, limit: int = 50, now: datetime | None = None
) -> list[LetterView]:
    """Return letters that wait for an answer, the oldest first; `editions` are codes, None for all.

    `after` is the last one that is known; with `now` only those whose target time is over.
    """
    rows = Letter.objects.filter(state="open")
    if editions is not None:
        rows = rows.filter(edition__in=list(editions))
    if after is not None:
        rows = rows.filter(pk__gt=after)
    if now is not None:
        rows = rows.filter(due_at__lte=now)
    return _views(rows.order_by("id")[:limit])


def waiting_for(reader_id: int, up_to: int) -> list[LetterView]:
    """Return the letters that name the reader's account and whose sender isn't known yet, up to that number."""
    rows = Letter.objects.filter(reader_id=reader_id, state="waiting_verification", pk__lte=up_to)
    return _views(rows.order_by("id")[:20])


def open_letter_about(reader_id: int, sanction_id: int | None, decision_id: int | None) -> int | None:
    """Return the reader's open letter about the same sanction or decision, or about nothing in particular."""
    rows = Letter.objects.filter(reader_id=reader_id, state="open")
    if sanction_id is not None:
        rows = rows.filter(sanction_id=sanction_id)
    elif decision_id is not None:
        rows = rows.filter(sanction=None, decision_id=decision_id)
    else:
        rows = rows.filter(sanction=None, decision=None)
    return rows.values_list("pk", flat=True).first()


def waiting(now: datetime) -> Waiting:
    """Return how the letters stand that wait for an answer."""
    rows = Letter.objects.filter(state="open")
    found = rows.aggregate(open=Count("id"), overdue=Count("id", filter=Q(due_at__lte=now)), oldest=Min("due_at"))
    oldest = found["oldest"]
    return Waiting(found["open"], found["overdue"], oldest - ANSWERED_WITHIN if oldest else None)


def deciders_of(row: Letter) -> frozenset[int]:
    """Return who decided what the letter is about, in any account of the person."""
    found: set[int | None] = set()
    if row.decision is not None:
        found.add(row.decision.actor_id)
    if row.sanction is not None:
        family = Sanction.objects.filter(incident__origin=row.sanction.incident.origin)
        found |= set(family.values_list("decision__actor_id", flat=True))
    return frozenset(number for number in found if number is not None)


def about_what(
    reader_id: int, asks: str, puid: str, comment_id: int | None
) -> tuple[Sanction | None, DecisionRow | None]:
    """Return which sanction and decision of the reader a letter is about, as far as that can be told.

    The statement that it names counts first, then the comment; else what runs and fits what it asks for.
    """
    decided = DecisionRow.objects.filter(reader_id=reader_id, restricts=True, undone_at=None)
    decision = decided.filter(statement__puid=puid).first() if puid else None
    if decision is None and comment_id is not None:
        decision = decided.filter(comment_id=comment_id).order_by("-id").first()
    if decision is not None and asks == Asks.COMMENT:
        return None, decision
    running = Sanction.objects.filter(reader_id=reader_id, state="running").select_related("decision", "incident")
    if decision is not None:
        return running.filter(decision=decision).order_by("-id").first(), decision
    if asks == Asks.COMMENT:
        return None, decided.filter(comment_id__isnull=False).order_by("-id").first()
    found = sorted(running, key=lambda one: (_fits(one, asks), one.pk))
    return (found[-1], found[-1].decision) if found else (None, None)


def subject_for(reader_id: int, puid: str) -> str:
    """Return the subject that fits the statement of that number, if it is the reader's own; else empty."""
    found = Statement.objects.filter(puid=puid, decision__reader_id=reader_id).select_related("decision").first()
    if found is None:
        return ""
    kinds = set(Sanction.objects.filter(decision_id=found.pk, state="running").values_list("kind", flat=True))
    if "deletion" in kinds:
        return str(Asks.RESTORE_ACCOUNT)
    return str(Asks.UNLOCK_ACCESS if kinds else Asks.COMMENT)


def user_ids_named(text: str) -> tuple[str, ...]:
    """Return what the text may name as a User ID, the likeliest first."""
    return user_ids_in(text)


def explanation_is_there(text: str) -> bool:
    """Return whether the text explains anything."""
    return explains(text)


def begun_by(address: str, references: Iterable[str]) -> Letter | None:
    """Return the letter that lacks a part and that a mail goes on with: it came from there, and is named if any is."""
    begun = Letter.objects.filter(state="incomplete", address=address).order_by("-id")
    return begun.filter(mails__message_id__in=list(references)).first() or begun.first()


def _fits(one: Sanction, asks: str) -> tuple[bool, bool]:
    """Return how well a sanction fits: one that counts before one for a discussion, then that of the kind asked for."""
    wanted = "deletion" if asks == Asks.RESTORE_ACCOUNT else "block"
    return (one.thread_id is None, one.kind == wanted)


def _views(rows: QuerySet[Letter]) -> list[LetterView]:
    rows = rows.select_related("decision", "sanction__decision", "sanction__incident")
    return [_view(row) for row in rows.prefetch_related("mails")]


def _view(row: Letter) -> LetterView:
    edition = edition_by_code(row.edition)
    mails = sorted(row.mails.all(), key=lambda mail: mail.pk)
    return LetterView(
        id=row.pk, reader_id=row.reader_id, user_id=row.user_id, kind=row.kind, subject=row.subject, text=row.text,
        missing=tuple(row.missing), attachments=row.attachments, language=row.language, edition=row.edition,
        edition_id=edition.id if edition is not None else 0, channel=row.channel, decision_id=row.decision_id,
        sanction_id=row.sanction_id, comment_id=row.decision.comment_id if row.decision is not None else None,
        first_decider_id=_first_decider(row), state=row.state, at=row.at, verified_at=row.verified_at, due_at=row.due_at,
        answered_at=row.answered_at, granted=row.granted, final=row.final, reason=row.reason, name=row.name,
        address=row.address, headers=_headers(mails[-1]) if mails else {},
    )  # fmt: skip


def _first_decider(row: Letter) -> int | None:
    if row.decision is not None and row.decision.actor_id is not None:
        return row.decision.actor_id
    return min(deciders_of(row), default=None)


def _headers(mail: LetterMail) -> dict[str, str]:
    if not mail.message_id:
        return {}
    known = mail.references.split()
    while known and len(" ".join((*known, mail.message_id))) > MOST_REFERENCES:
        del known[min(1, len(known) - 1)]  # the first one names the thread
    return {"In-Reply-To": mail.message_id, "References": " ".join((*known, mail.message_id))}


def look() -> dict[str, Any]:
    """Return the letters for those who watch; that one waits too long is no fault of this process."""
    found = waiting(clock.now())
    return {"ok": True, "open": found.open, "overdue": found.overdue}


LETTERS = Watched(
    "letters",
    look,
    {
        "open": "Letters to the moderators that wait for an answer",
        "overdue": "Those of them that wait longer than told",
    },
)

"""What moderation holds about a reader: decisions with their statements, sanctions, entries of the log, letters."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from broadsheet.kernel import clock
from broadsheet.kernel.personal_data import Holding, delete_portion, register
from broadsheet.moderation.actions.erase_cases import erase_cases
from broadsheet.moderation.actions.keep_marks import let_marks_end
from broadsheet.moderation.actions.purge import let_decisions_end
from broadsheet.moderation.actions.purge_letters import erase_letters
from broadsheet.moderation.models import Duty
from broadsheet.moderation.queries.cases import cases_of, looks_of
from broadsheet.moderation.queries.decisions import statements_of
from broadsheet.moderation.queries.letters import letters_held
from broadsheet.moderation.queries.sanctions import sanctions_of
from broadsheet.moderation.queries.trials import trials_by
from broadsheet.moderation.rules.mode_words import day_name


def _decisions(reader_id: int) -> Iterator[dict[str, Any]]:
    for one in statements_of(reader_id):
        yield {
            "statement": one.puid,
            "at": one.at.isoformat(),
            "edition": one.edition,
            "text": one.text,
            "can_be_contested_until": one.contested_until.isoformat(),
            "undone_at": one.undone_at.isoformat() if one.undone_at else None,
        }


def _sanctions(reader_id: int) -> Iterator[dict[str, Any]]:
    for one in sanctions_of(reader_id):
        yield {
            "measure": one.kind,
            "for_one_discussion": one.thread_id is not None,
            "began_at": one.starts.isoformat(),
            "ends_at": one.ends.isoformat() if one.ends else None,
            "stands": one.state,
            "counts_as": one.ordinal or None,
        }


def _letters(reader_id: int) -> Iterator[dict[str, Any]]:
    for one in letters_held(reader_id):
        yield {
            "at": one.at.isoformat(),
            "asks_for": one.kind,
            "subject": one.subject,
            "text": one.text,
            "edition": one.edition,
            "letter_stands": one.state,
            "answer_due_at": one.due_at.isoformat() if one.due_at else None,
            "answered_at": one.answered_at.isoformat() if one.answered_at else None,
            "granted": one.granted,
            "reason": one.reason,
        }


def _cases(reader_id: int) -> Iterator[dict[str, Any]]:
    for one in cases_of(reader_id):
        yield {
            "case": one.id,
            "case_about": one.kind,
            "comment": one.comment_id,
            "case_opened_at": one.opened_at.isoformat(),
            "case_stands": one.state,
            "case_closed_at": one.closed_at.isoformat() if one.closed_at else None,
        }
    for number, at in looks_of(reader_id):
        yield {"case": number, "looked_at": at.isoformat()}
    for number, at in trials_by(reader_id):
        yield {"trial_of_a_rulebook": number, "ordered_at": at.isoformat()}


def _duties(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in Duty.objects.filter(moderator_id=reader_id).order_by("pk"):
        yield {
            "weekdays": [day_name(day) for day in row.weekdays],
            "begins": row.begins.isoformat("minutes"),
            "ends": row.ends.isoformat("minutes"),
        }


register(
    Holding(
        "moderation.cases",
        _("What moderators looked at because of you, and what you looked at as one"),
        (
            "moderation.Case", "moderation.CaseNote", "moderation.CaseLook",
            "moderation.ModeratorScope", "moderation.Trial", "moderation.TrialRow",
            "moderation.Lowering",
        ),
        _cases,
        lambda reader_id: erase_cases(reader_id=reader_id, now=clock.now()),
    )
)  # fmt: skip
register(
    Holding(
        "moderation.decisions",
        _("Decisions about you"),
        ("moderation.DecisionRow", "moderation.DecisionClause", "moderation.Statement", "moderation.AuditPayload"),
        _decisions,
        lambda reader_id: let_decisions_end(reader_id=reader_id, now=clock.now()),
    )
)
register(
    Holding(
        "moderation.sanctions",
        _("Blocks and deletions of your account by the moderators"),
        ("moderation.Incident", "moderation.Sanction", "moderation.Annulment", "moderation.Mark"),
        _sanctions,
        lambda reader_id: let_marks_end(reader_id=reader_id, now=clock.now()),
    )
)
register(
    Holding(
        "moderation.duties",
        _("When you are on duty as a moderator"),
        ("moderation.Duty",),
        _duties,
        lambda reader_id: delete_portion(Duty.objects.filter(moderator_id=reader_id)),
    )
)
register(
    Holding(
        "moderation.letters",
        _("Your letters to the moderators"),
        ("moderation.Letter", "moderation.LetterMail"),
        _letters,
        lambda reader_id: erase_letters(reader_id=reader_id),
    )
)

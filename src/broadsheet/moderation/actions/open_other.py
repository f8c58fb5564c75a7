"""Lets what is about an account wait for a person: letters, annulments, accounts that are one person's."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.queries.comment_facts import comment_row
from broadsheet.moderation.actions.close_case import drop_case
from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.models import Annulment, Case, DecisionRow
from broadsheet.moderation.queries.letters import letter
from broadsheet.moderation.rules.priority import ACCOUNT, LETTER
from broadsheet.newsroom.queries.editions import edition_by_code, editions


@transaction.atomic
def open_same_person(*, reader_id: int, other_id: int, now: datetime) -> int | None:
    """Let chiefs have a case of the two accounts, one for both; return it, None where the paper has no edition."""
    edition_id = _edition_of(reader_id)
    if edition_id is None:
        return None
    return open_case(
        kind=CaseKind.ACCOUNT, subject_id=max(reader_id, other_id), edition_id=edition_id,
        reader_id=max(reader_id, other_id), harm=ACCOUNT, uncertain=2.0, chiefs_only=True, now=now,
        reasons=[{"code": "same-person", "reader": min(reader_id, other_id)}],
    )  # fmt: skip


@transaction.atomic
def open_annulment(*, annulment_id: int, sanction_id: int, reader_id: int, now: datetime) -> int | None:
    """Let somebody else than the one who asked look at the sanction; return the case, None where that is done already."""
    asked = Annulment.objects.filter(pk=annulment_id, confirmed_at=None).first()
    edition_id = _edition_of(reader_id)
    if asked is None or edition_id is None:
        return None
    return open_case(
        kind=CaseKind.ACCOUNT, subject_id=reader_id, edition_id=edition_id, reader_id=reader_id, harm=ACCOUNT,
        uncertain=2.0, first_decider=asked.asked_by, chiefs_only=True, now=now,
        reasons=[{"code": "annulment", "annulment": annulment_id, "sanction": sanction_id}],
    )  # fmt: skip


@transaction.atomic
def open_for_letter(*, letter_id: int, now: datetime) -> int | None:
    """Let somebody else than the first decider answer the letter; return the case, None where it waits for no answer."""
    found = letter(letter_id)
    first = next(iter(editions()), None)
    if found is None or found.state != "open" or first is None:
        return None
    edition_id = found.edition_id or first.id
    comment = comment_row(found.comment_id) if found.comment_id is not None else None
    return open_case(
        kind=CaseKind.LETTER, subject_id=letter_id, edition_id=edition_id, reader_id=found.reader_id, harm=LETTER,
        section_id=comment.section_id if comment is not None else None,
        thread_id=comment.thread_id if comment is not None else None,
        hidden=True, first_decider=found.first_decider_id, language=found.language, reasons=[{"code": "letter"}], now=now,
    )  # fmt: skip


@transaction.atomic
def close_for_letter(*, letter_id: int, now: datetime) -> None:
    """Let the letter's case need nobody any more, since it was answered."""
    for number in Case.objects.filter(kind=CaseKind.LETTER, subject_id=letter_id, state="open").values_list("pk"):
        drop_case(case_id=number[0], outcome="answered", now=now)


@transaction.atomic
def close_for_sanction(*, sanction_id: int, reader_id: int, now: datetime) -> None:
    """Let the case about the sanction need nobody any more, since it was annulled."""
    rows = Case.objects.filter(kind=CaseKind.ACCOUNT, subject_id=reader_id, state="open")
    for row in rows:
        if any(one["code"] == "annulment" and one.get("sanction") == sanction_id for one in row.reasons):
            drop_case(case_id=row.pk, outcome="annulled", now=now)


def _edition_of(reader_id: int) -> int | None:
    """Return the edition in which the reader was sanctioned last, else the first one: an account belongs to none."""
    last = DecisionRow.objects.filter(sanctions__reader_id=reader_id).order_by("-id")
    code = last.values_list("edition", flat=True).first()
    edition = edition_by_code(code) if code else None
    first = next(iter(editions()), None)
    return edition.id if edition is not None else first.id if first is not None else None

"""Lets what is about an account wait for a person: letters, annulments, accounts that are one person's."""

from datetime import datetime

from django.db import transaction

from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.models import Annulment, DecisionRow, Sanction
from broadsheet.moderation.rules.priority import ACCOUNT
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


def _edition_of(reader_id: int) -> int | None:
    """Return the edition in which the reader was sanctioned last, else the first one: an account belongs to none."""
    last = Sanction.objects.filter(reader_id=reader_id, decision__isnull=False).order_by("-id").first()
    code = DecisionRow.objects.filter(pk=last.decision_id).values_list("edition", flat=True).first() if last else None
    edition = edition_by_code(code) if code else None
    first = next(iter(editions()), None)
    return edition.id if edition is not None else first.id if first is not None else None

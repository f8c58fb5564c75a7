"""Keeps by what a person under sanctions would be recognised in another account (MOD-08)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from broadsheet.moderation.conf import MARKS_KEPT
from broadsheet.moderation.models import Incident, Mark
from broadsheet.readers.actions.forget_kept import forget_kept
from broadsheet.readers.queries.retention import marks_of


@transaction.atomic
def keep_marks(*, reader_id: int) -> None:
    """Keep a keyed hash of each address and identity of the account for each incident that counts; drop the others'."""
    incidents = Incident.objects.filter(reader_id=reader_id)
    counted = set(incidents.filter(sanctions__counts=True).values_list("pk", flat=True))
    _drop(Mark.objects.filter(incident__in=incidents.exclude(pk__in=counted)))
    if counted:
        marks = [Mark(digest=digest, incident_id=pk) for digest in marks_of(reader_id) for pk in sorted(counted)]
        Mark.objects.bulk_create(marks, ignore_conflicts=True)


@transaction.atomic
def let_marks_end(*, reader_id: int, now: datetime) -> int:
    """Let what is kept of an account that is being erased end two years later, or with its block; return how many hashes that are."""
    keep_marks(reader_id=reader_id)
    ended = 0
    for incident in Incident.objects.filter(reader_id=reader_id, marks__ends_at=None).distinct():
        last = incident.sanctions.filter(state="running").aggregate(end=Max("ends"))["end"]
        ends_at = max(now + MARKS_KEPT, last or now)
        ended += incident.marks.filter(ends_at=None).update(ends_at=ends_at)
    return ended


def _drop(marks: QuerySet[Mark]) -> None:
    """Drop these, and what the accounts keep of the same addresses unless something else counts under them."""
    digests = set(marks.values_list("digest", flat=True))
    if digests:
        marks.delete()
        forget_kept(digests=digests - set(Mark.objects.filter(digest__in=digests).values_list("digest", flat=True)))

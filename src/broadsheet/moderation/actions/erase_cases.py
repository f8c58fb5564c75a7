"""Takes an account that is being erased out of the queue, portion by portion (GDPR art. 17)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.personal_data import PORTION, delete_portion
from broadsheet.moderation.actions.close_case import drop_case
from broadsheet.moderation.actions.keep_case import keep_case
from broadsheet.moderation.conf import CaseState
from broadsheet.moderation.models import Case, CaseLook, CaseNote, Lowering, ModeratorScope, Trial


def erase_cases(*, reader_id: int, now: datetime) -> int:
    """Let a portion of the cases about the account name it no more and lose their notes; return how many rows that were.

    A case that only its being there gave reason for needs nobody any more; one about a comment that still stands,
    without its author, goes on. What a moderator looked at goes with the moderator's account.
    """
    with transaction.atomic():
        rows = list(Case.objects.filter(reader_id=reader_id).order_by("pk")[:PORTION])
        for row in rows:
            _forget(row, now)
        CaseNote.objects.filter(case_id__in=[row.pk for row in rows]).delete()
    own = delete_portion(CaseLook.objects.filter(moderator_id=reader_id))
    own += delete_portion(ModeratorScope.objects.filter(moderator_id=reader_id))
    own += Trial.objects.filter(made_by_id=reader_id).update(made_by_id=None)
    own += Lowering.objects.filter(looked_by_id=reader_id).update(looked_by_id=None)
    return len(rows) + own


def _forget(row: Case, now: datetime) -> None:
    if row.state == CaseState.OPEN:
        if row.comment_id is not None:
            keep_case(comment_id=row.comment_id, now=now)
        else:
            drop_case(case_id=row.pk, outcome="erased", now=now)
    Case.objects.filter(pk=row.pk).update(reader_id=None)

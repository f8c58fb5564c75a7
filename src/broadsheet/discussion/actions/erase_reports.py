"""Takes names, addresses and words from reports: with the account, or some time after the answer (GDPR art. 5, 17)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from broadsheet.discussion.conf import REPORT_WORDS_KEPT, Reported
from broadsheet.discussion.models import Report
from broadsheet.discussion.queries.reports import filed_under
from broadsheet.kernel.personal_data import PORTION

_NOTHING = {"facts": "", "notice_name": "", "notice_email": ""}
_SAYS_NOTHING = Q(**_NOTHING)


def erase_reports(*, reader_id: int) -> int:
    """Take a portion of the reader's reports from them and return how many those were: nobody's, and without words.

    What a notice says that waits for its answer stays, without name and address: the comment has still to be looked at.
    """
    numbers = list(filed_under(reader_id).order_by("pk").values_list("pk", flat=True)[:PORTION])
    with transaction.atomic():
        chosen = Report.objects.filter(pk__in=numbers)
        chosen.exclude(state=Reported.OPEN, illegal=True).update(facts="")
        chosen.update(reporter=None, notice_name="", notice_email="")
    return len(numbers)


def purge_reports(*, now: datetime) -> int:
    """Erase words, names and addresses of reports that were answered long ago; return how many reports that were."""
    gone = 0
    due = Report.objects.filter(answered_at__lte=now - REPORT_WORDS_KEPT).exclude(state=Reported.OPEN)
    while numbers := list(due.exclude(_SAYS_NOTHING).order_by("answered_at").values_list("pk", flat=True)[:PORTION]):
        with transaction.atomic():
            gone += Report.objects.filter(pk__in=numbers).update(**_NOTHING)
    return gone

"""A reader takes a report back (DIS-05)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.conf import Reported
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.models import Report
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.turns import take_turn


def retract_report(*, comment_id: int, reporter_id: int, now: datetime, illegal: bool | None = None) -> None:
    """Let the reader's open reports of the comment count no more; a case that was opened stays a person's to close.

    `illegal` takes back the notice alone, or the report of a clause alone; None both. Nothing is learned of the
    reporter. `Refused` where the reader has none that waits.
    """
    with transaction.atomic():
        take_turn(f"reports {comment_id}")
        mine = Report.objects.filter(comment_id=comment_id, reporter_id=reporter_id, state=Reported.OPEN)
        if illegal is not None:
            mine = mine.filter(illegal=illegal)
        if not mine.update(state=Reported.RETRACTED, answered_at=now):
            why = _("You have no report of this comment that waits.")
            raise Refused(not_changed("no-report", why, _("A report that was answered can't be taken back.")))

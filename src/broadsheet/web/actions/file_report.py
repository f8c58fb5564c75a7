"""Files a report that came by the page, and confirms a notice by mail (DIS-05; DSA art. 16(4))."""

from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.discussion.actions.report_comment import Filed, Notice, report_comment
from broadsheet.discussion.queries.addresses import comment_url
from broadsheet.discussion.queries.reports import clause_of_notices
from broadsheet.kernel.rates import Limit, take
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.queue_mail import queue_mail

RECEIPTS = Limit("report-receipts", times=5, per=timedelta(days=1))  # to one address, which nobody confirmed


@transaction.atomic
def file_report(
    *,
    comment_id: int,
    reporter_id: int | None,
    clause: str,
    facts: str,
    notice: Notice | None,
    edition: EditionView,
    now: datetime,
) -> Filed:
    """Report the comment as `report_comment` does; a notice stands under the clause for illegal content, if it is on.

    Its receipt is queued for the address in it, without a word of what was written, and five a day at most: so nobody
    can have this site write to strangers. `Refused` also where the address can't be used.
    """
    if notice is not None:
        clause = clause_of_notices(edition.id)
    filed = report_comment(
        comment_id=comment_id, reporter_id=reporter_id, clause=clause, facts=facts, notice=notice, edition_id=edition.id,
        now=now,
    )  # fmt: skip
    if notice is not None and notice.email and not take(RECEIPTS, notice.email, now):
        queue_mail(
            key=f"report-receipt:{filed.report_id}:{now:%Y-%m-%d}",
            purpose="report-receipt",
            address=notice.email,
            language=edition.language,
            edition=edition.code,
            values={
                "number": filed.number,
                "address": comment_url(comment_id),
                "reply_to": edition.moderators_address or edition.contact_address,
            },
        )
    return filed

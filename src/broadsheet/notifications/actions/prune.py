"""Forgets what was sent or seen long ago."""

from broadsheet.kernel import clock
from broadsheet.notifications.actions.forget_mail import forget_mail
from broadsheet.notifications.conf import (
    KEEP_DISCARDED,
    KEEP_MESSAGES,
    KEEP_NOTICES,
    KEEP_RETURNS,
    KEEP_SEEN,
    PUSH_KEEP,
    PUSH_MISSES,
    PUSH_SILENT,
)
from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.models import (
    IssueState,
    Message,
    NewsletterIssue,
    NewsletterVersion,
    Notice,
    PushDelivery,
    PushSubscription,
    ReturnedMail,
    StoppedAddress,
    ThreadNews,
)

PORTION = 500  # rows a transaction: others wait for the writer for milliseconds


def prune(*, most: int = 50_000) -> int:
    """Remove messages that ended, notices, mails kept as files, and unconfirmed mail subscriptions in time; return how many."""
    now = clock.now()
    count = mailbox.drop_older(KEEP_MESSAGES.total_seconds()) + forget_mail(now=now, most=most)
    silent = PushSubscription.objects.filter(failures__gte=PUSH_MISSES)
    old = (
        Message.objects.filter(ended_at__lt=now - KEEP_MESSAGES),
        Message.objects.filter(ended_at=None, due_at__lt=now - KEEP_MESSAGES),  # nothing sends mail here
        Notice.objects.filter(seen_at__lt=now - KEEP_SEEN),
        Notice.objects.filter(at__lt=now - KEEP_NOTICES),
        ThreadNews.objects.filter(due_at=None, told_at__lt=now - KEEP_SEEN),
        PushDelivery.objects.filter(ended_at__lt=now - PUSH_KEEP).exclude(campaign__result={}),
        PushDelivery.objects.filter(ended_at__lt=now - KEEP_MESSAGES),
        ReturnedMail.objects.filter(at__lt=now - KEEP_RETURNS),
        StoppedAddress.objects.filter(until__lt=now),
        NewsletterIssue.objects.filter(state=IssueState.DISCARDED, ended_at__lt=now - KEEP_DISCARDED),
        NewsletterVersion.objects.filter(issue__ended_at__lt=now - KEEP_MESSAGES),
        silent.filter(last_ok_at=None, created_at__lt=now - PUSH_SILENT),
        silent.filter(last_ok_at__lt=now - PUSH_SILENT),
    )
    for rows in old:
        while count < most:
            numbers = list(rows.values_list("pk", flat=True)[:PORTION])
            if not numbers:
                break
            count += rows.model.objects.filter(pk__in=numbers).delete()[0]
    return count

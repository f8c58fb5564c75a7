"""Forgets accounts that were begun and never confirmed: the address belongs to nobody then."""

import time
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.readers.actions.erase_account import erase_now
from broadsheet.readers.models import Reader

KEEP = timedelta(days=7)  # a link to confirm lasts three
AT_ONCE = 200
SECONDS = 1.0  # of a turn: other periodic work waits meanwhile


@every(300)
def forget_unconfirmed() -> int:
    """Erase readers' accounts older than a week that nobody ever confirmed or entered; return how many.

    Nobody else's words can hang on such an account: its number goes, too. Each is erased in short transactions.
    """
    now, until = clock.now(), time.monotonic() + SECONDS
    forgotten = 0
    for reader_id in _stale(now).values_list("pk", flat=True).distinct()[:AT_ONCE]:
        if time.monotonic() >= until:
            break
        if not _stale(now).filter(pk=reader_id).exists():
            continue  # confirmed meanwhile
        erase_now(reader_id=reader_id, now=now)
        Reader.objects.filter(pk=reader_id).delete()
        forgotten += 1
    return forgotten


def _stale(now: datetime) -> QuerySet[Reader]:
    confirmed = EmailAddress.objects.filter(verified=True).values("user_id")
    return Reader.objects.filter(
        registered_at__lt=now - KEEP,
        last_login=None,
        is_staff=False,
        is_superuser=False,
        groups=None,
        departure=None,
        emailaddress__isnull=False,
    ).exclude(pk__in=confirmed)

"""Tells the readers of an edition that a policy of theirs has a new version (ACC-09; DSA art. 14(2))."""

import time

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.policies import PolicyView, version
from broadsheet.notifications.actions.policy_mail import CHOICE, PURPOSE, policy_values
from broadsheet.notifications.actions.queue_mail import new_message, put_all
from broadsheet.notifications.actions.ring import new_notice, ring_all
from broadsheet.notifications.models import Message, Notice, Telling, Urgency
from broadsheet.readers.queries.acceptances import ToTell, readers_to_tell

PORTION = 200  # readers a transaction: others wait for the writer for some 20 ms
SECONDS = 1.0  # what waits for the same clock waits no longer
KIND = "policy"  # of the notice


def begin_telling(*, edition_id: int, kind: str, number: int, came_since: bool = False) -> None:
    """Let the readers be told, once, however often this is called."""
    Telling.objects.get_or_create(
        edition_id=edition_id,
        kind=kind,
        number=number,
        came_since=came_since,
        defaults={"begun_at": clock.now()},
    )


def tell_more(*, seconds: float = SECONDS) -> int:
    """Tell portions until everybody knows or the time is over; return how many readers were told."""
    end, count = time.monotonic() + seconds, 0
    for telling in Telling.objects.filter(ended_at__isnull=True).order_by("id"):
        while telling.ended_at is None and time.monotonic() < end:
            count += tell_portion(telling=telling)
    return count


def tell_portion(*, telling: Telling, size: int = PORTION) -> int:
    """Tell the next readers, with one transaction, and return how many; `telling` is as it is afterwards.

    Of two processes at the same portion the later one tells nobody. Each reader gets a notice; who chose mail of this
    kind gets that as well. A telling ends where nobody is left, or its edition is no longer public.
    """
    policy = _policy(telling)
    readers: list[ToTell] = []
    if policy is not None:
        readers = readers_to_tell(policy=policy, came_since=telling.came_since, after=telling.after, limit=size)
    step = {"after": readers[-1].reader_id} if readers else {"ended_at": clock.now()}
    with transaction.atomic():
        if Telling.objects.filter(pk=telling.pk, after=telling.after, ended_at__isnull=True).update(**step) == 0:
            telling.refresh_from_db()
            return 0
        if policy is not None:
            ring_all([_notice(policy, reader) for reader in readers])
            put_all([_mail(policy, reader) for reader in readers if reader.choices.get(CHOICE)])
    for name, value in step.items():
        setattr(telling, name, value)
    return len(readers)


def _policy(telling: Telling) -> PolicyView | None:
    try:
        return version(telling.edition_id, telling.kind, telling.number)
    except LookupError:  # the edition is no longer public
        return None


def _notice(policy: PolicyView, reader: ToTell) -> Notice:
    values = {"policy": policy.kind, "edition": policy.edition.name, "since": policy.effective_at.isoformat()}
    path = policy.difference_path(reader.version)
    return new_notice(reader_id=reader.reader_id, kind=KIND, key=f"policy:{policy.id}", values=values, path=path)


def _mail(policy: PolicyView, reader: ToTell) -> Message:
    return new_message(
        key=f"{PURPOSE}:{policy.id}:{reader.reader_id}",
        purpose=PURPOSE,
        reader_id=reader.reader_id,
        edition=policy.edition.code,
        values=policy_values(policy, since=reader.version),
        urgency=Urgency.LAST,
    )

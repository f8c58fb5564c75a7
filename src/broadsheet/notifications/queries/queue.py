"""How the queue stands, for those who watch over the paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Min, Q

from broadsheet.kernel import clock
from broadsheet.kernel.heartbeat import seen
from broadsheet.kernel.watched import Watched
from broadsheet.notifications.conf import LATE, SENDER
from broadsheet.notifications.models import MailSubscription, Message, State
from broadsheet.notifications.rules.addresses import Recipient, recipient, sender_of
from broadsheet.notifications.rules.purposes import title_of

WAITING = (State.DUE, State.SENDING, State.HANDING)


@dataclass(frozen=True, slots=True)
class QueueState:
    """Messages not sent: `waiting` in all, `failing` of these have failed before; `oldest` is the longest overdue."""

    waiting: int
    failing: int
    dead: int
    unanswered: int
    oldest: datetime | None
    last_failure: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message that needs a person: never the whole address of its recipient."""

    id: int
    title: str
    recipient: str
    attempts: int
    queued_at: datetime
    failed_with: str


def sends_mail() -> bool:
    """Return whether mail goes anywhere: to a server, or on the demo paper to files."""
    return has_mail_server() or keeps_mail()


def has_mail_server() -> bool:
    """Return whether a mail server is set."""
    return bool(settings.MAIL_SERVER)


def keeps_mail() -> bool:
    """Return whether mails are kept as files: on the demo paper, and where the setting asks for it."""
    return bool(settings.MAIL_KEPT or (settings.DATA / "demo").exists())


def has_sender() -> bool:
    """Return whether the address that mail comes from is one that a mail server can be told."""
    return isinstance(recipient(sender_of(settings.DEFAULT_FROM_EMAIL)[1]), Recipient)


def queue_state() -> QueueState:
    """Return the state of the queue."""
    rows = Message.objects.filter(state__in=[*WAITING, State.DEAD, State.UNANSWERED])
    found = rows.aggregate(
        waiting=Count("id", filter=Q(state__in=WAITING)),
        failing=Count("id", filter=Q(state__in=WAITING, failing_since__isnull=False)),
        dead=Count("id", filter=Q(state=State.DEAD)),
        unanswered=Count("id", filter=Q(state=State.UNANSWERED)),
        oldest=Min("due_at", filter=Q(state=State.DUE)),
    )
    failed = rows.exclude(failed_with="").order_by("-id").values_list("failed_with", flat=True).first()
    return QueueState(**found, last_failure=failed or "")


def stuck(state: State, limit: int = 200) -> list[Stuck]:
    """Return the messages that could not be sent, or whose server was never heard, newest first."""
    rows = list(Message.objects.filter(state=state).order_by("-id")[:limit])
    numbers = {row.reader_id for row in rows if row.reader_id is not None}
    subscribed = [row.values.get("subscription", 0) for row in rows]
    addresses = dict(MailSubscription.objects.filter(pk__in=subscribed).values_list("pk", "address"))
    user_ids = dict(get_user_model().objects.filter(pk__in=numbers).values_list("pk", "public_id"))
    return [
        Stuck(
            row.pk,
            title_of(row.purpose),
            user_ids.get(row.reader_id, "") if row.reader_id is not None else f"…@{_host(row, addresses)}",
            row.attempts,
            row.queued_at,
            row.failed_with,
        )
        for row in rows
    ]


def _host(row: Message, subscribed: Mapping[int, str]) -> str:
    """Return where the message goes, without the person: of a subscription, which has the address itself, too."""
    return (row.address or subscribed.get(row.values.get("subscription", 0), "")).rpartition("@")[2]


def look() -> dict[str, Any]:
    """Return the queue for those who watch: unwell where no sender is at work, on any machine.

    A server that doesn't answer, letters that can't be delivered and a long queue are no fault of this process, which
    goes on serving pages: they are told in numbers, and by `broadsheet check`.
    """
    found, now = queue_state(), clock.now()
    late = now - found.oldest if found.oldest and found.oldest < now else timedelta(0)
    at_work = seen().get(SENDER)
    idle = late > LATE if at_work is None else now - at_work > LATE
    stands = sends_mail() and idle
    part: dict[str, Any] = {
        "ok": not stands,
        "waiting": found.waiting,
        "failing": found.failing,
        "dead": found.dead,
        "unanswered": found.unanswered,
        "late_seconds": round(late.total_seconds()),
    }
    if stands:
        part["why"] = (
            "Nobody sends mail. See that `broadsheet serve` (or, with BROADSHEET_WORK=off, `broadsheet work`) runs."
        )
    return part


QUEUE = Watched(
    "mail",
    look,
    {
        "waiting": "Mails not sent yet",
        "failing": "Mails not sent yet that have failed before",
        "dead": "Mails that could not be sent",
        "unanswered": "Mails handed over whose answer was never seen",
        "late_seconds": "Seconds for which the mail that waits longest has been due",
    },
)

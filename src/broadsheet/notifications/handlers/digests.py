"""Queues digests when their hour has come."""

from broadsheet.kernel.schedule import every
from broadsheet.notifications.actions import subscribing_mails  # noqa: F401 - declares what these mails say
from broadsheet.notifications.actions.queue_digests import queue_digests


@every(10)
def digests() -> int:
    """Queue what is due."""
    return queue_digests()

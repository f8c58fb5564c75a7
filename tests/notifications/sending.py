"""What tests of sending do again and again."""

import os
import signal
import traceback
from collections.abc import Callable

from django.db import connections

from broadsheet.kernel import clock
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import Message, State


def queue(key: str = "one", **values: object) -> Message:
    """Queue a mail and return it."""
    fields = {
        "key": key,
        "purpose": "letter",
        "address": f"{key.replace(' ', '')}@reader.example",
        "language": "en",
        "edition": "en",
        "values": {"name": "Ada", "link": "https://courier.example/x"},
    }
    queue_mail(**{**fields, **values})
    return Message.objects.get(key=key)


def send(sender: Sender | None = None, turns: int = 1) -> Sender:
    """Let a sender take its turns."""
    sender = sender or Sender()
    for _turn in range(turns):
        sender.turn()
    return sender


def let_time_pass() -> None:
    """Let whatever is to be tried later be due now."""
    Message.objects.filter(state=State.DUE).update(due_at=clock.now())


def child(work: Callable[[], object], known: Callable[[int], object] = lambda _number: None) -> int:
    """Return the number of a process that does the work, with a connection of its own; `known` hears it before."""
    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    heard, told = os.pipe()
    number = os.fork()
    if number:
        known(number)
        os.write(told, b"!")
        os.close(heard)
        os.close(told)
        return number
    status = 1
    try:
        os.read(heard, 1)
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def send_until_killed() -> None:
    """Send for ever, as a serving process does, but without its pauses."""
    sender = Sender()
    while True:
        sender.turn()


def wait_for(number: int) -> int:
    """Wait for the process and return how it ended, as `-signal.SIGKILL`."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def kill(number: int) -> None:
    """Kill the process and see it gone."""
    os.kill(number, signal.SIGKILL)
    wait_for(number)

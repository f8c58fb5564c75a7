"""Killed at any point, the queue loses nothing and sends nothing twice (NOT-03)."""

import random
import signal
import time
from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.notifications.actions.claim_messages import claim_messages
from broadsheet.notifications.actions.hand_over import hand_over
from broadsheet.notifications.actions.take_up import take_up
from broadsheet.notifications.engines.marks import Carrier
from broadsheet.notifications.models import Message, State
from tests.notifications.sending import child, kill, queue, send, send_until_killed, wait_for

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.django_db(transaction=True)]


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("point", ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"])
def test_killed_at_each_point_of_the_conversation_each_mail_comes_once(paper, point):
    rows = [queue(f"{number}") for number in range(3)]
    paper.kill_at = point
    process = child(send_until_killed, known=lambda number: setattr(paper, "victim", number))
    assert wait_for(process) == -signal.SIGKILL
    send(turns=2)
    assert paper.count() == {row.message_id: 1 for row in rows}
    # After the end of the data and before the reply nobody can know: it counts as sent, and is shown as what it is.
    assert states() == [State.UNANSWERED if point == "DATA" else State.SENT, State.SENT, State.SENT]


def kill_again_and_again(paper, times: int) -> None:
    """Kill the sending process so often while it is at work, and compare what was queued with what came."""
    dice = random.Random(times)
    queued: dict[str, str] = {}
    for kills in range(times):
        for number in range(4):
            row = queue(f"{kills} {number}")
            queued[row.message_id] = row.key
        came = len(paper.mails)
        process = child(send_until_killed)
        end = time.monotonic() + 10
        while len(paper.mails) == came and time.monotonic() < end:
            time.sleep(0.0005)
        time.sleep(dice.random() * 0.02)
        kill(process)
    sender, turns = send(), 0
    while Message.objects.exclude(state__in=[State.SENT, State.UNANSWERED]).exists() and turns < times:
        turns += 1
        send(sender)
    came = paper.count()
    assert {queued[name] for name in came if came[name] > 1} == set(), "sent twice"
    lost = Message.objects.filter(message_id__in=[name for name in queued if name not in came])
    assert list(lost.values_list("key", "state", "attempts", "failed_with", "due_at", "claimed_until")) == [], "lost"
    assert Message.objects.filter(state=State.UNANSWERED).count() <= times


def test_twelve_kills_lose_nothing_and_send_nothing_twice(paper):
    kill_again_and_again(paper, 12)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_and_send_nothing_twice(paper):
    kill_again_and_again(paper, 200)


def taken_by(carrier: Carrier, key: str = "one") -> Message:
    queue(key)
    (message,) = claim_messages(carrier=carrier.name)
    return message


def dead(work) -> None:
    """Let a process do the work with a carrier of its own, and die of a kill at its end."""

    def and_die() -> None:
        import os

        work(Carrier())
        os.kill(os.getpid(), signal.SIGKILL)

    assert wait_for(child(and_die)) == -signal.SIGKILL


def test_one_that_was_only_taken_is_due_again(paper):
    dead(taken_by)
    assert states() == [State.SENDING]
    assert take_up(own="") == 1
    assert states() == [State.DUE]


def test_one_without_a_mark_was_not_ended_and_is_due_again(paper):
    dead(lambda carrier: hand_over(message_id=taken_by(carrier).pk, carrier=carrier.name))
    assert states() == [State.HANDING]
    take_up(own="")
    assert states() == [State.DUE]


@pytest.mark.parametrize(
    ("code", "state"), [(0, State.UNANSWERED), (250, State.SENT), (451, State.DUE), (554, State.DEAD)]
)
def test_one_with_a_mark_is_what_the_mark_says(paper, code, state):
    def marked(carrier: Carrier) -> None:
        message = taken_by(carrier)
        hand_over(message_id=message.pk, carrier=carrier.name)
        carrier.mark(message.pk, code)

    dead(marked)
    take_up(own="")
    assert states() == [state]


def test_the_mark_of_another_message_says_nothing_of_this_one(paper):
    def marked(carrier: Carrier) -> None:
        message = taken_by(carrier)
        hand_over(message_id=message.pk, carrier=carrier.name)
        carrier.mark(message.pk + 1, 250)

    dead(marked)
    take_up(own="")
    assert states() == [State.DUE]


def test_nothing_is_taken_from_a_living_carrier(paper):
    carrier = Carrier()
    taken_by(carrier)
    assert take_up(own="") == 0
    assert states() == [State.SENDING]
    carrier.close()


@pytest.mark.parametrize(("before", "after"), [(State.SENDING, State.DUE), (State.HANDING, State.UNANSWERED)])
def test_what_a_silent_machine_took_is_taken_from_it_after_a_while(paper, before, after):
    message = taken_by(carrier := Carrier())
    if before is State.HANDING:
        hand_over(message_id=message.pk, carrier=carrier.name)
    Message.objects.update(claimed_until=clock.now() - timedelta(seconds=1))
    take_up(own="")
    assert states() == [after]
    assert not hand_over(message_id=message.pk, carrier=carrier.name), "a carrier that wakes up must not go on"
    carrier.close()

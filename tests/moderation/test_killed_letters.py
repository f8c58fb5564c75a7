"""Letters that come and are answered while processes die: what was accepted is there, and is answered once (MOD-05)."""

import os
import random
import time

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.models import AuditEntry, Case, Letter, Sanction
from broadsheet.moderation.queries.audit import verify
from broadsheet.notifications.models import Message
from broadsheet.readers.queries.standing import may_post
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_decision
from tests.notifications.mail_server import Post
from tests.notifications.sending import child, kill, send_until_killed

pytestmark = [pytest.mark.row("MOD-05", "MOD-07", "NOT-03"), pytest.mark.django_db(transaction=True)]


def written(reader) -> Written:
    return Written("unlock_access", reader.public_id, f"I am sorry for what I wrote, {reader.pk}.")


@pytest.fixture
def mailed(settings, post: Post) -> Post:
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = post.port, 5
    settings.DEFAULT_FROM_EMAIL = "newsroom@estuary.example"
    return post


def killed_while(work, done, dice, *, wait: float = 0.15) -> None:
    """Let a process do the work, and kill it some time after it did something."""
    before = done()
    number = child(work)
    for _look in range(2000):
        if done() > before:
            break
        time.sleep(0.005)
    time.sleep(dice.uniform(0, wait))
    kill(number)


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_no_letter_is_lost_or_doubled_however_often_processes_are_killed(article, mailed, kills):
    dice, first = random.Random(), make_actor()
    people = [make_reader() for _number in range(8 * kills)]
    for reader in people:
        decide(decision=make_decision(reader, actor=first, now=clock.now()), now=clock.now())
    deliver_due()
    Message.objects.all().delete()  # the statements, of which other tests tell
    letters_come(people, dice, kills)
    letters_are_answered(people, dice, kills)
    answers_are_sent(people, dice, kills, mailed)


def letters_come(people, dice, kills) -> None:
    heard, told = os.pipe()
    os.set_blocking(heard, False)

    def write() -> None:
        known = set(Letter.objects.values_list("reader_id", flat=True))
        for reader in people:
            if reader.pk not in known:
                receive_letter(
                    written=written(reader), reader_id=reader.pk, edition="en", language="en", now=clock.now()
                )
                os.write(told, f"{reader.pk}\n".encode())  # accepted: the writer reads so

    for _kill in range(kills):
        killed_while(write, Letter.objects.count, dice)
    accepted = {int(line) for line in os.read(heard, 10**6).split()}
    there = list(Letter.objects.values_list("reader_id", flat=True))
    assert accepted <= set(there)
    assert len(there) == len(set(there))
    write()
    assert FactRecord.objects.filter(name="LetterArrived").count() == len(people)
    assert Letter.objects.filter(state="open").count() == len(people)


def letters_are_answered(people, dice, kills) -> None:
    second, size = make_actor(), len(people)

    def answer() -> None:
        for number, reader_id in Letter.objects.filter(state="open").order_by("pk").values_list("pk", "reader_id"):
            answer_letter(
                letter_id=number, by=second, granted=reader_id % 2 == 0, reason="Looked at again.", now=clock.now()
            )

    for _kill in range(kills):
        killed_while(answer, Letter.objects.filter(state="answered").count, dice)
    answer()
    assert Letter.objects.filter(state="answered").count() == size
    assert FactRecord.objects.filter(name="LetterAnswered").count() == size
    assert AuditEntry.objects.filter(action="answer-letter").count() == size
    for reader in people:
        assert (may_post(reader.pk, "en", clock.now()) is None) == (reader.pk % 2 == 0)
    assert Sanction.objects.filter(state="restored").count() == sum(one.pk % 2 == 0 for one in people)
    assert verify().faults == ()


def answers_are_sent(people, dice, kills, mailed) -> None:
    """What all of it causes, cases and mails, is heard and sent by processes that die as well."""

    def deliver() -> None:
        while True:
            deliver_due()

    def answers(part: str) -> list[str]:
        found = [one for one in mailed.mails if "the answer" in one["Subject"] or "is granted" in one["Subject"]]
        return [str(one[part]) for one in found]

    for _kill in range(kills):
        killed_while(deliver, Message.objects.count, dice)
    while deliver_due():
        pass
    assert Case.objects.filter(kind="letter", state="open").count() == 0
    for _kill in range(kills):
        killed_while(send_until_killed, lambda: len(mailed.mails), dice)
    sender = child(send_until_killed)
    for _look in range(6000):
        if len(set(answers("To"))) == len(people):
            break
        time.sleep(0.01)
    kill(sender)
    assert set(answers("To")) == {reader.email for reader in people}, "none is lost"
    assert len(set(answers("Message-ID"))) == len(people), "what a server took twice is one mail, by its Message-ID"

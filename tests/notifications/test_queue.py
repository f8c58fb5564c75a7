"""The table: one row a key, what is held about a reader, what is forgotten when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.personal_data import holdings
from broadsheet.notifications.actions.claim_messages import claim_messages
from broadsheet.notifications.actions.prune import prune
from broadsheet.notifications.actions.queue_mail import queue_account_mail
from broadsheet.notifications.actions.ring import ring
from broadsheet.notifications.actions.send_again import send_again
from broadsheet.notifications.models import Message, Notice, State, Unsubscribed
from broadsheet.notifications.queries.queue import queue_state, stuck
from tests.notifications.sending import queue

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.django_db]


def test_a_key_is_taken_once_and_the_caller_knows():
    assert queue_account_mail(key="one", purpose="confirm", reader_id=1, edition="en")
    first = Message.objects.get()
    assert not queue_account_mail(key="one", purpose="recover", reader_id=2, edition="fr")
    assert Message.objects.get() == first


def test_a_mail_that_its_transaction_takes_back_was_never_queued():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue()
        raise ZeroDivisionError
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["nobody", "ada@reader.example\r\nBcc: eve@evil.example", ""])
def test_an_address_that_cannot_be_written_to_is_refused_in_words(address):
    with pytest.raises(Refused) as refused:
        queue(address=address)
    assert refused.value.refusal.code == "bad-address"
    assert not Message.objects.exists()


def test_the_urgent_go_first_then_who_waits_longest():
    for key, urgent in (("b", False), ("c", True), ("a", False), ("d", True)):
        queue(key, urgent=urgent)
    assert [row.key for row in claim_messages(carrier="x", limit=3)] == ["c", "d", "b"]
    assert [row.key for row in claim_messages(carrier="y")] == ["a"]
    assert claim_messages(carrier="z") == []


@pytest.mark.parametrize(
    "values",
    [{"state": "sending"}, {"carrier": "x", "claimed_until": clock.now()}, {"state": "sent", "address": "a@b.example"}],
)
def test_the_table_holds_no_row_that_cannot_be(values):
    queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**values)


def test_what_is_dead_is_sent_again_at_once_and_what_was_sent_never():
    for key, state in (("a", State.DEAD), ("b", State.DEAD), ("c", State.UNANSWERED), ("d", State.DUE)):
        queue(key)
        Message.objects.filter(key=key).update(state=state, due_at=clock.now(), ended_at=clock.now())
    queue("e")
    Message.objects.filter(key="e").update(state=State.SENT, address="", values={})
    assert queue_state().dead == 2
    assert {row.recipient for row in stuck(State.DEAD)} == {"…@reader.example"}
    assert send_again() == 2
    assert send_again(message_id=Message.objects.get(key="c").pk) == 1
    assert send_again(message_id=Message.objects.get(key="e").pk) == 0
    assert dict(Message.objects.values_list("key", "state")) == {
        "a": State.DUE, "b": State.DUE, "c": State.DUE, "d": State.DUE, "e": State.SENT,
    }  # fmt: skip


def test_keys_outlive_facts_and_then_everything_goes():
    now = clock.now()
    for key, days in (("old", 91), ("young", 30)):
        queue_account_mail(key=key, purpose="confirm", reader_id=1, edition="en")
        Message.objects.filter(key=key).update(state=State.SENT, ended_at=now - timedelta(days=days))
    for key, days in (("waits", 89), ("nowhere to", 91)):
        queue(key)
        Message.objects.filter(key=key).update(due_at=now - timedelta(days=days))
    for key, seen, at in (("seen", 91, 100), ("fresh", None, 100), ("ancient", None, 366)):
        ring(reader_id=1, kind="reply", key=key, values={}, path="")
        Notice.objects.filter(key=key).update(at=now - timedelta(days=at), seen_at=seen and now - timedelta(days=seen))
    assert prune() == 4
    assert set(Message.objects.values_list("key", flat=True)) == {"young", "waits"}
    assert set(Notice.objects.values_list("key", flat=True)) == {"fresh"}


def test_everything_held_about_a_reader_is_exported_and_erased_and_nothing_of_others():
    for reader_id in (1, 2):
        queue_account_mail(key=f"mail {reader_id}", purpose="confirm", reader_id=reader_id, edition="en")
        ring(reader_id=reader_id, kind="reply", key="x", values={"name": "Eve"}, path="/world/")
        Unsubscribed.objects.create(purpose="digest", recipient=f"reader:{reader_id}", at=clock.now())
    names = {f"notifications.{name}" for name in ("kept", "letters", "mail", "notices", "unsubscribed")}
    ours = [one for one in holdings() if one.name in names]
    assert {field for holding in ours for field in holding.fields} == {
        "notifications.Message", "notifications.Notice", "notifications.Unsubscribed",
    }  # fmt: skip

    def held(reader_id: int) -> int:
        return sum(len(list(holding.rows(reader_id))) for holding in ours)

    assert held(1) == 3
    assert sum(holding.erase(1) for holding in ours) == 3
    assert sum(holding.erase(1) for holding in ours) == 0
    assert (held(1), held(2)) == (0, 3)

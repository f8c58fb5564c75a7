"""The queue sends by a real mail server, whatever it answers (NOT-02, NOT-03)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.notifications.actions.send_again import send_again
from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import Message, State
from broadsheet.readers.actions.account_mail import AccountMail, _makers, makes_mail
from broadsheet.readers.facts import AccountMailDue
from broadsheet.readers.models import Reader
from tests.at_once import at_once
from tests.notifications.mail_server import Post, listening
from tests.notifications.sending import let_time_pass, queue, send

pytestmark = [pytest.mark.row("NOT-02", "NOT-03"), pytest.mark.django_db(transaction=True)]


def test_what_is_queued_is_sent_once_and_then_forgotten_but_for_its_key(paper):
    row = queue("one", address="Ada@Bücher.example")
    send(turns=2)
    assert paper.envelopes == [("newsroom@courier.example", "Ada@xn--bcher-kva.example")]
    assert paper.mails[0]["Message-ID"] == row.message_id
    row.refresh_from_db()
    assert (row.state, row.address, row.values, row.attempts) == (State.SENT, "", {}, 1)
    assert row.ended_at is not None
    queue("one", address="Ada@Bücher.example")
    send()
    assert len(paper.mails) == 1


def test_a_batch_goes_over_one_connection_the_urgent_first(paper):
    for number in range(5):
        queue(f"usual{number}")
    queue("urgent", urgent=True)
    send()
    assert paper.connections == 1
    assert [to.partition("@")[0] for _from, to in paper.envelopes] == ["urgent", *(f"usual{n}" for n in range(5))]


def test_lines_that_begin_with_a_dot_come_as_they_were_written(paper):
    queue(values={"name": "Ada", "link": "\n.\n..\n.hidden"})
    queue("two")
    send()
    lines = paper.mails[0].get_body(("plain",)).get_content().splitlines()
    assert lines[1:4] == [".", "..", ".hidden"]
    assert len(paper.mails) == 2


def test_several_senders_at_once_send_each_mail_once(paper):
    rows = [queue(f"{number}") for number in range(30)]
    at_once(*[lambda: send(turns=3)] * 4)
    assert paper.count() == Counter(row.message_id for row in rows)
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_recipient_refused_for_good_is_dead_at_once_and_holds_up_nobody(paper):
    paper.answer = lambda command: (
        "550 5.1.1 <a@reader.example> no such user" if command == "RCPT a@reader.example" else None
    )
    refused, other = queue("a"), queue("b")
    send()
    refused.refresh_from_db()
    other.refresh_from_db()
    assert (refused.state, refused.failed_with, refused.attempts) == (State.DEAD, "550 5.1.1", 1)
    assert other.state == State.SENT
    assert paper.connections == 1
    paper.answer = lambda _command: None
    assert send_again(message_id=refused.pk) == 1
    send()
    assert paper.count() == Counter([refused.message_id, other.message_id])


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_recipient_refused_for_now_is_tried_later_with_the_same_message_id(paper, command):
    paper.answer = lambda asked: "451 4.7.1 Try later" if asked == command else None
    row = queue()
    before = clock.now()
    sender = send()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failed_with) == (State.DUE, 1, "451 4.7.1")
    assert timedelta(seconds=40) < row.due_at - before < timedelta(minutes=3)
    paper.answer = lambda _command: None
    send(sender)
    assert paper.mails == [], "it is not its time yet"
    let_time_pass()
    send(sender)
    assert paper.count() == {row.message_id: 1}
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.SENT, 2)


def test_what_fails_for_three_days_is_dead(paper):
    paper.answer = lambda asked: "450 Not now" if asked == "RCPT" else None
    row = queue()
    Message.objects.update(failing_since=clock.now() - timedelta(days=3), attempts=40)
    send()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.DEAD, 41)


def test_an_hour_without_a_mail_server_loses_nothing(paper, settings):
    with listening(Post()) as gone:
        settings.EMAIL_PORT = gone.port
    rows = [queue(f"{number}") for number in range(4)]
    sender = send()
    assert set(Message.objects.values_list("state", flat=True)) == {State.DUE}
    assert Message.objects.exclude(failed_with="").count() == 1, "one is tried, the others keep their turn"
    send(sender)
    assert Message.objects.filter(attempts__gt=1).count() == 0, "a server that doesn't answer is left alone for a while"
    Message.objects.update(failing_since=clock.now() - timedelta(hours=1))
    settings.EMAIL_PORT = paper.port
    send()  # as after a restart; the running one comes back within a minute
    assert paper.count() == Counter(row.message_id for row in rows)


def test_a_sender_the_server_refuses_keeps_all_waiting_and_kills_none(paper):
    paper.answer = lambda command: "550 Sender not allowed" if command == "MAIL" else None
    for number in range(3):
        queue(f"{number}")
    send()
    assert set(Message.objects.values_list("state", flat=True)) == {State.DUE}
    assert Message.objects.filter(attempts=0).count() == 2


def test_a_server_that_wants_a_new_connection_gets_one_at_once(paper):
    seen: list[str] = []

    def tired(command: str) -> str | None:
        seen.append(command)
        return "421 Too many messages on this connection" if seen.count("MAIL") == 3 and command == "MAIL" else None

    paper.answer = tired
    rows = [queue(f"{number}") for number in range(4)]
    send()
    assert paper.count() == Counter(row.message_id for row in rows)
    assert paper.connections == 2


def test_a_mail_that_cannot_be_written_holds_up_nobody(paper):
    bad, good = queue("bad", purpose="unheard-of"), queue("good")
    send()
    bad.refresh_from_db()
    assert (bad.state, bad.failed_with) == (State.DUE, "TemplateDoesNotExist")
    assert paper.count() == {good.message_id: 1}


def test_nothing_is_rendered_or_sent_inside_a_transaction(paper):
    seen: list[bool] = []
    paper.answer = lambda _command: seen.append(False)

    @makes_mail("letter")
    def letter(reader, edition, email_id):
        seen.append(connection.in_atomic_block)
        return AccountMail("letter", reader.email, "en", edition, {"name": "Ada", "link": ""})

    try:
        due(make_reader())
        send()
    finally:
        del _makers["letter"]
    assert len(paper.mails) == 1
    assert set(seen) == {False}


def make_reader() -> Reader:
    return Reader.objects.create_user("ada@reader.example", display_name="Ada")


def due(reader: Reader, key: str = "one") -> None:
    with transaction.atomic():
        announce(AccountMailDue(purpose="letter", reader_id=reader.pk, key=key, edition="en"))
    deliver_due()


def test_a_mail_about_an_account_is_made_at_sending_and_its_link_is_in_no_table(paper):
    minted: list[str] = []

    @makes_mail("letter")
    def letter(reader, edition, email_id):
        minted.append(f"https://courier.example/once/{len(minted)}")
        return AccountMail("letter", reader.email, "ar", edition, {"name": "Ada", "link": minted[-1]})

    try:
        reader = make_reader()
        due(reader)
        due(reader)
        assert minted == []
        send()
    finally:
        del _makers["letter"]
    assert len(paper.mails) == 1
    assert minted[0] in paper.mails[0].get_body(("plain",)).get_content()
    row = Message.objects.get()
    assert (row.urgency, row.reader_id, row.address, row.values) == (0, reader.pk, "", {})
    assert row.state == State.SENT


def test_a_mail_that_is_no_longer_due_is_dropped(paper):
    @makes_mail("letter")
    def letter(reader, edition, email_id):
        return None

    try:
        due(make_reader())
        send()
    finally:
        del _makers["letter"]
    assert Message.objects.get().state == State.DROPPED
    due(Reader(pk=987654), "two")
    send()
    assert Message.objects.get(key="two").state == State.DROPPED, "the account is gone"
    assert paper.mails == []


def test_without_a_mail_server_mail_waits(paper, settings):
    settings.MAIL_SERVER = ""
    row = queue()
    send()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.DUE, 0)


def test_the_demo_keeps_its_mail_in_files(paper, settings):
    settings.MAIL_SERVER = ""
    mark = django_settings.DATA / "demo"
    mark.touch()
    try:
        row = queue()
        send()
    finally:
        mark.unlink()
    row.refresh_from_db()
    assert row.state == State.SENT
    (file,) = mailbox.files()
    assert file.stat().st_mode & 0o077 == 0
    assert mailbox.read(file.stem)["Message-ID"] == row.message_id


def test_where_the_setting_asks_for_it_mail_is_kept_and_sent(paper, settings):
    settings.MAIL_KEPT = True
    queue()
    send()
    assert len(mailbox.files()) == len(paper.mails) == 1


def test_the_loop_sends_soon_after_it_is_queued_and_ends_when_told(paper):
    sender = Sender()
    sender.start()
    try:
        row = queue()
        for _wait in range(200):
            row.refresh_from_db()
            if row.state == State.SENT:
                break
            sender.stopping.wait(0.05)
        assert row.state == State.SENT
    finally:
        sender.stop(10)
    assert not sender.is_alive()
    assert edition_by_code("en") is not None

"""Mail that comes back, and complaints, end optional mail to that address and nothing else (NOT-02)."""

from datetime import timedelta

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.newsroom.models import EditionPage
from broadsheet.notifications.actions.fetch_reports import fetch_reports
from broadsheet.notifications.actions.resume_mail import resume_mail
from broadsheet.notifications.engines.return_path import token_of
from broadsheet.notifications.models import Message, Notice, ReturnedMail, State, StoppedAddress
from broadsheet.notifications.queries.queue import queue_state
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.readers.actions.account_mail import AccountMail, _makers, makes_mail
from tests.dovecot import Mailbox, dovecot
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_section
from tests.notifications.reports import bounce, complaint
from tests.notifications.sending import queue, send
from tests.notifications.subscribing import subscribed
from tests.notifications.views.test_desk import at_the_desk

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db(transaction=True)]
ADA = "ada@reader.example"


@pytest.fixture(scope="module")
def server():
    with dovecot() as running:
        yield running


@pytest.fixture
def mailbox(server: Mailbox, settings, paper):
    settings.MAIL_BOUNCES = "bounces@courier.example"
    settings.REPORTS_IMAP = server.address
    yield server
    server.empty()


def sent(paper, key="one", **values):
    """Send one mail and return its envelope and itself."""
    before = len(paper.mails)
    queue(key, **{"purpose": "almanac", "address": ADA, **values})
    send()
    assert len(paper.mails) == before + 1, Message.objects.get(key=key).state
    return paper.envelopes[-1], paper.mails[-1]


def fetch(mailbox, *reports):
    mailbox.lay(*reports)
    return dict(fetch_reports(now=clock.now()))


def dropped(key="next", **values):
    queue(key, **{"purpose": "almanac", "address": ADA, **values})
    send()
    return Message.objects.get(key=key).state == State.DROPPED


def test_the_second_mail_that_comes_back_for_good_ends_what_is_optional_and_not_what_is_owed(paper, mailbox, almanac):
    one, two = sent(paper), sent(paper, "two")
    assert one[0][0].startswith("bounces+")
    assert one[0][0].endswith("@courier.example")
    assert one[0][0] != two[0][0], "each mail comes back to an address of its own"
    assert fetch(mailbox, bounce(*one)) == {"hard": 1}
    assert StoppedAddress.objects.get().why == "pause"
    assert dropped("between"), "after the first it rests"
    assert fetch(mailbox, bounce(*two)) == {"hard": 1}
    stopped = StoppedAddress.objects.get()
    assert (stopped.why, stopped.until) == ("bounces", None)
    assert dropped()
    sent(paper, "owed", purpose="letter")
    sent(paper, "eve", address="eve@reader.example")
    assert mailbox.unread() == 0, "people need not look at what was counted"


def test_a_report_that_comes_twice_counts_once(paper, mailbox, almanac):
    one = sent(paper)
    assert fetch(mailbox, bounce(*one), bounce(*one)) == {"hard": 1, "known": 1}
    assert fetch_reports(now=clock.now()) == {}, "what was taken is not taken again"
    assert StoppedAddress.objects.get().why == "pause"


def test_one_complaint_ends_it_at_once_though_the_recipient_is_not_named(paper, mailbox, almanac):
    one = sent(paper)
    assert fetch(mailbox, complaint(*one, to="feedback@courier.example")) == {"complaint": 1}
    assert StoppedAddress.objects.get().why == "complaint"
    assert dropped()


@pytest.mark.parametrize(
    ("action", "status", "outcome"),
    [
        ("failed", "4.4.7", {"soft": 1}),
        ("failed", "5.2.2", {"soft": 1}),
        ("failed", "5.7.1", {"soft": 1}),
        ("delayed", "4.4.1", {"strange": 1}),
        ("relayed", "2.0.0", {"strange": 1}),
        ("delivered", "2.0.0", {"strange": 1}),
    ],
)
def test_what_says_nothing_of_the_address_lets_it_rest_or_nothing(paper, mailbox, almanac, action, status, outcome):
    one = sent(paper)
    assert fetch(mailbox, bounce(*one, action=action, status=status)) == outcome
    assert [row.why for row in StoppedAddress.objects.all()] == (["pause"] if outcome == {"soft": 1} else [])


def test_pauses_grow_and_the_fifth_mail_that_was_not_taken_ends_it(paper, mailbox, almanac):
    pauses = []
    for number in range(4):
        one = sent(paper, f"{number}")
        now = clock.now()
        fetch(mailbox, bounce(*one, status="4.2.2"))
        pauses.append(round((StoppedAddress.objects.get().until - now) / timedelta(days=1)))
        StoppedAddress.objects.update(until=clock.now())  # as if it were over
    assert pauses == [1, 2, 4, 8]
    fetch(mailbox, bounce(*sent(paper, "last"), status="4.2.2"))
    assert StoppedAddress.objects.get().why == "bounces"


@pytest.mark.parametrize("forge", [
    lambda sender, number: sender[:-20] + "x" * 20,
    lambda sender, number: sender.replace(token_of(number), f"{number + 1}-{token_of(number).partition('-')[2]}"),
    lambda sender, number: "bounces@courier.example",
    lambda sender, number: sender.replace("+", "-") + "," + sender.replace(token_of(number), token_of(number + 7)),
])  # fmt: skip
def test_a_forged_report_silences_nobody(paper, mailbox, almanac, forge):
    envelope, mail = sent(paper)
    sent(paper, "victim", address="eve@reader.example")
    del mail["X-Return-Token"]
    wrong = forge(envelope[0], Message.objects.get(key="one").pk)
    assert fetch(mailbox, bounce((wrong, envelope[1]), mail)) == {"strange": 1}
    assert not ReturnedMail.objects.exists()
    assert mailbox.unread() == 1, "people may look at what we don't understand"


def test_an_answering_program_at_that_address_is_no_report(paper, mailbox, almanac):
    envelope, _mail = sent(paper)
    away = f"From: {ADA}\r\nTo: {envelope[0]}\r\nSubject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nI am away."
    assert fetch(mailbox, away.encode()) == {}
    assert not ReturnedMail.objects.exists()


def test_a_recipient_whom_the_server_refuses_for_good_counts_too(paper, settings, almanac):
    settings.MAIL_BOUNCES = ""
    paper.answer = lambda command: "550 5.1.1 no such user" if command == f"RCPT {ADA}" else None
    for key in ("one", "two"):
        queue(key, purpose="almanac", address=ADA)
        send()
        StoppedAddress.objects.filter(why="pause").delete()
    assert list(ReturnedMail.objects.values_list("kind", "status")) == [("hard", "5.1.1")] * 2
    assert dropped()
    assert paper.mails == []
    assert queue_state().dead == 2


def test_a_mail_server_that_takes_nobodys_mail_stops_nobody_for_good(paper, almanac):
    paper.answer = lambda command: "550 relaying denied" if command.startswith("RCPT ") else None
    for number in range(4):
        StoppedAddress.objects.all().delete()
        queue(f"{number}", purpose="almanac", address=ADA)
        send()
    assert StoppedAddress.objects.get().why == "pause"


def test_no_address_is_kept_for_it(paper, mailbox, almanac):
    fetch(mailbox, bounce(*sent(paper)))
    kept = str([*ReturnedMail.objects.values(), *StoppedAddress.objects.values(), *Message.objects.values()])
    assert "ada" not in kept.lower()
    assert by_address(ADA) in kept


@pytest.fixture
def reader(paper):
    found = make_reader(ADA)

    @makes_mail("almanac")
    def _make(reader, edition, _email_id=None):
        return AccountMail("almanac", reader.email, "en", edition, {"name": "Ada", "link": "https://courier.example/"})

    yield found
    del _makers["almanac"]


def test_the_reader_is_told_at_the_bell_and_in_the_profile_and_takes_it_back(paper, mailbox, almanac, reader):
    for key in ("one", "two"):
        one = sent(paper, key)
        Message.objects.filter(key=key).update(reader_id=reader.pk)
        fetch(mailbox, bounce(*one))
        StoppedAddress.objects.filter(why="pause").update(until=clock.now())
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    assert "Your address bounces" in client.get("/accounts/notices/").content.decode()
    assert "your address bounces" in client.get("/accounts/profile/").content.decode()
    page = client.get("/accounts/mail/").content.decode()
    assert ADA in page
    assert "Send me mail again" in page
    assert StoppedAddress.objects.exists(), "looking changes nothing"
    client.post("/accounts/mail/")
    assert not StoppedAddress.objects.exists()
    sent(paper, "again")
    assert "bounces" not in client.get("/accounts/profile/").content.decode()
    fetch(mailbox, bounce(paper.envelopes[-1], paper.mails[-1]))
    assert StoppedAddress.objects.get().why == "pause", "what was before no longer counts"
    assert Notice.objects.filter(kind="mail_stopped").count() == 1


def test_nobody_takes_it_back_for_another(paper, mailbox, almanac, reader):
    fetch(mailbox, complaint(*sent(paper), to="feedback@courier.example"))
    other = Client(headers={"host": "localhost"})
    other.force_login(make_reader("eve@reader.example"))
    other.post("/accounts/mail/")
    assert StoppedAddress.objects.count() == 1
    assert Client(headers={"host": "localhost"}).post("/accounts/mail/").status_code == 302
    assert StoppedAddress.objects.count() == 1


def test_the_desk_counts_and_whoever_manages_accounts_lifts_it(paper, mailbox, almanac):
    fetch(mailbox, complaint(*sent(paper), to="feedback@courier.example"))
    fetch(mailbox, bounce(*sent(paper, "eve", address="eve@reader.example")))
    desk = at_the_desk("operator")
    page = " ".join(desk.get("/editor/mail/").content.decode().split())
    assert "<td>1</td><td>0</td><td>1</td>" in page
    assert "1 gets none, since its owner complained." in page
    asked = desk.post("/editor/mail/", {"lift": "look", "address": " ADA@reader.example"}).content.decode()
    assert "called unwanted there" in asked
    assert StoppedAddress.objects.count() == 2
    at_the_desk("author").post("/editor/mail/", {"lift": "address", "address": ADA})
    assert StoppedAddress.objects.count() == 2
    desk.post("/editor/mail/", {"lift": "lately"})
    assert [row.why for row in StoppedAddress.objects.all()] == ["complaint"], "who complained is left alone"
    desk.post("/editor/mail/", {"lift": "address", "address": ADA})
    assert not StoppedAddress.objects.exists()
    assert "gets all mail" in desk.post("/editor/mail/", {"lift": "look", "address": ADA}).content.decode()
    assert desk.post("/editor/mail/", {"lift": "look", "address": "nonsense"}, follow=True).status_code == 200


def test_without_a_mailbox_nothing_is_fetched_and_a_server_that_is_gone_harms_nothing(paper, settings):
    settings.MAIL_BOUNCES, settings.REPORTS_IMAP = "bounces@courier.example", ""
    assert fetch_reports(now=clock.now()) == {}
    settings.REPORTS_IMAP = "imaps://user:secret@127.0.0.1:1/INBOX"
    assert fetch_reports(now=clock.now()) == {}


def test_letters_and_reports_share_one_mailbox(paper, mailbox, almanac, settings):
    from broadsheet.moderation.actions.fetch_letters import fetch_letters

    settings.LETTERS_IMAP = mailbox.address
    one = sent(paper)
    mailbox.lay(bounce(*one), b"From: ines@mail.example\r\nTo: m@courier.example\r\nSubject: Hello\r\n\r\nHello!\r\n")
    fetch_letters(now=clock.now())
    assert fetch_reports(now=clock.now()) == {"hard": 1}
    assert mailbox.unread() == 1


def test_resuming_what_never_stopped_does_nothing(db):
    assert resume_mail(recipient=by_address(ADA), now=clock.now()) is False


def test_what_was_subscribed_stops_and_goes_on_when_its_owner_confirms_it_or_the_desk_lifts_it(paper, mailbox, almanac):
    topic = f"section:{make_section(EditionPage.objects.get()).pk}"
    row = subscribed(topic)
    fetch(mailbox, complaint(*sent(paper), to="feedback@courier.example"))
    row.refresh_from_db()
    assert (row.stopped_why, row.stopped_at is not None, row.digest_due_at) == ("complaint", True, None)
    subscribed(topic)
    row.refresh_from_db()
    assert (row.stopped_at, row.digest_due_at is not None) == (None, True)
    assert not StoppedAddress.objects.exists(), "who says yes again is sent mail again"
    sent(paper, "again")
    fetch(mailbox, complaint(paper.envelopes[-1], paper.mails[-1], to="feedback@courier.example"))
    row.refresh_from_db()
    assert row.stopped_at is not None
    at_the_desk("operator").post("/editor/mail/", {"lift": "address", "address": ADA})
    row.refresh_from_db()
    assert (row.stopped_at, row.digest_due_at is not None) == (None, True)

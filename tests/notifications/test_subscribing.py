"""Subscribing by mail: the form, the mail that asks, the yes, the page where it all can be ended (NOT-02, ART-05)."""

import re
from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.personal_data import holdings
from broadsheet.newsroom.queries.editions import editions, forget_editions
from broadsheet.notifications.actions.prune import prune
from broadsheet.notifications.actions.stop_mail import stop_mail
from broadsheet.notifications.models import MailSubscription, MailTopic, Message, Newsletter
from broadsheet.notifications.queries.mail_subscriptions import manage_path, token_of
from broadsheet.notifications.queries.mail_topics import confirmed_of, reach_of
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.readers.facts import AccountDeleted
from broadsheet.readers.models import Consent
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_author, make_edition, make_section, make_tag
from tests.notifications.sending import send
from tests.notifications.subscribing import ask, link_in, running, subscribed, visitor

pytestmark = [pytest.mark.row("NOT-02", "ART-05"), pytest.mark.django_db(transaction=True)]
ASKED = "Look into your mailbox"


@pytest.fixture
def topics(paper):
    """A section, a tag, an author and a newsletter of the paper, by their words."""
    page = make_section(_page(), "world", name="World")
    forget_editions()
    edition = editions()[0]
    tag, author = make_tag(_page(), "oil", name="Oil"), make_author(_page(), "ines", name="Ines Marlow")
    letter = Newsletter.objects.create(edition=edition.code, name="Week in Orrel", created_at=clock.now())
    return {
        "news": f"news:{edition.id}", "section": f"section:{page.pk}", "tag": f"tag:{tag.pk}",
        "author": f"author:{author.pk}", "newsletter": f"newsletter:{letter.pk}",
    }  # fmt: skip


def _page():
    from broadsheet.newsroom.models import EditionPage

    return EditionPage.objects.get(code="en")


def test_asked_by_a_visitor_and_confirmed_by_the_mail_it_counts(paper, topics):
    client = visitor()
    page = client.get(f"/accounts/subscribe/?topic={topics['tag']}").content.decode()
    assert re.search(rf'value="{topics["tag"]}"[^>]*checked', page), "what the reader came for is ticked"
    assert "World" in page, "and sections are offered besides"
    assert "Week in Orrel" in page
    answer = ask(client, topics["tag"], topics["author"], topics["newsletter"], email="Ada@Reader.example")
    assert ASKED in answer.content.decode()
    row = MailSubscription.objects.get()
    assert (row.confirmed_at, running(row), row.digest_due_at) == (None, [], None)
    assert confirmed_of(list(topics.values()), limit=9) == []
    send()
    [mail] = paper.mails
    assert mail["Subject"] == "Do you want news from The Courier?"
    assert mail["List-Unsubscribe"] is None, "nothing has begun that could be ended"
    for part in ("plain", "html"):
        told = mail.get_body((part,)).get_content()
        assert "Oil" in told
        assert "Week in Orrel" in told
        assert "ada@" not in told.lower()
    path = link_in(mail, "/accounts/subscribe/")
    for _time in range(3):  # as scanners of mail do
        opened = visitor().get(path)
        assert opened.status_code == 200
        assert visitor().head(path).status_code == 200
    assert running(row) == [], "opening the link changes nothing"
    done = visitor().post(path).content.decode()
    assert "You have subscribed" in done
    assert running(row) == sorted([topics["tag"], topics["author"], topics["newsletter"]])
    row.refresh_from_db()
    assert row.digest_due_at is not None
    assert "You have subscribed" in visitor().post(path).content.decode(), "a second yes does no harm"
    [found] = confirmed_of([topics["newsletter"]], limit=9)
    assert (found.id, found.address, found.edition, found.reader_id) == (row.pk, "ada@reader.example", "en", None)
    assert reach_of([topics["tag"], topics["author"]]) == 1


def test_the_consent_is_kept_in_the_words_that_were_shown(topics):
    client = visitor()
    page = client.get("/accounts/subscribe/").content.decode()
    ask(client, topics["section"])
    [topic] = MailTopic.objects.all()
    assert topic.wording == (
        "Send me new articles by e-mail from The Courier about: World. I can end it at any time by a link in each mail."
    )
    for words in (
        "Send me new articles by e-mail from The Courier about:",
        "I can end it at any time by a link in each mail.",
    ):
        assert words in page
    assert len(topic.wording_digest) == 64
    assert (topic.way, topic.confirmed_at) == ("page", None)
    assert topic.consented_at is not None


def test_the_answer_is_the_same_whatever_is_known_of_the_address(paper, topics):
    make_reader("reader@reader.example")
    subscribed(topics["section"], email="known@reader.example")
    client, said = visitor(), []
    for email in ("new@reader.example", "known@reader.example", "reader@reader.example"):
        answer = ask(client, topics["section"], email=email)
        said.append(answer.content.decode().replace(email, "X"))
        assert answer.status_code == 200
    assert len({re.sub(r'value="[^"]{40,}"', "", one) for one in said}) == 1
    send(turns=2)
    subjects = {to: mail["Subject"] for mail, (_from, to) in zip(paper.mails, paper.envelopes[-3:], strict=True)}
    assert subjects == {
        "new@reader.example": "Do you want news from The Courier?",
        "known@reader.example": "You get this from The Courier already",
        "reader@reader.example": "Do you want news from The Courier?",
    }
    told = next(mail for mail in paper.mails if "already" in mail["Subject"])
    assert link_in(told, "/accounts/subscriptions/")


def test_nobody_can_have_a_mailbox_filled(paper, topics, monkeypatch):
    client = visitor()
    for _time in range(4):
        assert ASKED in ask(client, topics["section"]).content.decode(), "the answer says nothing of it"
    send()
    assert len(paper.mails) == 3
    from broadsheet.notifications.forms import subscribe as form

    monkeypatch.setattr(form, "SUBSCRIBED", form.Limit("few", times=1, per=timedelta(hours=1)))
    ask(client, topics["section"], email="one@reader.example")
    refused = ask(client, topics["section"], email="two@reader.example").content.decode()
    assert "Too many subscriptions came from your network" in refused
    assert not MailSubscription.objects.filter(recipient=by_address("two@reader.example")).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"proof": ""}, "The question isn&#x27;t answered"),
        ({"articles": []}, "Choose at least one topic."),
        ({"articles": ["section:999999"]}, "999999"),
        ({"articles": ["breaking:1"]}, "breaking:1"),
        ({"email": "nobody"}, "e-mail address"),
        ({"email": "ada@reader.example\nBcc: eve@reader.example"}, "e-mail address"),
        ({"email": "ada@" + "x" * 300 + ".example"}, "e-mail address"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(topics, change, words):
    answer = ask(visitor(), topics["section"], **change).content.decode()
    assert ASKED not in answer
    assert words.lower() in answer.lower()
    assert not MailSubscription.objects.exists()
    assert not Message.objects.exists()


def test_a_program_that_fills_in_the_trap_learns_nothing(topics):
    assert ASKED in ask(visitor(), topics["section"], website="https://spam.example").content.decode()
    assert not MailSubscription.objects.exists()


def test_topics_of_another_edition_are_not_taken(paper, topics):
    other = make_edition("fr", name="Le Courrier", at_root=False)
    strange = make_tag(other, "petrole", name="Pétrole")
    ask(visitor(), f"tag:{strange.pk}")
    assert not MailSubscription.objects.exists()
    page = visitor().get(f"/accounts/subscribe/?topic=tag:{strange.pk}&topic=<b>&topic=tag:{'9' * 30}").content.decode()
    assert "Pétrole" not in page
    assert "<b>" not in page


def test_a_readers_own_address_needs_no_mail_and_has_a_consent_in_the_register(paper, topics):
    reader = make_reader("ines@reader.example")
    client = visitor()
    client.force_login(reader)
    page = client.get("/accounts/subscribe/").content.decode()
    assert "ines@reader.example" in page
    assert 'name="email"' not in page
    answer = client.post("/accounts/subscribe/", {"articles": [topics["tag"]]}).content.decode()
    assert "You have subscribed" in answer
    row = MailSubscription.objects.get()
    assert (row.reader_id, row.address, running(row)) == (reader.pk, "ines@reader.example", [topics["tag"]])
    assert not Message.objects.exists()
    [consent] = Consent.objects.filter(reader=reader, withdrawn_at=None)
    assert (consent.purpose, consent.way) == (f"mail:{topics['tag']}", "account")
    assert "Oil" in consent.wording
    own = client.get("/accounts/subscriptions/").content.decode()
    assert "Oil" in own
    assert "ines@reader.example" in own
    client.post("/accounts/subscriptions/", {"subscription": row.pk, "do": "end", "topic": topics["tag"]})
    assert not Consent.objects.filter(reader=reader, withdrawn_at=None).exists()


def test_an_unconfirmed_account_can_neither_subscribe_an_address_nor_see_what_it_gets(topics):
    subscribed(topics["section"], email="victim@reader.example")
    reader = make_reader("victim@reader.example")
    reader.emailaddress_set.update(verified=False)
    client = visitor()
    client.force_login(reader)
    assert "victim@" not in client.get("/accounts/subscriptions/").content.decode()
    assert 'name="email"' in client.get("/accounts/subscribe/").content.decode()
    assert [list(one.rows(reader.pk)) for one in holdings() if one.name == "notifications.mail-subscriptions"] == [[]]


def test_the_page_of_a_link_ends_one_and_all_and_takes_it_back(topics):
    row = subscribed(topics["section"], topics["tag"], topics["newsletter"])
    here, client = manage_path(editions()[0], row.pk), visitor()
    page = client.get(here).content.decode()
    for words in ("World", "Oil", "Week in Orrel", "a…@reader.example"):
        assert words in page
    assert "ada@reader" not in page, "a mail that is passed on tells nobody the address"
    due = MailSubscription.objects.get().digest_due_at
    ended = client.post(here, {"subscription": row.pk, "do": "end", "topic": topics["tag"]}).content.decode()
    assert "It has ended." in ended
    assert "take it back" in ended
    assert running(row) == sorted([topics["section"], topics["newsletter"]])
    assert "All of it has ended." in client.post(here, {"subscription": row.pk, "do": "end-all"}).content.decode()
    assert running(row) == []
    assert MailSubscription.objects.get().digest_due_at is None
    assert confirmed_of(list(topics.values()), limit=9) == []
    back = {"subscription": row.pk, "do": "back", "topic": [topics["section"], topics["newsletter"]]}
    assert "mail comes as before" in client.post(here, back).content.decode()
    assert running(row) == sorted([topics["section"], topics["newsletter"]])
    assert MailSubscription.objects.get().digest_due_at == due
    assert client.get(here).content.decode().count("Ended lately") == 1


def test_hour_rhythm_and_zone_are_chosen_there(topics):
    row = subscribed(topics["section"])
    here, client = manage_path(editions()[0], row.pk), visitor()
    sent = {
        "subscription": row.pk,
        "do": "times",
        "rhythm": "weekly",
        "weekday": "6",
        "hour": "21",
        "zone": "Asia/Kathmandu",
    }
    assert "Saved." in client.post(here, sent).content.decode()
    row.refresh_from_db()
    assert (row.rhythm, row.weekday, row.hour, row.zone) == ("weekly", 6, 21, "Asia/Kathmandu")
    from zoneinfo import ZoneInfo

    local = row.digest_due_at.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert (local.weekday(), local.hour, local.minute) == (6, 21, 0)
    assert "21:00" in client.get(here).content.decode()
    for wrong in ({"hour": "24"}, {"weekday": "7"}, {"zone": "Mars/Olympus"}, {"rhythm": "hourly"}, {"hour": "x"}):
        assert "Saved." not in client.post(here, sent | wrong).content.decode()
    row.refresh_from_db()
    assert (row.hour, row.zone) == (21, "Asia/Kathmandu")


def test_links_that_are_not_ours_open_nothing_and_nobody_reaches_anothers(topics):
    mine, other = subscribed(topics["section"]), subscribed(topics["section"], email="eve@reader.example")
    token = token_of(mine.pk)
    for strange in (token[:-1], "x" + token, "nonsense", token_of(mine.pk).replace(":", ".")):
        assert visitor().get(f"/accounts/subscriptions/{strange}/").status_code == 404
        assert visitor().get(f"/accounts/subscribe/{strange}/").status_code == 410
    visitor().post(f"/accounts/subscriptions/{token}/", {"subscription": other.pk, "do": "end-all"})
    assert running(other) == [topics["section"]]
    reader = make_reader()
    client = visitor()
    client.force_login(reader)
    client.post("/accounts/subscriptions/", {"subscription": other.pk, "do": "end-all"})
    assert running(other) == [topics["section"]]
    assert client.get(f"/accounts/subscribe/{token}/").status_code == 410, "one link does not do another's work"


def test_a_link_ends_with_its_days_and_what_was_not_confirmed_is_forgotten(paper, topics, monkeypatch):
    ask(visitor(), topics["section"])
    send()
    path = link_in(paper.mails[0], "/accounts/subscribe/")
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2, hours=23))
    prune()
    assert MailSubscription.objects.exists()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=3, minutes=1))
    assert visitor().get(path).status_code == 410
    assert visitor().post(path).status_code == 410
    prune()
    assert not MailSubscription.objects.exists()
    assert not MailTopic.objects.exists()


def test_what_ended_is_forgotten_with_its_address_after_thirty_days(topics, monkeypatch):
    row = subscribed(topics["section"], topics["tag"])
    here = manage_path(editions()[0], row.pk)
    visitor().post(here, {"subscription": row.pk, "do": "end", "topic": topics["tag"]})
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=31))
    assert "Oil" not in visitor().get(here).content.decode()
    visitor().post(here, {"subscription": row.pk, "do": "back", "topic": topics["tag"]})
    assert running(row) == [topics["section"]]
    prune()
    assert list(MailTopic.objects.values_list("topic", flat=True)) == [topics["section"]]
    visitor().post(here, {"subscription": row.pk, "do": "end-all"})
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=62))
    prune()
    assert not MailSubscription.objects.exists()


def test_stopped_mail_is_said_and_runs_again_when_its_owner_wants_it(paper, topics):
    row = subscribed(topics["section"], topics["newsletter"])
    assert stop_mail(by_address("ADA@reader.example"), "bounced", clock.now()) == 1
    assert confirmed_of([topics["newsletter"]], limit=9) == []
    assert MailSubscription.objects.get().digest_due_at is None
    here, client = manage_path(editions()[0], row.pk), visitor()
    assert "came back" in client.get(here).content.decode()
    assert "sent to this address again" in client.post(here, {"subscription": row.pk, "do": "start"}).content.decode()
    assert [one.id for one in confirmed_of([topics["newsletter"]], limit=9)] == [row.pk]
    row.refresh_from_db()
    assert (row.stopped_at, row.digest_due_at is not None) == (None, True)
    stop_mail(by_address("ada@reader.example"), "complaint", clock.now())
    assert "marked as unwanted" in client.get(here).content.decode()


def test_my_data_tells_each_topic_with_its_consent_and_erasing_takes_it(topics):
    reader = make_reader("ines@reader.example")
    client = visitor()
    client.force_login(reader)
    client.post("/accounts/subscribe/", {"articles": [topics["section"], topics["tag"]]})
    subscribed(topics["section"], email="other@reader.example")
    [holding] = [one for one in holdings() if one.name == "notifications.mail-subscriptions"]
    rows = list(holding.rows(reader.pk))
    assert [row["topic"] for row in rows] == ["World", "Oil"]
    for row in rows:
        assert row["address"] == "ines@reader.example"
        assert "Send me new articles" in row["wording"]
        assert row["consented"]
        assert row["confirmed"]
        assert (row["way"], row["ended"]) == ("account", None)
    shown = client.get("/accounts/my-data/").content.decode()
    assert "Mail that you subscribed to" in shown
    assert "in the form, logged in" in shown
    from broadsheet.notifications.handlers.mail_leaving import left

    left(AccountDeleted(reader_id=reader.pk))
    assert [row["ended"] is not None for row in holding.rows(reader.pk)] == [True, True], (
        "at the beginning of the 30 days"
    )
    assert not Consent.objects.filter(reader=reader, withdrawn_at=None).exists()
    assert holding.erase(reader.pk) == 1
    assert holding.erase(reader.pk) == 0
    assert [row.address for row in MailSubscription.objects.all()] == ["other@reader.example"]


def test_what_was_asked_before_an_account_is_the_accounts_by_its_confirmed_address(topics):
    row = subscribed(topics["section"], email="ines@reader.example")
    reader = make_reader("ines@reader.example")
    client = visitor()
    client.force_login(reader)
    assert "World" in client.get("/accounts/subscriptions/").content.decode()
    client.post("/accounts/subscriptions/", {"subscription": row.pk, "do": "end-all"})
    assert running(row) == []


def test_an_accounts_mail_follows_it_to_its_new_address(topics):
    from allauth.account.models import EmailAddress

    from broadsheet.kernel.outbox import deliver_due
    from broadsheet.readers.actions.confirm_address import confirm_address

    reader = make_reader("old@reader.example")
    client = visitor()
    client.force_login(reader)
    client.post("/accounts/subscribe/", {"articles": [topics["section"]]})
    other = subscribed(topics["section"], email="old2@reader.example")
    new = EmailAddress.objects.create(user=reader, email="new@reader.example")
    deliver_due()
    assert MailSubscription.objects.get(reader_id=reader.pk).address == "old@reader.example", (
        "not before it is confirmed"
    )
    assert confirm_address(address_id=new.pk, edition="en", now=clock.now())
    deliver_due()
    row = MailSubscription.objects.get(reader_id=reader.pk)
    assert (row.address, row.recipient) == ("new@reader.example", by_address("new@reader.example"))
    other.refresh_from_db()
    assert other.address == "old2@reader.example"

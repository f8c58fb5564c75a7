"""Newsletters go to those who subscribed: once, in portions, last, and without what was withdrawn (NOT-02)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.notifications.actions.end_issue import recall_issue, take_back_issue
from broadsheet.notifications.actions.keep_newsletter import retire_newsletter
from broadsheet.notifications.actions.spread_issue import spread_portion
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import MailTopic, Message, NewsletterIssue, Urgency
from broadsheet.notifications.queries.mail_topics import reach_of
from broadsheet.notifications.queries.newsletters import topic_word
from tests.factories.newsroom import make_article, make_edition, make_picture, make_section
from tests.notifications.newslettering import deliver, draft, newsletter, sent, states, subscribers, turn
from tests.notifications.sending import queue

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def letter(paper):
    """A newsletter of a paper whose mail goes to a server of the test's own."""
    from broadsheet.newsroom.models import EditionPage

    edition = EditionPage.objects.get()
    edition.publisher, edition.postal_address = "Courier Press Ltd", "3 Quay Street\nHaven"
    edition.save()
    return newsletter(edition, description="Every morning.", sender_name="Mara at the Courier")


@pytest.fixture
def articles(letter):
    from broadsheet.newsroom.models import EditionPage

    section = make_section(EditionPage.objects.get())
    picture = make_picture(1600, 900, alt="Ferries in the fog", file_name="fog.jpg")
    return [
        make_article(section, "The bridge is open", lead_picture=picture),
        make_article(section, "Ferries end on Friday"),
    ]


def test_everybody_gets_one_readable_mail(letter, articles, paper):
    subscribers(letter, "ada", "ben")
    issue = sent(draft(letter, *articles))
    assert issue.state == "waiting"
    deliver()
    issue.refresh_from_db()
    assert (issue.state, issue.reach, issue.result) == ("done", 2, {"dropped": 0, "sent": 2})
    assert sorted(to for _from, to in paper.envelopes) == ["ada@reader.example", "ben@reader.example"]
    mail = paper.mails[0]
    assert mail["Subject"] == "The bridge is open"
    assert mail["From"] == "Mara at the Courier <newsroom@courier.example>"
    assert mail["Reply-To"] == "desk@courier.example"
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Good morning.\n\nHere is what happened." in text
    assert "* Ferries end on Friday" in text
    assert f"/n/{issue.pk}/2/" in text
    assert f"/n/{issue.pk}/" in text.split("View in browser:")[1]
    assert "3 Quay Street" in text
    html = mail.get_body(("html",)).get_content()
    assert html.count("<img") == 1
    assert 'alt="Ferries in the fog"' in html
    assert "prefers-color-scheme: dark" in html
    assert "ada@" not in html + text, "no recipient in links"


def test_one_click_ends_it_and_the_link_alone_does_not(letter, articles, paper, client):
    subscribers(letter, "ada", "ben")
    sent(draft(letter, *articles))
    deliver()
    mail = next(mail for mail in paper.mails if mail["To"] == "ada@reader.example")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(mail["List-Unsubscribe"].strip(" <>")).path
    assert path in mail.get_body(("html",)).get_content()
    assert "accounts/subscriptions/" in mail.get_body(("plain",)).get_content()
    client.get(path)
    assert reach_of([topic_word(letter.pk)]) == 2, "scanners open links"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert reach_of([topic_word(letter.pk)]) == 1
    sent(draft(letter, *articles))
    deliver()
    assert [mail["To"] for mail in paper.mails].count("ada@reader.example") == 1


def test_it_goes_after_everything_else(letter, articles, paper):
    subscribers(letter, "ada", "ben")
    issue = sent(draft(letter, *articles))
    turn()
    assert set(Message.objects.filter(newsletter_issue_id=issue.pk).values_list("urgency", flat=True)) == {Urgency.LAST}
    queue("later", urgent=False)
    deliver()
    assert next(to for _from, to in paper.envelopes) == "later@reader.example"


def test_a_withdrawn_article_is_left_out_of_what_is_not_made_yet(letter, articles, paper, monkeypatch):
    monkeypatch.setattr("broadsheet.notifications.actions.newsletter_mail.NEWSLETTER_FRESH", 0.0)
    subscribers(letter, "ada", "ben", "cleo")
    issue = sent(draft(letter, *articles))
    turn()
    sender = Sender()
    claim = _one_at_a_time(monkeypatch)
    sender.turn()
    withdraw_article(article=articles[1])
    sender.turn()
    assert claim.count == 2
    first, second = (mail.get_body(("plain",)).get_content().replace("\r\n", "\n") for mail in paper.mails)
    assert "Ferries end" in first
    assert "Ferries end" not in second
    assert "The bridge" in second
    assert issue.picks.get(place=2).left_out_at is not None
    withdraw_article(article=articles[0])
    deliver()
    issue.refresh_from_db()
    assert (issue.state, issue.why) == ("stopped", "articles")
    assert len(paper.mails) == 2
    assert issue.result == {"dropped": 1, "sent": 2}


def _one_at_a_time(monkeypatch):
    from broadsheet.notifications.actions.claim_messages import claim_messages
    from broadsheet.notifications.handlers import sending

    class Claim:
        count = 0

        def __call__(self, *, carrier):
            self.count += 1
            return claim_messages(carrier=carrier, limit=1)

    claim = Claim()
    monkeypatch.setattr(sending, "claim_messages", claim)
    return claim


def test_where_no_article_is_left_nothing_begins(letter, articles, paper):
    subscribers(letter, "ada")
    issue = sent(draft(letter, *articles))
    for article in articles:
        withdraw_article(article=article)
    deliver()
    issue.refresh_from_db()
    assert (issue.state, issue.why, issue.begun_at) == ("stopped", "articles", None)
    assert not Message.objects.filter(newsletter_issue_id=issue.pk).exists()


def test_a_recall_holds_back_what_has_not_gone(letter, articles, paper, monkeypatch):
    _one_at_a_time(monkeypatch)
    subscribers(letter, "ada", "ben", "cleo")
    issue = sent(draft(letter, *articles))
    turn()
    Sender().turn()
    assert recall_issue(issue_id=issue.pk, by=7)
    assert not recall_issue(issue_id=issue.pk, by=7)
    Sender().turn()
    assert len(paper.mails) == 1, "what is queued already isn't made any more"
    deliver()
    turn()
    issue.refresh_from_db()
    assert (issue.state, issue.recalled_by_id, len(paper.mails)) == ("recalled", 7, 1)
    assert states(issue) == ["sent", "dropped", "dropped"]
    assert not Message.objects.exclude(values={}).exists()
    assert issue.result == {"dropped": 2, "sent": 1}


def test_what_is_scheduled_can_be_a_draft_again_until_it_begins(letter, articles, paper):
    subscribers(letter, "ada")
    issue = sent(draft(letter, *articles), due_at=clock.now() + timedelta(hours=2))
    turn()
    assert not Message.objects.exists()
    assert take_back_issue(issue_id=issue.pk)
    issue.refresh_from_db()
    assert issue.state == "draft"
    sent(issue)
    turn()
    assert not take_back_issue(issue_id=issue.pk), "it has begun"


def test_who_unsubscribes_meanwhile_and_what_is_retired_gets_nothing(letter, articles, paper):
    subscribers(letter, "ada", "ben")
    issue = sent(draft(letter, *articles))
    turn()
    MailTopic.objects.filter(subscription__address="ada@reader.example").update(ended_at=clock.now())
    deliver()
    assert [to for _from, to in paper.envelopes] == ["ben@reader.example"]
    later = sent(draft(letter, *articles))
    retire_newsletter(newsletter_id=letter.pk)
    deliver()
    later.refresh_from_db()
    assert (later.state, later.why) == ("stopped", "newsletter")
    assert issue.picks.count() == 2


def test_two_processes_queue_each_mail_once(letter, articles, paper):
    subscribers(letter, *(f"r{number}" for number in range(7)))
    queued = sent(draft(letter, *articles))
    one, other = (NewsletterIssue.objects.select_related("newsletter").get(pk=queued.pk) for _process in range(2))
    assert spread_portion(issue=one, size=5) == 5
    assert spread_portion(issue=other, size=5) == 0, "it was at the same portion"
    assert spread_portion(issue=other, size=5) == 2
    deliver()
    assert len({to for _from, to in paper.envelopes}) == len(paper.mails) == 7


def test_the_mail_of_an_arabic_edition_is_written_from_right_to_left(letter, paper):
    edition = make_edition("ar", name="الساحل", at_root=False)
    article = make_article(make_section(edition), "فتح الجسر")
    arabic = newsletter(edition, "صباح الساحل")
    subscribers(arabic, "ada")
    sent(draft(arabic, article, subject="فتح الجسر", opening="صباح الخير."))
    deliver()
    [mail] = paper.mails
    html = mail.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert "text-align:right" in html
    assert "صباح الخير." in mail.get_body(("plain",)).get_content().replace("\r\n", "\n")

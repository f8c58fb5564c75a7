"""Newsletters as public pages, and the way from a mail to an article (NOT-02)."""

from datetime import timedelta
from functools import partial

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.notifications.actions.count_clicks import write_clicks
from broadsheet.notifications.actions.end_issue import recall_issue, stop_issue
from broadsheet.notifications.actions.keep_newsletter import retire_newsletter
from broadsheet.notifications.actions.spread_issue import spread_issues
from broadsheet.notifications.engines.click_counts import CLICKS
from tests.factories.newsroom import make_article
from tests.notifications.newslettering import draft, newsletter, sent

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db]


@pytest.fixture
def issue(paper):
    """An issue that has gone out."""
    CLICKS.take()
    made = newsletter(paper.edition, description="Every morning.")
    other = make_article(paper.world, "Ferries end on Friday")
    row = sent(draft(made, paper.articles["news"], other, subject="Bread & tides"))
    spread_issues()
    row.refresh_from_db()
    return row


def clicks(issue) -> list[int]:
    write_clicks()
    return list(issue.picks.order_by("place").values_list("clicks", flat=True))


def test_an_issue_is_shown_with_what_is_public_of_it(client, paper, issue):
    shown = client.get(f"/n/{issue.pk}/").content.decode()
    assert "Bread &amp; tides" in shown
    assert "Ferries end on Friday" in shown
    assert f"/n/{issue.pk}/2/" not in shown, "only links of mails are counted"
    assert '<meta name="robots" content="noindex' in shown
    withdraw_article(article=type(paper.articles["news"]).objects.get(title="Ferries end on Friday"))
    shown = client.get(f"/n/{issue.pk}/").content.decode()
    assert "Ferries end on Friday" not in shown
    assert "1 article of this issue is no longer public" in shown


def test_a_draft_a_scheduled_and_a_foreign_issue_are_not_there(client, paper, issue):
    made = issue.newsletter
    waiting = draft(made, paper.articles["news"])
    assert client.get(f"/n/{waiting.pk}/").status_code == 404
    assert client.get(f"/n/{waiting.pk}/1/").status_code == 404
    sent(waiting, due_at=clock.now() + timedelta(days=1))
    assert client.get(f"/n/{waiting.pk}/").status_code == 404
    assert client.get(f"/fr/n/{issue.pk}/").status_code == 404
    assert client.get(f"/fr/n/{issue.pk}/1/").status_code == 404
    for path in ("/n/0/", "/n/999999/", f"/n/{issue.pk}/3/", f"/n/{issue.pk}/0/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("end", [partial(recall_issue, by=1), partial(stop_issue, why="newsletter")])
def test_what_was_recalled_or_stopped_stays_where_its_readers_are_led(client, paper, issue, end):
    assert end(issue_id=issue.pk)
    assert client.get(f"/n/{issue.pk}/").status_code == 200
    assert client.get(f"/n/{issue.pk}/1/").status_code == 302


def test_a_link_leads_to_the_papers_own_article_and_is_counted(client, paper, issue):
    answer = client.get(f"/n/{issue.pk}/1/?next=https://elsewhere.example/")
    assert (answer.status_code, answer["Location"]) == (302, paper.path())
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies.output() == ""
    client.get(f"/n/{issue.pk}/1/")
    client.get(f"/n/{issue.pk}/2/")
    assert clicks(issue) == [2, 1]


@pytest.mark.parametrize("header", ["prefetch", "prefetch;prerender"])
def test_what_nobody_looked_at_is_not_counted(client, issue, header):
    client.head(f"/n/{issue.pk}/1/")
    client.get(f"/n/{issue.pk}/1/", headers={"sec-purpose": header})
    assert client.post(f"/n/{issue.pk}/1/").status_code == 405
    assert clicks(issue) == [0, 0]


def test_counts_that_can_not_be_written_are_kept(client, issue, monkeypatch):
    client.get(f"/n/{issue.pk}/1/")

    def full(_clicks):
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("broadsheet.notifications.actions.count_clicks._add", full)
        with pytest.raises(OSError, match="full"):
            write_clicks()
    client.get(f"/n/{issue.pk}/1/")
    assert clicks(issue) == [2, 0]


def test_the_link_of_a_withdrawn_article_leads_nowhere(client, paper, issue):
    withdraw_article(article=paper.articles["news"])
    assert client.get(f"/n/{issue.pk}/1/").status_code == 404


def test_past_issues_and_newsletters_are_listed(client, paper, issue):
    made = issue.newsletter
    listed = client.get("/newsletters/").content.decode()
    assert "The Morning Tide" in listed
    assert f"/n/{issue.pk}/" in listed
    assert f"accounts/subscribe/?topic=newsletter:{made.pk}" in listed
    assert "Bread &amp; tides" in client.get(f"/newsletters/{made.pk}/").content.decode()
    assert client.get(f"/newsletters/{made.pk}/2/").status_code == 404
    assert client.get(f"/fr/newsletters/{made.pk}/").status_code == 404
    assert '<p class="nothing">' in client.get("/fr/newsletters/").content.decode()
    retire_newsletter(newsletter_id=made.pk)
    assert "The Morning Tide" not in client.get("/newsletters/").content.decode()
    gone = client.get(f"/newsletters/{made.pk}/").content.decode()
    assert "It is no longer sent" in gone
    assert "Bread &amp; tides" in gone


def test_pages_that_list_it_are_renewed_when_an_issue_goes_out(paper, issue):
    keys = FactRecord.objects.filter(name="NewsletterChanged").latest("pk").keys
    assert set(keys) == {"newsletters:en", f"newsletter:{issue.newsletter_id}", f"newsletter-issue:{issue.pk}"}


def test_no_section_takes_their_addresses():
    from broadsheet.newsroom.conf import RESERVED_SLUGS

    assert {"n", "newsletters"} <= RESERVED_SLUGS

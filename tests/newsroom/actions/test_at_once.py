"""Several people, and the clock, at one article at the same moment."""

import threading
import time
from datetime import timedelta

import pytest
from wagtail.models import Revision

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.corrections import add_correction
from broadsheet.newsroom.actions.drafts import create_article, update_article
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.scheduled import publish_and_expire_due
from broadsheet.newsroom.models import ArticlePage
from tests.at_once import at_once
from tests.factories.newsroom import make_draft, make_section

pytestmark = [pytest.mark.row("ART-13", "OPS-02"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def section():
    return make_section()


def draft(section, headline="As scheduled"):
    return make_draft(section=section, headline=headline, body=[{"type": "paragraph", "value": "<p>Text.</p>"}])


def test_many_articles_begun_in_one_section_at_once_all_stand(section):
    def begin(number):
        return [create_article(section=section, headline=f"Tale {number}.{step}").public_id for step in range(3)]

    found = at_once(*[lambda number=number: begin(number) for number in range(4)])
    assert len({number for numbers in found for number in numbers}) == 12
    section.refresh_from_db()
    assert section.numchild == 12
    assert len(set(ArticlePage.objects.values_list("path", flat=True))) == 12


def test_what_an_editor_publishes_while_the_schedule_runs_is_not_written_over(section, monkeypatch):
    """The clock has come to the older version when an editor publishes a newer one."""
    article = draft(section)
    update_article(article=article, go_live_at=clock.now() + timedelta(seconds=1))
    article = publish_article(article=article)
    assert not article.live
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=clock.now() - timedelta(hours=1)
    )
    newer = update_article(article=article, headline="By hand", go_live_at=None)
    publishing, take_over = Revision.publish, threading.Event()

    def slowly(revision, *args, **kwargs):
        if kwargs.get("log_action") == "wagtail.publish.scheduled":
            take_over.wait(1)
        return publishing(revision, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", slowly)

    def by_hand():
        time.sleep(0.3)
        publish_article(article=newer)
        take_over.set()

    at_once(publish_and_expire_due, by_hand)
    article.refresh_from_db()
    assert (article.title, article.live) == ("By hand", True)


def test_an_article_kept_by_its_editor_does_not_expire_by_the_time_of_before(section, monkeypatch):
    article = draft(section)
    update_article(article=article, expire_at=clock.now() + timedelta(days=1))
    publish_article(article=article)
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=clock.now() - timedelta(seconds=1))
    newer = update_article(article=article, headline="Kept", expire_at=None)
    withdrawing, take_over = ArticlePage.unpublish, threading.Event()

    def slowly(page, *args, **kwargs):
        take_over.wait(1)
        return withdrawing(page, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "unpublish", slowly)

    def by_hand():
        time.sleep(0.3)
        publish_article(article=newer)
        take_over.set()

    at_once(publish_and_expire_due, by_hand)
    article.refresh_from_db()
    assert (article.title, article.live) == ("Kept", True)


def test_corrections_written_at_once_all_stand(section):
    article = draft(section)
    publish_article(article=article)
    at_once(*[lambda number=number: add_correction(article=article, text=f"Note {number}.") for number in range(4)])
    stored = ArticlePage.objects.get(pk=article.pk)
    assert {row.text for row in stored.corrections.all()} == {f"Note {number}." for number in range(4)}

"""From an article to the digest in the mailbox, and out again by the mail program's own button (NOT-02, ART-05)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from broadsheet.kernel import clock
from broadsheet.notifications.actions.queue_digests import queue_digests
from broadsheet.notifications.models import MailSubscription
from tests.factories.newsroom import make_article
from tests.notifications.mail_server import Post, listening
from tests.notifications.sending import send
from tests.notifications.subscribing import link_in, running, visitor

pytestmark = pytest.mark.row("NOT-02", "ART-05")


@pytest.fixture
def post(served: Any, settings: Any) -> Iterator[Post]:
    """A mail server, and the served paper's mail going to it."""
    with listening(Post()) as running_server:
        settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = running_server.port, 5
        settings.PUBLIC_URL = served.url
        yield running_server


def subscribed_in_the_dialog(visit, served) -> None:
    """From `Subscribe` below the article to the answer, in the dialog over it."""
    page = visit(served.path())
    page.locator("details.subscribe summary").click()
    section = page.locator("details.subscribe li").first
    name = section.locator("span").inner_text()
    for way in ("News feed", "E-mail", "Push notifications"):
        assert section.get_by_role("link", name=way).is_visible()
    section.get_by_role("link", name="E-mail").click()
    box = page.get_by_role("dialog", name="News by e-mail")
    box.wait_for()
    assert box.get_by_label(name, exact=True).is_checked()
    box.get_by_label("Your e-mail address").fill("ada@reader.example")
    page.wait_for_timeout(2500)  # nobody types faster
    box.get_by_role("button", name="Subscribe").click()
    page.get_by_role("dialog", name="Look into your mailbox").wait_for()
    page.get_by_role("dialog").get_by_role("link", name="Close").click()
    assert page.url == served.url + served.path(), "the article is still there"


def test_article_subscribe_mail_confirm_digest_unsubscribe(visit, served, post, monkeypatch):
    subscribed_in_the_dialog(visit, served)
    send()
    [question] = post.mails
    path = link_in(question, "/accounts/subscribe/")
    assert visitor().get(path).status_code == 200, "a scanner opens it"
    row = MailSubscription.objects.get()
    assert running(row) == []
    page = visit(path)
    page.get_by_role("button", name="Yes, send them to me").click()
    page.get_by_role("heading", name="You have subscribed").wait_for()
    page.get_by_role("link", name="Choose hour and rhythm").click()
    page.get_by_role("heading", name="My subscriptions").wait_for()
    page.get_by_label("At what hour").select_option("18:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    row.refresh_from_db()
    assert row.hour == 18
    make_article(served.world, "The gates are shut")
    due = row.digest_due_at
    monkeypatch.setattr(clock, "now", lambda: due + timedelta(minutes=1))
    assert queue_digests() == 1
    send()
    digest = post.mails[1]
    assert "The gates are shut" in digest["Subject"]
    where = urlsplit(re.search(r"<(\S+)>", digest["List-Unsubscribe"])[1])
    assert f"{where.scheme}://{where.netloc}" == served.url
    assert visitor().get(where.path).status_code == 200
    assert running(row) != []
    body = "List-Unsubscribe=One-Click"
    assert visitor().post(where.path, body, content_type="application/x-www-form-urlencoded").status_code == 200
    assert running(row) == []
    page = visit(link_in(digest, "/accounts/subscriptions/"))
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Taken back: mail comes as before.").wait_for()
    assert running(row) != []


@pytest.mark.parametrize("path", ["/accounts/subscribe/", "/ar/accounts/subscribe/"])
def test_without_scripts_on_a_small_phone_everything_is_there(visit, served, post, path):
    page = visit(path, width=360, height=740, java_script_enabled=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("input[name=answer]").is_visible(), "a question in words stands in for the browser's work"
    assert page.locator("input[name=email]").is_visible()

"""A blocked reader in a real browser: told on every page, the file and the statement fit a narrow screen, both ways."""

import os

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.newsroom.models import ArticlePage
from broadsheet.notifications.actions.decision_mails import tell_decision
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_decision, visible_comment

pytestmark = [pytest.mark.browser, pytest.mark.row("ACC-06", "ACC-10", "MOD-03")]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_blocked_reader_finds_why_how_long_and_the_way_to_contest_it(served, visit):
    reader = make_reader("ines@reader.example", display_name="Inês")
    article = ArticlePage.objects.filter(edition_id=served.edition.pk, listed_at__isnull=False).first()
    comment = visible_comment(article, reader)
    for number in range(3):
        visible_comment(article, reader, text=f"The {number} boats came back late.")
    made = decide(
        decision=make_decision(reader, comment, measures=(Measure.REMOVE, Measure.BLOCK), days=7), now=clock.now()
    )
    tell_decision(decision_id=made.decision_id, reader_id=reader.pk)
    client = Client()
    client.force_login(reader)
    client.get("/me/")
    cookies = [{"name": name, "value": one.value, "url": served.url} for name, one in client.cookies.items()]
    for root, width, scheme in (("/", 1280, "light"), ("/ar/", 320, "dark")):
        page = visit(f"{root}accounts/login/", width=width, color_scheme=scheme)
        page.context.add_cookies(cookies)
        page.goto(f"{served.url}{root}")
        told = page.locator(".reader-gate")
        told.wait_for()
        assert reader.public_id in told.inner_text()
        assert page.evaluate(WIDER) <= 0
        for name in ("moderation-file/", f"statements/{made.puid}/", "notices/"):
            page.goto(f"{served.url}{root}accounts/{name}")
            assert page.evaluate(WIDER) <= 0, name
            if folder := os.environ.get("SHOTS"):
                page.screenshot(path=f"{folder}/{root.strip('/') or 'en'}-{name.partition('/')[0]}.png", full_page=True)
    page.goto(f"{served.url}/accounts/statements/{made.puid}/")
    page.get_by_role("link", name="Contest this decision").click()
    page.wait_for_url(f"**/accounts/letter/?decision={made.puid}")
    assert page.locator("main form .account-code").inner_text() == reader.public_id

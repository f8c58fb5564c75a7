"""The form for a comment in a real browser: what is left, what is kept, what is told; on its page and without scripts."""

import pytest
from playwright.sync_api import expect

from broadsheet.discussion.models import Comment
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN
from tests.web.views.test_comments import patient

__all__ = ["patient"]
pytestmark = [pytest.mark.browser, pytest.mark.row("DIS-02")]


def enter(page, served, reader):
    """Let the browser be the reader's."""
    from django.test import Client

    client = Client()
    client.force_login(reader)
    client.get("/me/")
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": served.url} for name, morsel in client.cookies.items()]
    )


def test_a_comment_is_written_mended_and_posted_and_a_draft_outlives_the_page(visit, served):
    page, ada = visit("/", quiet=False), make_reader(display_name="Ada Vane")
    enter(page, served, ada)
    path = f"{served.url}/accounts/comment/{served.articles['news'].pk}/"
    page.goto(path)
    text = page.get_by_label("Your comment")
    text.fill("A draft that nobody sent.")
    expect(page.locator("[data-left-count]")).to_have_text(str(4000 - 25))
    page.reload()
    expect(text).to_have_value("A draft that nobody sent.")
    text.fill(FOUL)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".told")).to_be_focused()
    expect(page.locator(".told mark").first).to_contain_text("f**king")
    page.get_by_role("link", name="Change the text").click()
    expect(text).to_be_focused()
    text.fill(PLAIN)
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert Comment.objects.get().text == PLAIN
    page.goto(path)
    expect(text).to_have_value("")


@pytest.mark.row("PAGE-04")
def test_it_fits_a_phone_and_works_without_scripts(visit, served):
    ada = make_reader(display_name="Ada Vane")
    page = visit("/", width=320, quiet=False, java_script_enabled=False)
    enter(page, served, ada)
    page.goto(f"{served.url}/accounts/comment/{served.articles['news'].pk}/")
    page.get_by_label("Your comment").fill(f"{FOUL} {'unbroken' * 40}")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".told mark").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0
    page.get_by_role("button", name="Post it as it is").click()
    expect(page.locator(".comment-waits")).to_be_visible()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert Comment.objects.get().state == "withdrawn"

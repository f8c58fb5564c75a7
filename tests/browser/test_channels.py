"""A discussion elsewhere before a reader's eyes: nobody else is asked before the click (DIS-07)."""

import pytest
from playwright.sync_api import expect

from broadsheet.newsroom.actions.editions import update_page
from broadsheet.newsroom.queries.editions import forget_editions

pytestmark = [pytest.mark.browser, pytest.mark.row("DIS-07")]
FOREIGN = "https://talk.example/**"


def test_the_other_discussion_loads_on_the_readers_click_and_is_forgotten_when_asked(chromium, served):
    address = "https://talk.example/embed?url={url}"
    update_page(page=served.edition, channel_kind="page", channel_name="Talk", channel_address=address)
    forget_editions()
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page, foreign, faults = context.new_page(), [], []
    context.route(FOREIGN, lambda route: route.fulfill(body="<h1>Talk about it</h1>", content_type="text/html"))
    page.on("request", lambda request: None if request.url.startswith(served.url) else foreign.append(request))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served.url + served.path())
    tab = page.get_by_role("link", name="Comment via Talk")
    tab.click()
    assert page.url == served.url + served.path()
    expect(tab).to_have_attribute("aria-current", "true")
    expect(page.locator(".discussion-head")).to_be_hidden()
    expect(page.locator(".channel-offer")).to_contain_text("talk.example learns your address")
    page.wait_for_load_state("networkidle")
    assert foreign == []
    assert page.evaluate("localStorage.length") == 0

    page.get_by_label("On this device, show it at once from now on").check()
    page.get_by_role("link", name="Show it from talk.example").press("Enter")
    within = page.frame_locator(".channel-panel iframe").frame_locator("iframe")
    expect(within.get_by_text("Talk about it")).to_be_visible()
    assert [request.url.startswith("https://talk.example/embed?url=http") for request in foreign] == [True]
    assert "referer" not in foreign[0].headers
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.reload()
    assert len(foreign) == 1, "not before the tab is chosen"
    tab.click()
    expect(within.get_by_text("Talk about it")).to_be_visible()

    page.get_by_role("button", name="Forget talk.example").click()
    expect(page.locator(".channel-panel iframe")).to_have_count(0)
    expect(page.locator(".channel-forget")).to_contain_text("Forgotten")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("link", name="Comment via The Tide Press").click()
    expect(page.locator(".discussion-head")).to_be_visible()
    expect(page.locator("[data-comment-count]")).to_have_text("0 comments")
    assert (len(foreign), faults) == (2, [])
    context.close()

"""A newsletter from its first word to the reader's mailbox, in a real browser and by a real mail server (NOT-02)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from broadsheet.kernel import clock
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import Newsletter, NewsletterIssue
from tests.notifications.mail_server import Post, listening
from tests.notifications.newslettering import deliver, draft, newsletter, subscribers

pytestmark = [pytest.mark.browser, pytest.mark.row("NOT-02")]


@pytest.fixture
def post(served: Any, settings: Any) -> Iterator[Post]:
    """A mail server, and a paper that sends by it."""
    with listening(Post()) as running:
        settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = running.port, 5
        settings.DEFAULT_FROM_EMAIL = "newsroom@courier.example"
        settings.PUBLIC_URL = served.url
        yield running


def saved(page: Any) -> None:
    expect(page.locator("[data-part=saved]")).to_contain_text("Saved")


def begun(page: Any) -> NewsletterIssue:
    """Begin a newsletter, let two subscribe, and begin an issue, which saves itself."""
    page.get_by_role("link", name="Begin a newsletter").first.click()
    page.locator("[name=name]").fill("The Morning Tide")
    page.get_by_role("button", name="Save").click()
    subscribers(Newsletter.objects.get(), "ada", "ben")
    page.get_by_role("button", name="Write an issue").click()
    page.get_by_label("Subject").fill("Good morning")
    saved(page)
    expect(page.locator("[name=version]")).to_have_value("2")
    issue = NewsletterIssue.objects.get()
    assert issue.subject == "Good morning"
    return issue


def picked(page: Any, issue: NewsletterIssue) -> None:
    """Add two articles, and move one by keyboard; the focus goes with it."""
    page.get_by_label("Opening words").fill("Hello.\n\nHere is the day.")
    add = page.locator("#found").get_by_role("button", name="Add")
    for count in (1, 2):
        add.first.click()
        expect(page.locator("#picks li")).to_have_count(count)
    order = page.eval_on_selector_all("[name=pick]", "all => all.map(one => one.value)")
    page.locator("#picks li").nth(1).get_by_label("Own headline").fill("In our own words")
    page.locator("#picks li").nth(1).get_by_role("button", name="Up").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=pick]").first).to_have_value(order[1])
    assert page.evaluate("document.activeElement.closest('li').id") == f"pick-{order[1]}"
    assert issue.picks.get(place=1).headline == "In our own words"


def seen(page: Any) -> None:
    """See it as a phone and a desktop show it, light, dark, and as text."""
    phone, desktop = page.frame_locator("[name=letters-phone]"), page.frame_locator("[name=letters-desktop]")
    expect(phone.get_by_role("link", name="In our own words")).to_be_visible()
    ground = "one => getComputedStyle(one).backgroundColor"
    assert desktop.locator("body").evaluate(ground) == "rgb(22, 23, 26)"
    assert phone.locator("body").evaluate(ground) == "rgb(251, 250, 247)"
    assert phone.locator("img").first.evaluate("one => one.complete && one.naturalWidth > 0")
    page.locator("a[target=letters-phone]", has_text="Text alone").click()
    expect(phone.locator("pre")).to_contain_text("Here is the day.")


def gone_on(page: Any, when: str) -> None:
    """Go on to sending, and send it at this time."""
    page.get_by_role("button", name="Go on to sending").click()
    page.get_by_text("It goes to 2 subscribers of").wait_for()
    page.get_by_label("When").fill(when)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Send the issue").click()


def test_written_tried_scheduled_and_sent(seat, served, post):
    page = seat("Editors", name="Mara").open("/editor/newsletters/")
    picked(page, begun(page))
    seen(page)
    page.get_by_role("button", name="Send it to me").click()
    expect(page.locator(".messages")).to_contain_text("on its way to mara@paper.example")
    Sender().turn()
    assert (post.mails[0]["To"], post.mails[0]["Subject"]) == ("mara@paper.example", "[To try it] Good morning")
    gone_on(page, f"{clock.now() + timedelta(days=1):%Y-%m-%d %H:%M}")
    page.get_by_text("waits for its time").wait_for()
    page.get_by_role("button", name="Make it a draft again").click()
    gone_on(page, "")
    page.get_by_text("The issue is on its way").wait_for()
    deliver()
    assert sorted(mail["To"] for mail in post.mails[1:]) == ["ada@reader.example", "ben@reader.example"]
    page.reload()
    expect(page.locator(".letters-state")).to_contain_text("sent")
    page.get_by_role("link", name="See it as readers do").click()
    expect(page.get_by_role("heading", name="In our own words")).to_be_visible()


def test_of_two_before_one_draft_the_second_is_told_and_keeps_what_was_written(seat, served):
    made = newsletter(served.edition)
    issue = draft(made, served.articles["news"])
    first, second = seat("Editors", name="Mara"), seat("Chiefs", name="Tom")
    one = first.open(f"/editor/newsletters/issues/{issue.pk}/")
    other = second.open(f"/editor/newsletters/issues/{issue.pk}/")
    one.get_by_label("Subject").fill("What Mara wrote")
    expect(one.locator("[name=version]")).to_have_value("2")
    other.get_by_label("Subject").fill("What Tom wrote")
    told = other.locator("[data-conflict]")
    expect(told).to_contain_text("What Mara wrote")
    expect(other.get_by_label("Subject")).to_have_value("What Tom wrote")
    issue.refresh_from_db()
    assert issue.subject == "What Mara wrote"
    told.get_by_role("button", name="Save mine over it").click()
    expect(told).to_have_count(0)
    issue.refresh_from_db()
    assert issue.subject == "What Tom wrote"
    other.reload()
    other.get_by_text("Earlier versions").click()
    expect(other.locator(".letters-versions")).to_contain_text("What Mara wrote")


def test_without_scripts_on_a_narrow_screen_all_of_it_works(seat, served):
    made = newsletter(served.edition)
    issue = draft(made, served.articles["news"])
    editor = seat("Editors", name="Mara", width=360, height=740, java_script_enabled=False)
    page = editor.open(f"/editor/newsletters/issues/{issue.pk}/")
    page.get_by_label("Subject").fill("Without scripts")
    page.locator("#found").get_by_role("button", name="Add").first.click()
    assert issue.picks.count() == 2
    page.locator("#picks li").nth(1).get_by_role("button", name="To the top").click()
    issue.refresh_from_db()
    assert issue.subject == "Without scripts"
    assert issue.picks.get(place=2).article_id == served.articles["news"].pk
    page.locator("#picks li").nth(0).get_by_role("button", name="Remove").click()
    assert issue.picks.get().article_id == served.articles["news"].pk


def test_the_pages_fit_a_phone_and_an_arabic_desk(seat, served):
    made = newsletter(served.edition, description="Every morning.")
    issue = draft(made, served.articles["news"])
    for options in ({"width": 360, "theme": "dark"}, {"width": 1440, "language": "ar"}):
        editor = seat("Editors", name=f"M{options['width']}", **options)
        for path in ("", f"{made.pk}/", f"{made.pk}/settings/", f"issues/{issue.pk}/", f"issues/{issue.pk}/send/"):
            page = editor.open(f"/editor/newsletters/{path}")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (path, options, wide)

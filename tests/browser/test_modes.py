"""A chief makes a rule, puts somebody on duty and raises a shield; readers meet it (DIS-06), in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from broadsheet.discussion.models import Comment, ModeRule
from broadsheet.kernel import clock
from broadsheet.newsroom.conf import CHIEFS
from tests.browser.test_comment_form import enter
from tests.factories.accounts import make_reader
from tests.factories.discussion import PLAIN, make_seen
from tests.web.views.test_comments import patient

__all__ = ["patient"]
pytestmark = [pytest.mark.browser, pytest.mark.row("DIS-06", "DIS-10", "MOD-12")]
MODES = "/editor/moderation/modes/"


def test_readers_meet_what_a_chief_sets(seat, visit, served):
    news, ada = served.articles["news"], make_reader(display_name="Ada Vane")
    root = make_seen(news, make_reader(display_name="Ben Pier"), text="The ferry was late again this morning.")
    reader = visit("/robots.txt", quiet=False)
    enter(reader, served, ada)
    page = seat(CHIEFS).open(MODES)
    article = served.url + served.path()
    discussion = reader.locator("#discussion")

    # A rule closes the paper: the discussion says so and has no form. Removed, put back, and removed for good.
    make_rule(page)
    reader.goto(article)
    expect(discussion).to_contain_text("This discussion is closed.")
    expect(discussion.get_by_role("link", name="Write a comment")).to_have_count(0)
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#mod-rules + ul")).to_contain_text("Always: Closed")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("main")).to_contain_text("The rule is removed.")
    reader.goto(article)
    expect(discussion.get_by_role("link", name="Write a comment")).to_be_visible()

    # A shield holds what the new account writes, and ends by itself.
    page.goto(f"{served.url}/editor/moderation/discussions/{news.pk}/")
    page.get_by_role("button", name="Shield this discussion for 2 hours").click()
    expect(page.locator("main")).to_contain_text("Ends by itself in 2 hours")
    post(discussion, PLAIN)
    expect(discussion.locator("[data-held]")).to_contain_text("Until then only you see it.")
    assert Comment.objects.get(author=ada).held_for == "shield"
    ModeRule.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    page.reload()
    expect(page.get_by_role("button", name="Lift it now")).to_have_count(0)
    reader.goto(article)
    post(discussion, "The tide tables are on the harbour office's door.")
    expect(discussion.get_by_label("Your comment")).to_have_count(0)
    assert Comment.objects.filter(author=ada).count() == 2
    assert Comment.objects.filter(author=ada).latest("pk").held_for != "shield"

    # A pick and an expert stand beside the comment.
    page.goto(f"{served.url}/editor/moderation/accounts/{root.author.public_id}/")
    pick_and_name(page)
    reader.goto(article)
    theirs = reader.locator(f"#comment-{root.pk}")
    expect(theirs).to_contain_text("Expert: hydrology")
    expect(theirs).to_contain_text("Editor’s pick")


def make_rule(page: Any) -> None:
    """Make a rule that closes the whole paper, and look at the picture of the week on the way."""
    page.get_by_role("link", name="Make a rule").click()
    page.get_by_label("Who may comment").select_option("closed")
    page.get_by_label("Monday").check()
    expect(page.locator("[data-week] rect")).to_have_count(1)
    page.get_by_label("Monday").uncheck()
    for name, at in (("From", "22:00"), ("To", "07:00")):
        page.get_by_label(name, exact=True).fill(at)
    expect(page.locator("[data-week] rect")).to_have_count(14)
    for name in ("From", "To"):
        page.get_by_label(name, exact=True).fill("")
    page.get_by_role("button", name="Store the rule").click()
    expect(page.locator("#mod-rules + ul")).to_contain_text("Always: Closed")


def pick_and_name(page: Any) -> None:
    """Pick the account's comment, and name the account an expert."""
    page.get_by_role("button", name="Editor’s pick").click()
    page.get_by_text("Badge", exact=True).click()
    page.get_by_label("Expert", exact=True).check()
    page.get_by_label("Subject of the expert").fill("hydrology")
    page.get_by_role("button", name="Store").click()
    expect(page.locator("main")).to_contain_text("stands beside the comments")


def post(discussion: Any, text: str) -> None:
    """Write a comment on the article's page."""
    discussion.get_by_role("link", name="Write a comment").click()
    discussion.get_by_label("Your comment").fill(text)
    discussion.get_by_role("button", name="Post", exact=True).click()

"""A discussion before a reader's eyes (DIS-01, DIS-04, PAGE-04)."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from broadsheet.discussion.actions.remove_comment import remove_comment
from tests.factories.discussion import make_seen


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    cache.clear()


@pytest.mark.row("DIS-04")
def test_new_comments_wait_and_move_nothing_and_deleted_ones_go(visit, served):
    article = served.articles["news"]
    root, other = make_seen(article, text="What stood there before."), make_seen(article, text="Another before.")
    page = visit(served.path(), width=320)
    page.locator("#discussion").scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    # This server holds no stream: the page asks, and learns what the newest fact is.
    page.wait_for_selector("[data-discussion][data-told]")
    place = page.locator(f"#comment-{root.pk}").bounding_box()["y"]
    make_seen(article, text="Fresh <b>words</b>.")
    make_seen(article, parent_id=root.pk, text="An answer.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    button = page.locator("[data-show-new]")
    expect(button).to_have_text("Show 2 new comments")
    expect(page.locator(".discussion-count")).to_have_text("4 comments")
    assert page.locator(f"#comment-{root.pk}").bounding_box()["y"] == place
    assert page.locator(".comment").count() == 2
    button.press("Enter")
    expect(page.locator(".comment")).to_have_count(4)
    assert page.locator(".comment-text").first.inner_text() == "Fresh <b>words</b>."
    assert page.evaluate("document.activeElement.matches('.strand:first-child .comment')")
    expect(page.locator(f'[data-strand="{root.pk}"] summary')).to_have_text("1 reply")
    remove_comment(comment_id=other.pk)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(f"#comment-{other.pk}")).to_contain_text("A moderator deleted this comment.")
    assert "Another before." not in page.locator("#discussion").inner_html()


@pytest.mark.row("DIS-01")
@pytest.mark.row("DIS-10")
def test_without_scripts_the_discussion_is_read_and_collapsed_by_keyboard(visit, served):
    article = served.articles["news"]
    root = make_seen(article)
    replies = [make_seen(article, parent_id=root.pk, text=f"Answer {n}.") for n in range(5)]
    page = visit(f"/comment/{replies[4].pk}/", java_script_enabled=False)
    expect(page.locator(f"#comment-{replies[4].pk}")).to_be_visible()
    assert page.url.endswith(f"#comment-{replies[4].pk}")
    page.goto(served.url + served.path())
    summary = page.locator(".replies > summary")
    expect(page.locator(f"#comment-{replies[0].pk}")).to_be_visible()
    summary.press("Enter")
    expect(page.locator(f"#comment-{replies[0].pk}")).to_be_hidden()
    expect(page.locator("[data-new-comments]")).to_be_hidden()

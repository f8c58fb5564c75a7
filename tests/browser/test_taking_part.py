"""Taking part on the article's own page: writing between the comments, what waits, who is ignored (DIS-02, 04, 10)."""

import pytest
from playwright.sync_api import expect

from broadsheet.discussion.models import Comment
from tests.browser.test_comment_form import enter
from tests.factories.accounts import PASSWORD, make_reader
from tests.factories.discussion import FOUL, PLAIN, make_comment
from tests.web.views.test_comments import patient

__all__ = ["patient"]

pytestmark = [pytest.mark.browser, pytest.mark.row("DIS-02")]


def ignore_and_look(page, theirs):
    """Ignore the comment's author; the comment is then shown on demand alone."""
    theirs.get_by_role("link", name="Ignore this reader").click()
    page.locator("dialog").get_by_role("button", name="Yes").click()
    expect(page.locator("dialog h1")).to_have_text("Discussions")
    page.locator("dialog .account-close").click()
    expect(theirs).to_contain_text("A comment by a reader whom you ignore.")
    expect(theirs.locator(".comment-text")).to_be_hidden()
    theirs.get_by_role("button", name="Show").click()
    expect(theirs.locator(".comment-text")).to_be_visible()


@pytest.mark.row("DIS-04")
@pytest.mark.row("DIS-10")
def test_a_reader_writes_between_the_comments_and_alone_sees_what_waits(visit, served):
    news, ada, ben = served.articles["news"], make_reader(display_name="Ada Vane"), make_reader(display_name="Ben Pier")
    root = make_comment(news, ben, text="The ferry was late again this morning.")
    page = visit("/robots.txt", quiet=False)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    enter(page, served, ada)
    page.goto(served.url + served.path())
    section, theirs = page.locator("#discussion"), page.locator(f"#comment-{root.pk}")
    expect(theirs.get_by_role("link", name="Ignore this reader")).to_be_visible()

    section.get_by_role("link", name="Write a comment").press("Enter")
    text = section.get_by_label("Your comment")
    expect(text).to_be_focused()
    text.fill(FOUL)
    page.keyboard.press("Escape")
    expect(text).to_have_count(0)
    expect(section.get_by_role("link", name="Write a comment")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value(FOUL)  # kept
    section.get_by_role("button", name="Post", exact=True).click()
    expect(section.locator(".told mark").first).to_contain_text("f**king")
    section.get_by_role("button", name="Post it as it is").click()
    expect(section.locator("[data-held]")).to_contain_text("Until then only you see it.")
    held = Comment.objects.get(state="held")

    theirs.get_by_role("link", name="Reply").click()
    expect(section.locator(".compose-answered")).to_contain_text("The ferry was late")
    section.get_by_role("link", name="Quote it").click()
    expect(text).to_have_value("> The ferry was late again this morning.\n\n")
    text.press("Control+End")
    page.keyboard.type("Mine was, too.")
    section.get_by_role("button", name="Post the reply").click()
    expect(section.get_by_text("Mine was, too.")).to_be_visible()
    expect(text).to_have_count(0)
    assert Comment.objects.get(depth=1).parent_id == root.pk

    page.reload()
    own = page.locator(f"#comment-{held.pk}")
    expect(page.locator("[data-reply-list] [data-comment-tools]").get_by_role("link", name="Edit")).to_have_count(1)
    expect(own).to_contain_text("nobody asked you")
    expect(own.get_by_role("link", name="Edit")).to_be_visible()
    ignore_and_look(page, theirs)
    other = visit(served.path())
    expect(other.locator(f"#comment-{root.pk}")).to_be_visible()
    expect(other.locator(f"#comment-{held.pk}")).to_have_count(0)
    assert faults == []


def test_a_visitor_logs_in_on_the_way_and_finds_the_form(visit, served):
    make_reader("ada@paper.example", password=PASSWORD, display_name="Ada Vane")
    page = visit(served.path())
    page.locator("#discussion").get_by_role("link", name="Write a comment").click()
    box = page.locator("dialog[open]")
    box.locator("input[type=email]").fill("ada@paper.example")
    box.locator("input[type=password]").fill(PASSWORD)
    box.get_by_role("button", name="Log in", exact=True).click()
    box.get_by_label("Your comment").fill(PLAIN)
    box.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert Comment.objects.get().text == PLAIN
    expect(page.locator(".reader-menu")).to_be_visible()

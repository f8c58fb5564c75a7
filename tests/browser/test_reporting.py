"""A visitor reports a comment, and says what is wrong in an article, in a real browser (DIS-05, DIS-09)."""

import pytest
from playwright.sync_api import expect

from broadsheet.discussion.models import Report
from broadsheet.newsroom.models import CorrectionNote
from tests.factories.accounts import make_reader
from tests.factories.moderation import visible_comment

pytestmark = [pytest.mark.browser]


@pytest.mark.row("DIS-05")
def test_a_comment_is_reported_as_illegal_content_on_a_phone_by_a_visitor(visit, served):
    comment = visible_comment(served.articles["news"], make_reader(display_name="Bo Reed"))
    page = visit(f"/accounts/comment/{comment.pk}/report/", width=320, height=700)
    expect(page.locator("blockquote")).to_contain_text("is a fool")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="against the law").click()
    page.get_by_label("Why is it illegal?").fill("Defamation, section 3.")
    page.get_by_label("Your name").fill("Tom Wharf")
    page.get_by_label("Your e-mail address").fill("tom@mail.example")
    page.get_by_label("I believe in good faith").check()
    page.wait_for_timeout(2500)  # nobody types faster
    page.get_by_role("button", name="Send the notice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your notice has arrived")
    row = Report.objects.get()
    assert (row.illegal, row.notice_name) == (True, "Tom Wharf")
    expect(page.locator("main")).to_contain_text(row.number)


@pytest.mark.row("DIS-09")
def test_selected_words_go_with_a_reader_to_the_note_in_a_dialog(visit, served):
    page = visit(served.path())
    page.evaluate("""() => {
        const words = [...document.querySelectorAll("main p")].find((each) => each.textContent.includes("First paragraph"));
        getSelection().selectAllChildren(words);
    }""")
    page.get_by_role("link", name="Is something wrong in this article?").click()
    box = page.locator("dialog[open]")
    assert "First paragraph" in box.get_by_label("The sentence").input_value()
    box.get_by_label("What is wrong").fill("It is the second.")
    page.wait_for_timeout(2500)  # nobody types faster
    box.get_by_role("button", name="Send").click()
    expect(box.get_by_role("heading", level=1)).to_have_text("Thank you: the editors have it")
    assert CorrectionNote.objects.get().sentence.startswith("First paragraph")
    box.get_by_role("link", name="Close").click()
    expect(page.locator("dialog[open]")).to_have_count(0)

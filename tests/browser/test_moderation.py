"""The queue worked through without a mouse (MOD-01, MOD-02), in a real browser."""

import pytest
from playwright.sync_api import expect

from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.models import Case
from broadsheet.newsroom.actions.desk_setup import set_up_moderators
from broadsheet.newsroom.conf import MODERATORS
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, make_comment

pytestmark = [pytest.mark.browser, pytest.mark.row("MOD-01", "MOD-02", "MOD-10")]
QUEUE = "/editor/moderation/"


@pytest.fixture
def moderator(seat):
    """Return a function that seats somebody who moderates everywhere."""
    set_up_moderators()
    return lambda **options: seat(MODERATORS, **options)


SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector("[data-comment-text]"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


def select(page, words: str) -> None:
    """Mark the words in the comment, as the mouse would."""
    assert page.evaluate(SELECT, words)


def test_a_case_is_decided_and_undone_by_keys_alone(moderator, served):
    author = make_reader(display_name="Ines Marlow")
    texts = [FOUL, "You stupid c**t, Anna lives at Harbour Street 9."]
    comments = [make_comment(served.articles["news"], author, text=text) for text in texts]
    deliver_due()
    assert Case.objects.filter(state="open").count() == 2
    page = moderator().open(QUEUE)
    keys = page.keyboard
    keys.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")
    keys.press("n")
    page.wait_for_url("**/cases/*/")
    first = int(page.url.rstrip("/").split("/")[-1])
    keys.press("1")
    boxes = page.locator("input[name=clauses]:checked")
    assert boxes.count() == 1
    assert boxes.first.get_attribute("data-clause") == "1"
    facts = page.locator("[data-facts-field]")
    assert facts.input_value(), "the facts begin as the clause has them"
    facts.focus()
    keys.type(" a 2 s n z ")
    assert page.url.endswith(f"/cases/{first}/"), "keys do nothing while somebody types"
    page.locator("[data-delete]").focus()
    keys.press("Enter")
    page.wait_for_url(f"**/?done={first}")
    assert Case.objects.get(pk=first).outcome == "removed"
    keys.press("z")
    page.wait_for_url(f"**/cases/{first}/")
    assert Case.objects.get(pk=first).state == "open"
    keys.press("?")
    expect(page.locator("[data-help] dl")).to_be_visible()
    # Words marked in the comment are what is blacked out.
    number = Case.objects.get(comment_id=comments[1].pk).pk
    page.goto(f"{served.url}{QUEUE}cases/{number}/")
    select(page, "You")
    keys.press("r")
    assert "You" in page.locator("[data-words]").input_value().split("\n")

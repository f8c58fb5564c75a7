"""A chief changes what is judged, with the time machine's answer before switching on (STD-06), in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from broadsheet.kernel import clock
from broadsheet.moderation.actions.carry_on_trials import carry_on_trials
from broadsheet.newsroom.conf import CHIEFS
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks
from tests.factories.accounts import make_reader
from tests.factories.discussion import make_comment
from tests.moderation.actions.test_trials import approved, deleted

pytestmark = [pytest.mark.browser, pytest.mark.row("STD-06")]
TEXT = "Only a harbourite says so."


def test_a_threshold_and_a_word_are_tried_run_in_shadow_and_switched_on(seat, served):
    article, reader = served.articles["news"], make_reader(display_name="Ines Marlow")
    deleted(article, reader, ["What a shit idea.", TEXT])
    approved(article, reader, ["A fine day by the sea."])
    page = seat(CHIEFS).open("/editor/moderation/standards/")
    page.get_by_role("button", name="Begin a draft").first.click()
    page.get_by_label("Why the rulebook changes").fill("A word of ours.")
    page.get_by_text("Offensive language").first.click()
    page.get_by_label("Offensive language, Word lists: threshold").fill("0.95")
    page.get_by_role("button", name="Store the draft").click()
    expect(page.get_by_text("Word lists: threshold:")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Words, texts.*Offensive language")).click()
    page.get_by_label("In every language").fill("harbourite")
    page.get_by_label("What a word of ours does").select_option("hold")
    page.get_by_role("button", name="Store the words").click()
    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("button", name="30 days").click()
    expect(page.get_by_text("It has been ordered")).to_be_visible()
    carry_on_trials(now=clock.now, seconds=600)
    expect(page.get_by_text("it would have found 2; today it finds 1")).to_be_visible()  # the page looks by itself
    expect(page.get_by_text(TEXT)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("button", name="Begin shadow mode").click()
    expect(page.get_by_text("0 comments were judged beside the live version.")).to_be_visible()
    forget_rulebooks()
    assert make_comment(article, reader, text="Another harbourite, I fear.").state == "visible", "it decides nothing"
    page.reload()
    expect(page.get_by_text("1 comment was judged beside the live version.")).to_be_visible()
    expect(page.get_by_text("Another harbourite, I fear.")).to_be_visible()
    page.get_by_role("link", name="Switch on …").click()
    page.get_by_label("Why it is switched on nevertheless").fill("Shadow mode showed it.")
    page.get_by_role("button", name="Switch it on nevertheless").click()
    expect(page.get_by_text("Version 1 judges from now on.")).to_be_visible()
    forget_rulebooks()
    assert make_comment(article, reader, text="A third harbourite came by.").state == "held"

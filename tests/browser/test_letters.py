"""A letter to the moderators in a real browser: the captcha asks nothing, the link asks before it counts (MOD-05)."""

import os
import time

import pytest

from broadsheet.moderation.queries.letters import open_letters
from tests.factories.accounts import make_reader
from tests.readers.entrance import last_link

pytestmark = [pytest.mark.browser, pytest.mark.row("MOD-05")]


def picture(page, name):
    """Keep what the page looks like, where somebody asked for it."""
    if folder := os.environ.get("LETTER_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_visitor_writes_a_letter_on_a_phone_and_confirms_it(visit, served):
    reader = make_reader("ines@mail.example")
    page = visit("/accounts/letter/", width=390, height=800)
    assert page.locator("[data-captcha-question]").is_hidden()
    page.get_by_label("Unlock access").check()
    page.get_by_label("User ID").fill(reader.public_id.lower())
    page.get_by_label("What led to it").fill("I was angry, and I take it back.")
    time.sleep(2)
    picture(page, "letter")
    page.get_by_role("button", name="Send the letter").click()
    page.get_by_role("heading", name="One more step: your mail").wait_for()
    picture(page, "letter-sent")
    page.goto(served.url + last_link("letter-verify"))
    page.get_by_role("heading", name="Did you write this letter?").wait_for()
    picture(page, "letter-confirm")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Yes, send it").click()
    page.get_by_role("heading", name="Your letter has arrived").wait_for()
    assert [one.reader_id for one in open_letters()] == [reader.pk]
    page.goto(served.url + "/ar/accounts/letter/")
    picture(page, "letter-ar")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

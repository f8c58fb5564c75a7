"""The radio in a real browser, with real sound: goes on while pages change, and after the stream broke off (ART-15)."""

import re
import time

import pytest
from playwright.sync_api import expect

from broadsheet.newsroom.actions.keep_radio import keep_radio
from broadsheet.newsroom.queries.editions import forget_editions
from tests.browser.station import Station

pytestmark = [pytest.mark.browser, pytest.mark.row("ART-15"), pytest.mark.slow]
WEEK = [{"days": "0123456", "begins": "00:00", "ends": "00:00", "title": "All the tides", "host": "Salma Reyes"}]
TIME = "document.querySelector('audio').currentTime"


@pytest.fixture
def station(tmp_path):
    made = Station(tmp_path)
    yield made
    made.cut()


@pytest.fixture
def listener(chromium, served):
    """A page of a browser that takes the station's certificate, with what went wrong in it."""
    context = chromium.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()


def keep(served, station, path):
    keep_radio(edition=served.edition, name="Tide Radio", address=f"{station.url}{path}", shows=WEEK)
    forget_editions()


def bar_of(page):
    page.locator("header [data-listen]").first.click()
    page.wait_for_selector(".radio-frame")
    return page.frame(url=re.compile("/listen/bar/")) or page.wait_for_event("framenavigated")


def hear(bar, seconds):
    """Wait until more of the sound was heard; the pages' policy lets nothing wait within them."""
    until = time.monotonic() + 40
    while (heard := bar.evaluate(TIME)) <= seconds:
        assert time.monotonic() < until, f"{heard} seconds of sound"
        time.sleep(0.2)


@pytest.mark.row("PAGE-01")
def test_the_radio_goes_on_while_pages_change_and_after_it_broke_off(listener, served, station):
    keep(served, station, "/live.wav")
    page = listener
    page.goto(f"{served.url}/")
    bar = bar_of(page)
    expect(bar.locator("[data-from]")).to_contain_text("The sound comes from 127.0.0.1")
    assert station.asked == [], "nobody is asked before the reader presses play"
    play = bar.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_focused()
    play.press("Enter")
    hear(bar, 0.3)
    expect(bar.locator("[data-state]")).to_have_text("On the air")
    expect(bar.locator("[data-what]")).to_have_text("All the tides · Salma Reyes")
    assert bar.evaluate("navigator.mediaSession.metadata.title") == "All the tides"

    page.locator("main h2 a, main h3 a").first.click()
    shown = page.frame_locator("[data-radio-page]")
    expect(shown.locator("article h1")).to_be_visible()
    expect(page).to_have_title(re.compile("of the day"))
    article = page.url
    assert article.endswith(served.path())
    shown.locator("nav.sections a", has_text="Sport").click()
    page.wait_for_url(f"{served.url}/sport/")
    before = bar.evaluate(TIME)
    hear(bar, before + 0.5)
    assert station.asked == ["/live.wav"], "one stream all the while"
    page.go_back()
    page.wait_for_url(article)
    page.go_back()
    page.wait_for_url(f"{served.url}/")
    expect(page.locator("main h2 a").first).to_be_visible()
    expect(page.locator("[data-radio-page]")).to_have_count(0)

    station.cut()
    expect(bar.locator("[data-state]")).to_have_text("The stream broke off. It is tried again…", timeout=60_000)
    station.begin()
    expect(bar.locator("[data-state]")).to_have_text("On the air", timeout=60_000)
    hear(bar, 0.3)

    bar.get_by_role("button", name="Pause").press("Enter")
    expect(bar.locator("[data-state]")).to_have_text("Paused")
    keep(served, station, "/live.m3u8")
    page.goto(served.url + "/sport/")
    bar = bar_of(page)
    bar.get_by_role("button", name="Play", exact=True).click()
    hear(bar, 0.5)
    assert {"/live.m3u8", "/0.mp3"} <= set(station.asked)
    bar.get_by_role("button", name="Close the radio").click()
    expect(page.locator(".radio-frame")).to_have_count(0)
    assert page.faults == []

"""Reading in a real browser: widths, schemes, directions, no scripts, keyboard (PAGE-01 to 04, ART-02, 06, 12, 14)."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.actions.live import put_live_post
from broadsheet.newsroom.queries.addresses import path_of
from tests.factories import newsroom as make
from tests.web.conftest import NOON, block, listed

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.row("PAGE-04")
@pytest.mark.parametrize("width", [320, 360, 768, 1440, 3840])
def test_nothing_stands_out_of_the_page_at_any_width(visit, served, width):
    article = make.make_article(served.world, "W" * 120 + " and a headline of many long words", at=NOON, body=[
        block("paragraph", f"<p>{'unbroken' * 40}</p>"),
        block("table", {"caption": "", "header": True, "rows": listed(*[listed(*["a long cell of text"] * 9)] * 3), "note": ""}),
        block("gallery", {"title": "", "items": listed({"picture": served.picture.pk, "caption": ""}, {"picture": served.picture.pk, "caption": ""})}),
    ])  # fmt: skip
    for path in ("/", "/world/", "/ar/", "/search/?q=day", "/all-news/", path_of(article), served.path("fr")):
        page = visit(path, width=width)
        assert page.evaluate(OVERFLOW) <= 0, path


@pytest.mark.row("PAGE-04")
def test_dark_paper_follows_the_device_and_the_readers_choice(visit, served):
    page = visit("/", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(21, 23, 26)"
    page.get_by_label("Light").check()
    assert page.evaluate(ground) == "rgb(253, 252, 249)"
    page.reload()
    assert page.evaluate(ground) == "rgb(253, 252, 249)"
    page.get_by_label("As the device").check()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.row("PAGE-04")
def test_nothing_is_kept_on_the_readers_device(visit, served):
    page = visit(served.path())
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.row("PAGE-04")
def test_a_right_to_left_edition_mirrors(visit, served):
    left, right = visit("/").locator(".clock").bounding_box(), visit("/ar/").locator(".clock").bounding_box()
    assert left["x"] < 640 < right["x"] + right["width"]
    assert right["x"] + right["width"] > 1100


@pytest.mark.row("PAGE-04")
def test_everything_is_there_without_scripts(visit, served):
    page = visit(served.path(), java_script_enabled=False)
    assert page.locator("h1").inner_text() == "The news of the day"
    assert page.locator(".as-of").is_visible()
    page.fill("#find", "opinion")
    page.press("#find", "Enter")
    assert page.url == f"{served.url}/search/?q=opinion"


@pytest.mark.row("PAGE-04")
def test_on_paper_stands_the_article_with_its_address(visit, served):
    page = visit(served.path())
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".printed-address").is_visible()
    assert not page.locator(".sections").is_visible()
    assert not page.locator(".story-rail").is_visible()


@pytest.mark.row("PAGE-02")
def test_the_clock_is_right_on_a_page_stored_an_hour_ago(visit, served):
    page = visit("/fr/", timezone_id="Pacific/Auckland")
    later = int(page.locator("[data-clock]").get_attribute("data-now")) + 3600
    page.clock.install(time=datetime.fromtimestamp(later))
    page.reload()
    from zoneinfo import ZoneInfo

    expected = datetime.fromtimestamp(later, ZoneInfo("Europe/Paris"))
    assert page.locator("[data-clock-time]").inner_text() == f"{expected:%H:%M}"
    assert re.fullmatch(r"\d\d [a-zéû]+ \d{4}", page.locator("[data-clock-day]").inner_text())


@pytest.mark.row("PAGE-02")
def test_the_clock_goes_on(visit, served):
    page = visit("/")
    start = int(page.locator("[data-clock]").get_attribute("data-now"))
    page.clock.install(time=datetime.fromtimestamp(start + 30))
    page.reload()
    before = page.locator("[data-clock-time]").inner_text()
    page.clock.run_for(61_000)
    assert page.locator("[data-clock-time]").inner_text() != before


@pytest.mark.row("PAGE-04")
def test_the_keyboard_reaches_the_text_first(visit, served):
    page = visit(served.path())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.row("ART-14")
def test_suggestions_are_chosen_with_the_keyboard(visit, served):
    while deliver_due():
        pass
    page = visit("/")
    page.click("#find")
    page.keyboard.type("saltm", delay=20)
    page.wait_for_selector("[role=option]")
    assert page.get_attribute("#find", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#find", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tag/saltmere/")


@pytest.mark.row("ART-02")
def test_an_embed_contacts_nobody_until_it_is_asked_for(visit, served):
    embed = {"url": f"{served.url}/page/elsewhere/", "provider": "Strait Video", "title": "The tower"}
    article = make.make_article(served.world, "With embed", body=[block("embed", embed)], at=NOON)
    page = visit(path_of(article), quiet=False)
    assert page.locator("iframe").count() == 0
    page.get_by_role("button", name="Show it from Strait Video").click()
    assert page.locator("iframe").get_attribute("src") == f"/embed/{article.public_id}/1/"


@pytest.mark.row("ART-12")
def test_a_gallery_is_leafed_through(visit, served):
    items = listed(*[{"picture": served.picture.pk, "caption": f"Number {n}"} for n in range(3)])
    article = make.make_article(served.world, "Gallery", kind="gallery", at=NOON, body=[block("gallery", {"title": "", "items": items})])  # fmt: skip
    page = visit(path_of(article), reduced_motion="reduce")
    assert page.locator("[data-gallery-count]").inner_text() == "1 / 3"
    page.get_by_role("button", name="Next picture").click()
    expect(page.locator("[data-gallery-count]")).to_have_text("2 / 3")
    page.locator("[data-gallery-strip]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-gallery-count]")).to_have_text("3 / 3")
    assert page.get_by_role("button", name="Next picture").is_disabled()


@pytest.mark.row("ART-06")
def test_the_short_address_is_shown_in_place(visit, served):
    page = visit(served.path())
    page.get_by_role("button", name="Get short URL").click()
    expect(page.locator("[data-short-out]")).to_contain_text("/s/")
    assert page.url == served.url + served.path()


@pytest.mark.row("ART-12")
def test_new_posts_of_a_live_blog_wait_for_the_reader(visit, served):
    article = make.make_article(served.world, "Live", kind="live", at=NOON, fields={"live_starts_at": NOON})
    put_live_post(article=article, key="first", html="<p>First.</p>", headline="First", at=NOON)
    page = visit(path_of(article), quiet=False)
    before = page.locator(".post").count()
    put_live_post(article=article, key="second", html="<p>Second.</p>", headline="Second", at=NOON.replace(hour=13))
    page.wait_for_selector("[data-live-bar]:not([hidden])", timeout=40_000)  # by polling: this server has no stream
    assert page.locator(".post").count() == before == 1
    page.locator("[data-live-show]").click()
    assert page.locator(".post h3").all_inner_texts() == ["Second", "First"]
    assert page.locator("[data-live-bar]").is_hidden()
    assert page.evaluate("document.activeElement.closest('.post').id") == "post-second"


@pytest.mark.row("PERF-11")
def test_letters_do_not_move_the_page(visit, served):
    page = visit(served.path(), width=412)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
            .observe({ type: "layout-shift", buffered: true }); setTimeout(() => done(sum), 500); })"""
    )
    assert shift < 0.02

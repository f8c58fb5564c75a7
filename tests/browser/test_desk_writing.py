"""An editor writes, illustrates, has checked and publishes an article, as a browser does it (ART-03, 04, 08, 13)."""

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect
from wagtail.models import Revision
from wagtail.search.index import insert_or_update_object

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.scheduled import publish_and_expire_due
from broadsheet.newsroom.models import ArticlePage, Picture
from broadsheet.newsroom.queries.addresses import path_of
from tests.factories import newsroom as make
from tests.newsroom.views.test_pictures import with_words
from tests.web.conftest import NOON, block

pytestmark = [pytest.mark.browser, pytest.mark.row("ART-13")]


def edit(page) -> str:
    return f"/editor/pages/{page.pk}/edit/"


def newest(page) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def make_due(page) -> None:
    """Let the time of a scheduled revision be over."""
    past = clock.now() - timedelta(seconds=1)
    revision = Revision.objects.get(object_id=str(page.pk), approved_go_live_at__isnull=False)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()


def act(page, button: str) -> None:
    """Press one of the actions that open above the button to save."""
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator(button).last.click()


def until(holds, seconds: int = 12) -> None:
    """Wait until autosave has made it so."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def settled(page):
    """Wait until the form has noted what it began with: what is typed before is saved with the next change."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2500)
    return page


def schedule(page, at) -> None:
    """Set the time of publication and publish for then."""
    opener = page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first
    if not opener.is_visible():
        page.get_by_role("button", name=re.compile("status", re.IGNORECASE)).first.click()
    opener.click()
    page.locator("[name=go_live_at]").fill(at.strftime("%Y-%m-%d %H:%M"))
    page.locator("[name=go_live_at]").press("Tab")
    page.get_by_role("button", name="Save schedule").press("Enter")  # the calendar hangs over it
    expect(page.locator(".messages")).to_contain_text(re.compile("updated|scheduled"))
    act(page, "[name=action-publish]")
    page.wait_for_url(lambda url: "/edit/" not in url)


def test_an_article_is_written_from_the_home_and_saved_by_itself(seat, served):
    page = seat("Editors").open("/editor/")
    page.get_by_role("link", name=re.compile("New article.*The Tide")).click()
    page.get_by_role("link", name="Sport").click()
    settled(page)
    page.get_by_role("textbox", name="Headline").fill("Rowers reach the finals")
    page.get_by_role("textbox", name="Standfirst").fill(
        "Two boats of the harbour club go through after a morning of calm water."
    )
    page.wait_for_url("**/edit/", timeout=30_000)
    article = ArticlePage.objects.get(section=served.sport)
    page.get_by_role("textbox", name="Short title").fill("Rowers in finals")
    expect(page.locator("#desk-checks")).to_contain_text("Nobody signs the article.", timeout=30_000)
    until(lambda: newest(article).short_title == "Rowers in finals")
    assert not ArticlePage.objects.get(pk=article.pk).live


def test_a_headline_grows_and_stays_one_line(seat, served):
    draft = make.make_draft(served.world, "Short")
    page = seat("Editors", width=360).open(edit(draft))
    field = page.get_by_role("textbox", name="Headline")
    before = field.bounding_box()["height"]
    long = "A headline of many words that goes on and on " * 3
    field.fill(long.strip() + "\nwith a second line")
    field.press("Enter")
    expect(field).to_have_value(long.strip() + " with a second line")
    assert field.bounding_box()["height"] > before * 2
    assert field.evaluate("field => field.scrollHeight - field.clientHeight") <= 2
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_too_long_a_headline_is_told_at_the_field_and_nothing_is_cut(seat, served):
    draft = make.make_draft(served.world)
    page = seat("Editors").open(edit(draft))
    long = "น้ำ🌊" * 125
    page.get_by_role("textbox", name="Headline").fill(long)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".w-field__errors, .error-message").first).to_contain_text("255")
    expect(page.get_by_role("textbox", name="Headline")).to_have_value(long)


@pytest.mark.row("ART-03")
@pytest.mark.row("ART-04")
def test_a_picture_says_of_itself_what_it_shows_and_gets_focal_point_and_crop(seat, served):
    page = seat("Editors").open("/editor/images/add/")
    file = {"name": "gates.jpg", "mimeType": "image/jpeg", "buffer": with_words(make.picture_bytes(1600, 1000))}
    page.get_by_label("Title").fill("Gates at night")
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/editor/images/")
    picture = Picture.objects.get(title="Gates at night")
    page.goto(f"{served.url}/editor/images/{picture.pk}/")
    expect(page.get_by_label("Caption", exact=True)).to_have_value("The gates at night")
    expect(page.get_by_label("Agency")).to_have_value("Tidewire")
    page.locator("[data-stage]").scroll_into_view_if_needed()
    stage = page.locator("[data-stage]").bounding_box()
    page.mouse.move(stage["x"] + stage["width"] * 0.5, stage["y"] + stage["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.75, stage["y"] + stage["height"] * 0.9, steps=4)
    page.mouse.up()
    page.locator("[data-focal] [role=group]").press("ArrowLeft")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/editor/images/")
    picture.refresh_from_db()
    assert picture.focal_point_x == pytest.approx(992, abs=12)  # the middle of 0.5 and 0.75 of 1600, one step left
    assert picture.focal_point_y == pytest.approx(700, abs=12)
    page.goto(f"{served.url}/editor/desk/pictures/{picture.pk}/crops/")
    frame = page.get_by_role("group", name="1:1").locator("[tabindex='0']")
    frame.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Store the crops").click()
    page.wait_for_url("**/editor/images/*/")
    picture.refresh_from_db()
    left, top, right, bottom = picture.crops["1:1"]
    assert right - left == bottom - top == 1000
    assert set(picture.crops) == {"1:1"}


@pytest.mark.row("ART-08")
def test_a_check_leads_to_its_place_and_marks_a_legal_notice(seat, served):
    make.make_notice(served.edition)
    draft = make.make_draft(served.world, body=[block("paragraph", "<p>Calm.</p>"), block("paragraph", "<p>The Harrow Front spoke.</p>")])  # fmt: skip
    page = seat("Editors").open(edit(draft))
    checks = page.locator("#desk-checks")
    finding = checks.locator("li", has_text="“Harrow Front” is named without")
    finding.get_by_role("link", name="Go there").click()
    page.wait_for_timeout(400)
    focused = page.evaluate("document.activeElement.closest('[data-contentpath]').innerText")
    assert "Harrow Front spoke" in focused
    checks.locator("li", has_text="Nobody signs").get_by_role("link", name="Go there").click()
    expect(page.get_by_role("tab", name="People, tags and kind")).to_have_attribute("aria-selected", "true")
    page.wait_for_timeout(400)
    assert page.evaluate("!!document.activeElement.closest('[id*=bylines]')")
    page.get_by_role("tab", name="Text").click()
    finding.get_by_role("button", name="Mark “Harrow Front”").click()
    expect(page.locator(".messages")).to_contain_text("“Harrow Front” is marked.")
    assert 'data-notice="harrow-front">Harrow Front</span>' in str(newest(draft).body[1].value.source)
    expect(page.locator("#desk-checks")).not_to_contain_text("is named without")


def test_an_author_submits_and_an_editor_approves(seat, served):
    author, editor = seat("Authors"), seat("Editors")
    draft = make.make_draft(served.world, "For approval", user=author.person)
    page = author.open(edit(draft))
    act(page, "[name=action-submit]")
    page.wait_for_url(lambda url: "/edit/" not in url)
    assert not ArticlePage.objects.get(pk=draft.pk).live
    home = editor.open("/editor/")
    home.locator("section", has=home.get_by_role("heading", name="Waiting for your approval")).get_by_role("link", name="For approval").click()  # fmt: skip
    act(home, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")
    home.wait_for_url(lambda url: "/edit/" not in url)
    assert ArticlePage.objects.get(pk=draft.pk).live


def test_publishing_by_a_double_click_publishes_once_and_a_correction_is_dated(seat, served):
    draft = make.make_draft(served.world, "The bridge opens")
    page = seat("Editors").open(edit(draft))
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-publish]").last.dblclick()
    page.wait_for_url(lambda url: "/edit/" not in url)
    assert ArticlePage.objects.get(pk=draft.pk).live
    assert draft.revisions.count() == 2
    page.goto(served.url + edit(draft))
    page.get_by_role("tab", name="Corrections and origin").click()
    page.get_by_role("button", name=re.compile("Add correction", re.IGNORECASE)).click()
    page.get_by_label("When").fill("2026-11-21 09:30")
    page.keyboard.press("Escape")
    page.get_by_label("What was wrong, and what is right").fill("The bridge has four arches, not three.")
    act(page, "[name=action-publish]")
    page.wait_for_url(lambda url: "/edit/" not in url)
    page.goto(served.url + path_of(ArticlePage.objects.get(pk=draft.pk)))
    expect(page.locator("main")).to_contain_text("The bridge has four arches, not three.")
    assert page.locator("time[datetime^='2026-11-21']").count() == 1


def test_a_publication_is_scheduled_and_happens(seat, served):
    draft = make.make_draft(served.world, "Tomorrow's news")
    later = clock.now() + timedelta(days=1)
    page = seat("Editors").open(edit(draft))
    schedule(page, later)
    home = page.goto(f"{served.url}/editor/") and page
    expect(home.locator("section", has=home.get_by_role("heading", name="Scheduled"))).to_contain_text(
        "Tomorrow's news"
    )
    assert not ArticlePage.objects.get(pk=draft.pk).live
    make_due(draft)
    publish_and_expire_due()
    assert ArticlePage.objects.get(pk=draft.pk).live


def test_word_and_google_docs_are_pasted_clean_with_headings_and_links(seat, served):
    draft = make.make_draft(served.world, body=[block("paragraph", "<p></p>")])
    page = seat("Editors").open(edit(draft))
    page.locator("[contenteditable=true]").first.click()
    pasted = (
        "<b style='font-weight:normal' id='docs-internal-guid-1'><p class='MsoNormal' style='margin:0;color:red'>"
        "The first <a href='https://example.com/a'>link</a>.<o:p></o:p></p><h2 style='x'><span>Why it matters</span></h2>"
        "<p>The second.</p><ul><li>One</li><li>Two</li></ul></b>"
    )
    page.evaluate(
        """(html) => { const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", "x");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        pasted,
    )
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("updated")
    body = newest(draft).body
    assert [part.block_type for part in body] == ["paragraph", "heading", "paragraph", "list"]
    assert '<a href="https://example.com/a">link</a>' in str(body[0].value.source)
    assert "style" not in str(body[0].value.source)
    assert "<b>" not in str(body[0].value.source)
    assert body[1].value["text"] == "Why it matters"
    assert [item.source for item in body[3].value["items"]] == ["<p>One</p>", "<p>Two</p>"]


def test_what_is_written_survives_an_expired_session(seat, served):
    draft = make.make_draft(served.world, "Before")
    editor = seat("Editors")
    page = settled(editor.open(edit(draft)))
    [kept] = [cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("textbox", name="Headline").fill("Written while logged out")
    away = page.get_by_role("dialog", name="You are no longer logged in")
    expect(away).to_be_visible(timeout=10_000)
    expect(page.get_by_role("textbox", name="Headline")).to_have_value("Written while logged out")
    page.context.clear_cookies(name="csrftoken")  # a log-in changes the token of forms
    page.context.add_cookies([kept])
    away.get_by_role("button", name="I have logged in").click()
    expect(away).to_be_hidden()
    until(lambda: newest(draft).title == "Written while logged out")
    editor.faults[:] = [fault for fault in editor.faults if "401" not in fault]


def test_the_second_of_two_editors_is_told_and_a_lock_keeps_others_out(seat, served):
    draft = make.make_draft(served.world, "Before")
    ada, ben = seat("Editors", name="Ada"), seat("Editors", name="Ben")
    first, second = settled(ada.open(edit(draft))), settled(ben.open(edit(draft)))
    first.get_by_role("textbox", name="Headline").fill("Ada's version")
    until(lambda: newest(draft).title == "Ada's version")
    second.get_by_role("textbox", name="Headline").fill("Ben's version")
    second.wait_for_timeout(2500)
    assert newest(draft).title == "Ada's version"
    expect(second.get_by_role("textbox", name="Headline")).to_have_value("Ben's version")
    draft.refresh_from_db()
    draft.locked, draft.locked_by, draft.locked_at = True, ada.person, NOON
    draft.save(update_fields=["locked", "locked_by", "locked_at"])
    locked = ben.open(edit(draft))
    expect(locked.locator("body")).to_contain_text(re.compile("locked", re.IGNORECASE))
    assert locked.get_by_role("button", name="Save draft").count() == 0
    ben.faults[:] = [fault for fault in ben.faults if "400" not in fault]


def test_translations_are_linked(seat, served):
    draft = make.make_draft(served.monde, "Le pont ouvre")
    insert_or_update_object(draft)  # the worker's part: the chooser searches what is indexed
    page = seat("Editors").open(f"/editor/desk/articles/{served.articles['opinion'].pk}/translations/")
    french = page.locator("section", has=page.get_by_role("heading", name="La Marée"))
    french.get_by_role("button", name=re.compile("Choose", re.IGNORECASE)).first.click()
    page.get_by_role("dialog").get_by_placeholder(re.compile("Search")).press_sequentially("pont", delay=30)
    page.get_by_role("dialog").get_by_role("link", name="Le pont ouvre").click()
    french.get_by_role("button", name="Link this article").click()
    expect(page.locator(".messages")).to_contain_text("linked as translations")
    draft.refresh_from_db()
    assert draft.translation_key == ArticlePage.objects.get(pk=served.articles["opinion"].pk).translation_key


def test_a_draft_is_previewed_on_phone_and_desktop(seat, served):
    draft = make.make_draft(served.world, "Not public yet")
    page = seat("Editors").open(edit(draft))
    page.get_by_role("button", name=re.compile("preview", re.IGNORECASE)).first.click()
    frame = page.frame_locator("iframe[title=Preview], #w-preview-iframe, iframe").first
    widths = []
    for name in ("Preview on a phone", "Preview on a desktop screen"):
        page.get_by_label(name).check(force=True)
        expect(frame.locator("h1")).to_have_text("Not public yet")
        widths.append(frame.locator("html").evaluate("html => html.clientWidth"))
    assert widths == [375, 1440]


def test_revisions_are_compared_and_an_older_one_comes_back(seat, served):
    draft = make.make_draft(served.world, "First words")
    first = draft.latest_revision_id
    page = settled(seat("Editors").open(edit(draft)))
    page.get_by_role("textbox", name="Headline").fill("Second words")
    page.wait_for_timeout(2500)
    page.goto(f"{served.url}/editor/pages/{draft.pk}/revisions/compare/{first}...latest/")
    expect(page.locator("main")).to_contain_text("Second")
    page.goto(f"{served.url}/editor/pages/{draft.pk}/revisions/{first}/revert/")
    expect(page.get_by_role("textbox", name="Headline")).to_have_value("First words")
    page.get_by_role("button", name=re.compile("Replace current draft")).click()
    page.wait_for_load_state("networkidle")
    assert newest(draft).title == "First words"


@pytest.mark.row("PAGE-05")
def test_the_front_is_laid_out_and_its_layout_scheduled(seat, served):
    page = seat("Editors").open("/editor/")
    page.get_by_role("link", name=re.compile("Lay out the front.*The Tide")).click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="News", exact=True).click()
    page.get_by_role("textbox", name=re.compile("Title, if other than")).fill("From the quays")
    later = clock.now() + timedelta(days=1)
    schedule(page, later)
    public = page.context.new_page()
    public.goto(served.url)
    expect(public.locator("main")).not_to_contain_text("From the quays")
    make_due(served.edition)
    publish_and_expire_due()
    public.reload()
    expect(public.locator("main")).to_contain_text("From the quays")


@pytest.mark.row("ART-12")
def test_a_live_post_appears_in_an_open_page(seat, served):
    article = make.make_article(served.world, "Live", kind="live", at=NOON, fields={"live_starts_at": NOON})
    visitor = seat(name="Reader")
    reader = visitor.open(path_of(article))
    page = seat("Editors").open(f"/editor/desk/articles/{article.pk}/live/")
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("The gates are shut.", delay=20)
    page.wait_for_timeout(600)  # the editor hands its text over a moment after the last key
    page.get_by_role("button", name="Post now").click()
    expect(page.locator(".messages")).to_contain_text("The post is public.")
    reader.wait_for_selector("[data-live-bar]:not([hidden])", timeout=40_000)
    reader.locator("[data-live-show]").click()
    expect(reader.locator(".post")).to_contain_text("The gates are shut.")
    visitor.faults.clear()  # this server has no stream, so the page asks for posts instead, which the console tells

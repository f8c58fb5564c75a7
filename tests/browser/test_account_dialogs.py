"""Pages of accounts as dialogs on the page they were opened from, and as pages of their own (PAGE-01, ACC-02)."""

import re
import zipfile

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from broadsheet.readers.models import Reader
from tests.factories.policies import put_in_force

pytestmark = [pytest.mark.browser, pytest.mark.row("PAGE-01")]
PASSWORD = "a long enough password"


@pytest.fixture
def ada(served):
    reader = Reader.objects.create_user("ada@paper.example", PASSWORD, display_name="Ada Vane")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    return reader


def open_login(page):
    link = page.locator(".reader a", has_text="Log in")
    link.focus()
    page.keyboard.press("Enter")
    box = page.locator("dialog[open]")
    expect(box.get_by_role("heading", level=1)).to_be_visible()
    return box


def fill(box, password=PASSWORD):
    box.locator("input[type=email]").fill("ada@paper.example")
    box.locator("input[type=password]").fill(password)
    box.locator("input[type=password]").press("Enter")


def test_the_dialog_is_labelled_by_its_title_and_gives_the_focus_back(visit, served):
    page = visit(served.path())
    box = open_login(page)
    title = box.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_role("dialog", name=title)).to_be_visible()
    expect(box.locator("input[type=email]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".reader a", has_text="Log in")).to_be_focused()
    assert page.url == served.url + served.path()


def test_errors_are_shown_in_the_dialog_and_gone_to(visit, ada, served):
    page = visit(served.path())
    box = open_login(page)
    fill(box, "another long password")
    expect(box.locator("[data-errors]")).to_be_focused()
    expect(box.locator("[data-errors]")).to_have_attribute("role", "alert")
    assert page.locator("h1").first.inner_text() == "The news of the day"


def test_after_logging_in_the_page_behind_shows_the_reader(visit, ada, served):
    page = visit(served.path())
    fill(open_login(page))
    expect(page.locator("dialog[open]")).to_have_count(0)
    menu = page.locator(".reader-menu")
    expect(menu.locator("summary")).to_contain_text("Ada Vane")
    expect(menu.locator("summary")).to_be_focused()
    assert page.url == served.url + served.path()
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="My data")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="My data")).to_be_hidden()


def test_a_known_reader_is_shown_on_every_page_and_logs_out_there(visit, ada, served):
    page = visit(served.path())
    fill(open_login(page))
    page.locator(".reader-menu").wait_for()
    page.goto(served.url + "/fr/")
    page.locator(".reader-menu summary").click()
    assert page.locator(".reader-menu a").first.get_attribute("href").startswith("/fr/accounts/")
    page.locator(".reader-menu button").click()
    page.wait_for_url(re.compile("/fr/$"))
    expect(page.locator(".reader a")).to_have_count(2)
    assert "broadsheet_reader" not in {cookie["name"] for cookie in page.context.cookies()}


def test_the_back_button_leads_through_the_dialog_and_out(visit, served):
    page = visit(served.path())
    first = open_login(page).get_by_role("heading", level=1).inner_text()
    page.locator("dialog a", has_text="Forgot your password?").last.click()
    expect(page.locator("dialog h1")).not_to_have_text(first)
    page.go_back()
    expect(page.locator("dialog h1")).to_have_text(first)
    page.go_back()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.go_forward()
    expect(page.locator("dialog h1")).to_have_text(first)
    page.reload()
    expect(page.locator("dialog h1")).to_have_text(first)
    page.locator("dialog .account-close").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == served.url + served.path()
    assert page.evaluate("history.state") is None


@pytest.mark.row("ACC-08", "ACC-10")
def test_from_the_gate_one_s_data_are_taken_along_before_deleting(visit, ada, served):
    put_in_force(served.edition, "privacy")
    page = visit(served.path())
    fill(open_login(page))
    page.locator(".reader-gate a").click()
    box = page.locator("dialog[open]")
    box.get_by_role("link", name="click here to delete your account").click()
    box.get_by_role("link", name="Take your data along first").click()
    box.get_by_role("button", name="Download everything").click()
    page.get_by_role("heading", name="Is it you?").wait_for()  # as a page: a file can't come into a dialog
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.get_by_role("heading", name="My data").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download everything").click()
    assert zipfile.is_zipfile(download.value.path())
    page.goto(served.url + served.path())
    page.locator(".reader-gate a").click()
    box.get_by_role("link", name="click here to delete your account").click()
    box.get_by_role("link", name="Take your data along first").click()
    with page.expect_download() as download:
        box.get_by_role("button", name="Download everything").click()
    assert zipfile.is_zipfile(download.value.path())
    expect(box.get_by_role("heading", level=1)).to_have_text("My data")


@pytest.mark.row("ACC-01")
def test_an_error_leads_to_its_field_and_leaves_what_was_typed(visit, served):
    page = visit(served.path())
    box = open_login(page)
    box.get_by_role("link", name="Register").last.click()
    name = box.locator("input[name=display_name]")
    name.fill("Moderator")
    box.locator("input[type=email]").fill("ada@paper.example")
    box.locator("input[type=password]").fill(PASSWORD)
    box.get_by_role("button", name="Register").click()
    box.locator("[data-errors] a", has_text="name").click()
    expect(name).to_be_focused()
    expect(name).to_have_value("Moderator")
    assert page.url == served.url + served.path()


def test_what_the_dialog_could_not_send_is_sent_by_the_same_button(visit, ada, served):
    Reader.objects.update(avatar="none.webp")
    page = visit(served.path(), quiet=False)
    fill(open_login(page))
    page.locator(".reader-menu summary").click()
    page.evaluate("document.querySelector('.reader-menu a').dataset.dialog = ''")
    page.locator(".reader-menu a").first.click()
    address = "**/accounts/profile/picture/"
    page.route(address, lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.locator("dialog").get_by_role("button", name="Remove the picture").click()
    page.wait_for_url("**/accounts/profile/")
    expect(page.get_by_text("Your picture was removed.")).to_be_visible()
    assert Reader.objects.get().avatar == ""


def test_what_was_sent_is_not_sent_again_where_its_answer_can_t_be_shown(visit, ada, served):
    page = visit(served.path(), quiet=False)
    box = open_login(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("() => { DOMParser.prototype.parseFromString = () => { throw new Error('none') } }")
    with page.expect_event("pageerror"):
        fill(box, "another long password")
    page.wait_for_timeout(300)
    assert len(sent) == 1


def test_a_password_can_be_looked_at_and_is_sent_as_one(visit, served):
    page = visit("/accounts/login/")
    field = page.locator("#id_password")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")


def test_without_scripts_the_links_are_pages_that_lead_back(visit, ada, served):
    page = visit(served.path(), java_script_enabled=False)
    page.locator(".reader a", has_text="Log in").click()
    assert "/accounts/login/?next=" in page.url
    fill(page.locator("main"))
    page.wait_for_url(served.url + served.path())


def test_visitors_cause_no_request_about_themselves(visit, served):
    page = visit("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.url + served.path())
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith("/me/")]
    assert page.context.cookies() == []

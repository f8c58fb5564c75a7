"""After logging out nothing is shown by the back button; who left comes back by the link (ACC-02, ACC-07)."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from broadsheet.kernel import clock
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.models import Reader
from tests.readers.entrance import last_link

pytestmark = [pytest.mark.browser, pytest.mark.row("ACC-02")]
PASSWORD = "a long enough password"


@pytest.fixture
def ada(served: Any) -> Reader:
    reader = Reader.objects.create_user("ada@paper.example", PASSWORD, display_name="Ada Vane")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    return reader


def log_in(page: Page, box: str) -> None:
    page.locator(f"{box} input[type=email]").fill("ada@paper.example")
    page.locator(f"{box} input[type=password]").fill(PASSWORD)
    page.locator(f"{box} input[type=password]").press("Enter")


def log_out(page: Page, front: str) -> None:
    page.locator(".reader-menu summary").click()
    page.locator(".reader-menu button").click()
    page.wait_for_url(re.compile(re.escape(front) + "$"))
    expect(page.locator(".reader a", has_text="Log in")).to_be_visible()


def test_the_back_button_shows_nothing_of_who_logged_out(visit, served, ada):
    page = visit("/accounts/login/?next=/accounts/profile/")
    log_in(page, "main")
    expect(page.locator("main")).to_contain_text(ada.public_id)
    page.goto(served.url + "/accounts/my-data/")
    expect(page.locator("main")).to_contain_text("ada@paper.example")
    page.goto(served.url + served.path())
    expect(page.locator(".reader-menu summary")).to_contain_text("Ada Vane")
    page.goto(served.url + "/")
    page.locator(".reader-menu").wait_for()
    log_out(page, served.url + "/")
    seen = []
    for _step in range(4):
        page.go_back()
        page.wait_for_load_state("networkidle")
        seen.append(page.url)
        expect(page.locator("body")).not_to_contain_text("Ada Vane")
        expect(page.locator("body")).not_to_contain_text("ada@paper.example")
        expect(page.locator("body")).not_to_contain_text(ada.public_id)
    assert len({*seen}) > 1


def test_where_no_cookie_is_kept_the_dialog_says_so(visit, served, ada):
    page = visit("/", quiet=False)
    page.add_init_script("const ask = fetch; window.fetch = (at, how) => ask(at, { ...how, credentials: 'omit' });")
    page.goto(served.url + served.path())
    page.locator(".reader a", has_text="Log in").click()
    log_in(page, "dialog[open]")
    expect(page.locator("dialog[open]")).to_contain_text("cookies are switched off")


@pytest.mark.row("ACC-07")
def test_the_mailed_link_restores_a_deleted_account(visit, served, ada):
    delete_account(reader_id=ada.pk, edition="en", now=clock.now())
    page = visit(last_link("deleted"))
    page.get_by_role("button", name="Restore the account").click()
    expect(page.locator("main")).to_contain_text("Your account is restored")
    ada.refresh_from_db()
    assert ada.is_active

"""Both branches of a log-in by a provider, in a real browser, at a real provider."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Page, expect

from broadsheet.readers.models import Reader
from tests.readers.provider import Provider, connect, running_provider

pytestmark = [pytest.mark.browser, pytest.mark.row("ACC-04"), pytest.mark.django_db(transaction=True)]
PASSWORD = "seven lanterns on the quay"


@pytest.fixture
def city(settings: Any) -> Iterator[Provider]:
    from django.core.cache import cache

    cache.clear()
    with running_provider() as provider:
        connect(settings, city=provider)
        provider.person("ada", name="Ada <b>Quay</b>", email="ada@mail.example", email_verified=True)
        yield provider


@pytest.fixture
def page(chromium: Any, served: Any, city: Provider) -> Iterator[Page]:
    """A page; whatever goes wrong in the paper's own pages fails the test, as a policy that forbids a form would."""
    context = chromium.new_context()
    made, faults = context.new_page(), []

    def note(message: Any) -> None:
        if message.type == "error" and message.location["url"].startswith(served.url):
            faults.append(message.text)

    made.on("console", note)
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.paper = served.url
    yield made
    context.close()
    assert faults == []


def go_to_the_provider(page: Page, choose: Callable[[Page], None]) -> None:
    page.goto(page.paper + "/accounts/login/")
    page.get_by_role("button", name="Log in with City").click()
    page.wait_for_url(re.compile(r"/oauth2/authorize"))
    choose(page)
    page.wait_for_url(re.compile(re.escape(page.paper)))


def agree(page: Page) -> None:
    page.locator("input[name=sub]").fill("ada")
    page.locator("input[name=sub]").press("Enter")


def inside(page: Page) -> Any:
    return page.locator("[data-account-content]")


def test_no_makes_an_account_and_leads_to_yes_and_back(page):
    go_to_the_provider(page, agree)
    expect(inside(page).get_by_role("heading", name="Registration")).to_be_visible()
    expect(inside(page).locator("a, button")).to_have_text(["Yes", "No"])
    inside(page).get_by_role("link", name="No").click()
    expect(inside(page)).to_contain_text("Hello, Ada <b>Quay</b>!")
    inside(page).get_by_role("link", name="I have a").click()
    inside(page).get_by_role("link", name="I do not have a").click()
    inside(page).get_by_label("Display name").fill("Ada Quay")
    inside(page).get_by_role("button", name="Log in").click()
    page.wait_for_url(page.paper + "/")
    assert SocialAccount.objects.get().user.display_name == "Ada Quay"
    page.goto(page.paper + "/accounts/social/")
    expect(inside(page)).to_contain_text("ada@mail.example")


def test_yes_links_after_the_own_password_and_the_next_log_in_needs_no_more(page):
    tom = Reader.objects.create_user("tom@mail.example", PASSWORD, display_name="Tom Wharf")
    EmailAddress.objects.create(user=tom, email=tom.email, verified=True, primary=True)
    go_to_the_provider(page, agree)
    inside(page).get_by_role("link", name="Yes").click()
    expect(inside(page)).to_contain_text("Hello, Ada <b>Quay</b>!")
    inside(page).get_by_label("E-mail").fill("tom@mail.example")
    inside(page).get_by_label("Password", exact=True).fill(PASSWORD)
    inside(page).get_by_role("button", name="Log in").click()
    page.wait_for_url(page.paper + "/")
    assert SocialAccount.objects.get().user == tom
    page.context.clear_cookies()
    go_to_the_provider(page, agree)
    page.goto(page.paper + "/accounts/social/")
    expect(inside(page)).to_contain_text("ada@mail.example")


def test_whoever_denies_comes_back_to_a_page_that_says_so(page):
    go_to_the_provider(page, lambda at: at.get_by_role("button", name="Deny").click())
    expect(inside(page)).to_contain_text("chose not to go on")
    expect(inside(page).get_by_role("button", name="Log in with City")).to_be_visible()

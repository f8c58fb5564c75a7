"""Each way in, begun in the dialog on an article's page, ends on that article with its reader known (ACC-02, ACC-04)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Locator, Page, expect

from broadsheet.readers.models import Reader
from tests.readers.provider import Provider, connect, running_provider

pytestmark = [pytest.mark.browser, pytest.mark.row("ACC-02"), pytest.mark.row("PAGE-01")]
PASSWORD = "a long enough password"


@pytest.fixture
def ada(served: Any) -> Reader:
    reader = Reader.objects.create_user("ada@paper.example", PASSWORD, display_name="Ada Vane")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    return reader


def open_login(page: Page) -> Locator:
    page.locator(".reader a", has_text="Log in").click()
    box = page.locator("dialog[open]")
    expect(box.get_by_role("heading", level=1)).to_be_visible()
    return box


def give_password(box: Locator) -> None:
    box.locator("input[type=email]").fill("ada@paper.example")
    box.locator("input[type=password]").fill(PASSWORD)
    box.locator("input[type=password]").press("Enter")


def is_known_on(page: Page, address: str) -> None:
    """Check that the article is shown, no dialog over it, and its reader in the menu."""
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".reader-menu summary")).to_contain_text("Ada Vane")
    assert page.url == address


def add_authenticator(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def test_a_passkey(visit, served, ada):
    page = visit("/accounts/login/?next=/accounts/2fa/webauthn/add/")
    add_authenticator(page)
    give_password(page.locator("main"))
    page.get_by_role("heading", name="Is it you?").wait_for()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Add a passkey").wait_for()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(re.compile("recovery-codes"))
    page.context.clear_cookies()
    page.goto(served.url + served.path())
    open_login(page).get_by_role("button", name="Log in with a passkey").click()
    is_known_on(page, served.url + served.path())


@pytest.mark.parametrize("kind", ["code", "recovery code"])
def test_a_second_factor(visit, served, ada, kind):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ada, secret)
    codes = RecoveryCodes.activate(ada).get_unused_codes()
    page = visit(served.path())
    box = open_login(page)
    give_password(box)
    field = box.get_by_label("Code from the app, or a recovery code")
    field.fill("000000")
    field.press("Enter")
    expect(box.locator("[data-errors]")).to_be_focused()
    now = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    field = box.get_by_label("Code from the app, or a recovery code")
    field.fill(now if kind == "code" else codes[0])
    field.press("Enter")
    is_known_on(page, served.url + served.path())


@pytest.fixture
def city(settings: Any, served: Any) -> Iterator[Provider]:
    from django.core.cache import cache

    cache.clear()
    with running_provider() as provider:
        connect(settings, city=provider)
        provider.person("ada", name="Ada Vane", email="ada@mail.example", email_verified=True)
        yield provider


@pytest.fixture
def outwards(chromium: Any, served: Any) -> Iterator[Page]:
    """A page on the article, which may leave for the provider."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served.url + served.path())
    yield page
    context.close()


def agree_at_the_provider(page: Page) -> None:
    open_login(page).get_by_role("button", name="Log in with City").click()
    page.wait_for_url(re.compile(r"/oauth2/authorize"))
    page.locator("input[name=sub]").fill("ada")
    page.locator("input[name=sub]").press("Enter")


@pytest.mark.row("ACC-04")
def test_a_known_identity(outwards, served, city, ada):
    agree_at_the_provider(outwards)
    outwards.locator("[data-account-content]").get_by_role("link", name="Yes").click()
    give_password(outwards.locator("[data-account-content]"))
    is_known_on(outwards, served.url + served.path())
    assert SocialAccount.objects.get().user == ada
    outwards.context.clear_cookies()
    outwards.goto(served.url + served.path())
    agree_at_the_provider(outwards)
    is_known_on(outwards, served.url + served.path())


@pytest.mark.row("ACC-04")
def test_an_unknown_identity_that_makes_an_account(outwards, served, city):
    agree_at_the_provider(outwards)
    inside = outwards.locator("[data-account-content]")
    inside.get_by_role("link", name="No").click()
    inside.get_by_role("button", name="Log in").click()
    is_known_on(outwards, served.url + served.path())
    assert SocialAccount.objects.get().user.display_name == "Ada Vane"

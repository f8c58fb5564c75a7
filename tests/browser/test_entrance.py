"""The entrance in a real browser: the captcha that asks nothing, and passkeys."""

import re
import time
from typing import Any

import pytest

from broadsheet.readers.models import Reader
from tests.readers.entrance import PASSWORD, last_link

pytestmark = [pytest.mark.browser, pytest.mark.row("ACC-01"), pytest.mark.row("ACC-02")]


def register(page: Any) -> None:
    page.get_by_label("E-mail").fill("reader@mail.example")
    page.get_by_label("Display name").fill("Tom Wharf")
    page.locator("input[name=password1]").fill(PASSWORD)
    time.sleep(2)
    page.locator("main form").get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="Check your mail").wait_for()


def log_in(page: Any) -> None:
    page.get_by_label("E-mail").fill("reader@mail.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_the_captcha_is_solved_while_one_types_and_asks_nothing(visit, served):
    page = visit("/accounts/register/")
    assert page.locator("[data-captcha-question]").is_hidden()
    register(page)
    assert Reader.objects.get().display_name == "Tom Wharf"


def test_without_script_the_question_stands_there(visit, served):
    page = visit("/accounts/register/", java_script_enabled=False)
    assert page.locator("[data-captcha-question]").is_visible()
    assert page.locator(".account-trap").bounding_box()["width"] <= 1


def test_where_the_challenge_can_t_be_had_the_question_comes_back(visit, served):
    page = visit("/accounts/register/", quiet=False)
    page.route("**/accounts/challenge/**", lambda route: route.abort())
    page.get_by_label("E-mail").fill("reader@mail.example")
    page.locator("[data-captcha-question]").wait_for(state="visible")
    answer = page.locator("input[name=answer]")
    assert answer.get_attribute("required") is not None


def test_a_reader_adds_a_passkey_and_logs_in_with_it_alone(visit, served):
    page = visit("/accounts/register/")
    register(page)
    page.goto(served.url + last_link("confirm"))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("heading", name="Your address is confirmed").wait_for()
    page.goto(served.url + "/accounts/login/?next=/accounts/2fa/webauthn/add/")
    log_in(page)
    page.get_by_role("heading", name="Is it you?").wait_for()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    page.get_by_role("heading", name="Add a passkey").wait_for()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(re.compile("recovery-codes"))
    page.goto(served.url + "/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.goto(served.url + "/accounts/login/?next=/accounts/sessions/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_role("heading", name="Where you are logged in").wait_for()
    assert page.get_by_text("This device").count() == 1


def test_registering_works_in_the_dialog_of_a_public_page_as_well(visit, served):
    page = visit(served.path())
    page.locator(".reader a", has_text="Register").click()
    box = page.locator("dialog[open]")
    box.get_by_label("E-mail").fill("reader@mail.example")
    box.get_by_label("Display name").fill("Tom Wharf")
    box.locator("input[name=password1]").fill(PASSWORD)
    assert box.locator("[data-captcha-question]").is_hidden()
    time.sleep(2)
    box.get_by_role("button", name="Register").click()
    box.get_by_role("heading", name="Check your mail").wait_for()
    assert Reader.objects.count() == 1

"""Mails as they go out: RFC 5322, 2046, 2047, 3834, 8058."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.mail import BadHeaderError
from hypothesis import given
from hypothesis import strategies as some

from broadsheet.newsroom.queries.editions import edition_by_code, forget_editions
from broadsheet.notifications.engines.compose import Letter, sender, write
from broadsheet.notifications.rules.addresses import recipient
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db]
AT = datetime(2026, 11, 28, 20, 5, tzinfo=UTC)
NAMES = ("Ada", "أمينة القاسم", "Zoë “the Editor”", "a" * 300)


@pytest.fixture
def english():
    make_edition(name="The Courier", contact_address="desk@courier.example", privacy_address="privacy@courier.example")
    return edition_by_code("en")


def mail(edition, *, language="en", to="ada@reader.example", unsubscribe_url="", **values):
    values = {"name": "Ada", "link": "https://courier.example/confirm/x?y=1&z=2", **values}
    letter = Letter("letter", recipient(to), language, edition, values, unsubscribe_url)
    data = write(letter, message_id="<0123@courier.example>", at=AT)
    return data, message_from_bytes(data, policy=default)


def test_a_mail_has_text_and_html_and_says_that_no_person_wrote_it(english, settings):
    settings.DEFAULT_FROM_EMAIL = "newsroom@courier.example"
    _data, found = mail(english)
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert found["Subject"] == "News for Ada"
    assert found["From"].addresses[0].addr_spec == "newsroom@courier.example"
    assert found["From"].addresses[0].display_name == "The Courier"
    assert found["Reply-To"] == "desk@courier.example"
    assert found["To"] == "ada@reader.example"
    assert found["Message-ID"] == "<0123@courier.example>"
    assert found["Date"].datetime == AT
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["MIME-Version"] == "1.0"
    assert found["List-Unsubscribe"] is None
    text = found.get_body(("plain",)).get_content()
    assert "Hello, Ada! https://courier.example/confirm/x?y=1&z=2" in text, "nothing is escaped in plain text"
    assert "privacy@courier.example" in text
    html = found.get_body(("html",)).get_content()
    assert "https://courier.example/confirm/x?y=1&amp;z=2" in html


def test_the_sender_may_have_a_name_of_its_own(english, settings):
    settings.DEFAULT_FROM_EMAIL = "Night Desk <night@courier.example>"
    assert mail(english)[1]["From"] == "Night Desk <night@courier.example>"
    assert sender() == "night@courier.example"


@pytest.mark.parametrize("setting", ["newsroom@bücher.example", "Bücher <newsroom@bücher.example>"])
def test_a_sender_may_have_an_international_domain(english, settings, setting):
    settings.DEFAULT_FROM_EMAIL = setting
    data, found = mail(english)
    assert found["From"].addresses[0].addr_spec == sender() == "newsroom@xn--bcher-kva.example"
    assert found["From"].addresses[0].display_name == ("Bücher" if "<" in setting else "The Courier")
    assert data.isascii()


@pytest.mark.row("ACC-05")
@pytest.mark.parametrize(
    "purpose", ["recover", "already", "linked", "unlinked", "changed", "deleted", "confirm", "contact", "policy"]
)
def test_a_name_is_isolated_from_what_stands_around_it(english, purpose):
    name = "عمر \u202eabc\u2069"
    values = dict.fromkeys(("link", "recover", "sessions", "identities", "deadline", "user_id", "email", "text"), "x")
    more = {"name": name, "what": "device", "hours": 4, "policy": {"effective_at": AT}}
    letter = Letter(purpose, recipient("a@b.example"), "en", english, {**values, **more})
    found = message_from_bytes(write(letter, message_id="<1@courier.example>", at=AT), policy=default)
    text = found.get_body(("plain",)).get_content()
    assert "\u2068عمر abc\u2069" in text
    html = found.get_body(("html",)).get_content()
    assert f"<bdi>{name}</bdi>" in html or "\u2068عمر abc\u2069" in html


def test_one_click_unsubscribes_where_that_is_offered(english):
    address = "https://courier.example/accounts/unsubscribe/" + "x" * 150 + "/"
    data, found = mail(english, unsubscribe_url=address)
    assert found["List-Unsubscribe"].strip() == f"<{address}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<{address}>".encode() in data, "a program that reads no encoded words must find the address whole"
    assert address in found.get_body(("plain",)).get_content()
    assert address in found.get_body(("html",)).get_content()


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_the_frame_speaks_the_readers_language_and_runs_its_way(english, language, direction):
    html = mail(english, language=language)[1].get_body(("html",)).get_content()
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert f'lang="{language}" dir="{direction}" style=' in html, "programs that throw <html> away keep the element"
    assert f"text-align:{'right' if direction == 'rtl' else 'left'}" in html


def test_the_html_loads_nothing_and_is_made_for_phones_and_the_dark(english):
    html = mail(english)[1].get_body(("html",)).get_content()
    assert not re.search(r"<(img|link|script|iframe|form|object|video)|url\(|@import|@font-face|\bsrc=", html)
    assert 'name="viewport"' in html
    assert "prefers-color-scheme: dark" in html
    assert len(html) < 100_000, "Gmail cuts what is longer than 102 kB"


def test_the_edition_is_named_in_its_own_script(english):
    make_edition("ar", name="البريد", at_root=False)
    forget_editions()
    found = mail(edition_by_code("ar"), language="ar")[1]
    assert found["From"].addresses[0].display_name == "البريد"
    assert f"{django_settings.PUBLIC_URL}/ar/" in found.get_body(("plain",)).get_content()


@pytest.mark.parametrize("to", ['"ada the first"@reader.example', "ada@bücher.example", "a+b@reader.example"])
def test_quoted_and_international_addresses_stand_in_the_header_as_they_are_told(english, to):
    assert mail(english, to=to)[1]["To"].addresses[0].addr_spec == str(recipient(to))


@pytest.mark.parametrize("where", ["edition", "values"])
def test_an_address_for_answers_with_a_line_break_is_left_out(english, where):
    evil = "desk@courier.example\r\nBcc: eve@evil.example"
    edition = replace(english, contact_address=evil if where == "edition" else "")
    found = mail(edition, **({"reply_to": evil} if where == "values" else {}))[1]
    assert found["Bcc"] is None
    assert found["Reply-To"] is None


def test_answers_go_to_whom_the_values_name_else_to_the_newsroom(english):
    assert mail(english, reply_to="ada@bücher.example")[1]["Reply-To"] == "ada@xn--bcher-kva.example"
    assert mail(english)[1]["Reply-To"] == "desk@courier.example"


def test_a_line_break_in_the_senders_address_is_refused(english, settings):
    settings.DEFAULT_FROM_EMAIL = "newsroom@courier.example\r\nBcc: eve@evil.example"
    try:
        found = mail(english)[1]
    except (BadHeaderError, ValueError):
        return
    assert found["Bcc"] is None


@given(
    some.one_of(
        some.sampled_from(NAMES),
        some.text(some.characters(exclude_categories=["Cs"]), max_size=200),
        some.text("ab \r\n\t:\u2028\u0085é", max_size=60).map("Bcc: eve@evil.example\r\n".__add__),
    )
)
def test_whatever_a_person_writes_stays_in_its_header_and_every_line_is_short_ascii(english, name):
    data, found = mail(replace(english, contact_address=""), name=name)
    assert sorted(found.keys()) == sorted(
        {"Content-Type", "MIME-Version", "Subject", "From", "To", "Message-ID", "Date", "Auto-Submitted",
         "X-Auto-Response-Suppress"}
    )  # fmt: skip
    assert data.isascii()
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line or len(line) > 998]
    shown = " ".join(
        "".join(
            " " if sign in "\u2028\u2029" or ord(sign) < 32 or 127 <= ord(sign) < 160 else sign for sign in name
        ).split()
    )
    assert " ".join(found["Subject"].split()) == f"News for {shown}".strip()


def test_every_purpose_has_its_three_templates_and_a_subject_of_one_line():
    folder = Path(django_settings.PACKAGE) / "web" / "templates" / "mail"
    pages = {path.stem for path in folder.glob("*.html")} - {"frame", "button", "newsletter_content"}
    purposes = {path.name.partition(".")[0] for path in folder.glob("*.subject.txt")}
    assert purposes
    assert pages == purposes
    for purpose in purposes:
        for end in (".subject.txt", ".txt", ".html"):
            assert (folder / f"{purpose}{end}").is_file(), f"{purpose}{end} is missing"
        assert (folder / f"{purpose}.subject.txt").read_text(encoding="utf-8").rstrip("\n").count("\n") == 0, purpose
        base = "newsletter" if purpose == "newsletter-test" else "frame"  # an issue as it is tried is as it is sent
        for end in ("txt", "html"):
            text = (folder / f"{purpose}.{end}").read_text(encoding="utf-8")
            assert f'{{% extends "mail/{base}.{end}" %}}' in text, purpose

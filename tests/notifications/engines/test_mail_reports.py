"""Reports are read out of whatever comes by mail, and nothing that comes raises (RFC 3464, RFC 5965)."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.notifications.engines.mail_reports import Report, read_report
from broadsheet.notifications.engines.return_path import numbers_in, returns_to, sender_for, token_of
from broadsheet.notifications.models import ReturnKind
from tests.notifications.reports import bounce, complaint

pytestmark = pytest.mark.row("NOT-02")


def original(number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["X-Return-Token"] = "News", token_of(number)
    return mail


def envelope(number: int) -> tuple[str, str]:
    return f"bounces+{token_of(number)}@courier.example", "ada@reader.example"


REPORTS = [
    bounce(envelope(7), original(7)),
    complaint(envelope(7), original(7), to="feedback@courier.example"),
    bounce(envelope(7), original(7), action="delayed", status="4.4.1"),
]


def test_capital_letters_and_the_original_alone_are_enough():
    assert read_report(bounce((envelope(7)[0].upper(), "x"), EmailMessage())) == Report(7, ReturnKind.HARD, "5.1.1")
    assert read_report(bounce(("bounces@courier.example", "x"), original(7))) == Report(7, ReturnKind.HARD, "5.1.1")


def test_a_whole_mail_may_be_returned_instead_of_its_headers():
    data = bounce(("bounces@courier.example", "x"), original(7)).replace(b"text/rfc822-headers", b"message/rfc822")
    assert read_report(data) == Report(7, ReturnKind.HARD, "5.1.1")


def test_of_two_mails_nobody_knows_which_is_meant():
    assert read_report(bounce(envelope(7), original(8))) is None


def test_a_complaint_that_is_taken_back_is_none():
    assert read_report(complaint(envelope(7), original(7), to="f@courier.example", kind="not-spam")) is None
    assert read_report(complaint(envelope(7), original(7), to="f@courier.example", kind="Abuse")).kind == "complaint"


def test_of_several_recipients_the_worst_counts():
    data = bounce(envelope(7), original(7), action="failed", status="4.2.2")
    more = b"\r\n\r\nFinal-Recipient: rfc822; x\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--=-returned-=-\r\nContent-Type: text/rfc"
    data = data.replace(b"\r\n--=-returned-=-\r\nContent-Type: text/rfc", more, 1)
    assert read_report(data) == Report(7, ReturnKind.HARD, "5.1.1")


@given(st.integers(1, 10**17))
def test_a_token_names_its_mail_and_fits_an_address(number):
    assert numbers_in(f"x bounces+{token_of(number).upper()}@y") == [number]
    assert len(token_of(number)) <= 39


@given(st.integers(1, 10**9), st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=20, max_size=20))
def test_a_made_up_token_names_nothing(number, mac):
    assert numbers_in(f"bounces+{number}-{mac}@courier.example") == []


@given(st.integers(1, 10**9))
def test_a_token_of_one_mail_is_none_of_another(number):
    assert numbers_in(f"{number + 1}-{token_of(number).partition('-')[2]}") == []


@given(st.binary(max_size=2000))
def test_nothing_is_reported_by_noise(data):
    assert read_report(data) is None


@given(st.sampled_from(REPORTS), st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=40)), max_size=8))
def test_a_report_with_bytes_changed_never_raises_and_names_no_other_mail(data, changes):
    for place, put in changes:
        data = data[:place] + put + data[place + len(put) :]
    found = read_report(data)
    assert found is None or found.number == 7


@pytest.mark.parametrize("data", [
    b"Content-Type: multipart/report; boundary=a\n\n" + b"--a\nContent-Type: multipart/report; boundary=a\n\n" * 3000,
    b"Content-Type: multipart/report; boundary=a\n\n" + b"--a\nContent-Type: message/rfc822\n\n" * 5000,
    b"To: " + b"1-aaaaaaaaaaaaaaaaaaaa " * 9000 + b"\nContent-Type: multipart/report; boundary=a\n\n--a\n\n",
    b"Content-Type: multipart/report; boundary=a\n\n--a\nContent-Type: message/delivery-status\n\n"
    + b"Action: failed\nStatus: 5.1.1\n\n" * 9000,
    b"Content-Type: multipart/report; boundary=\"" + b"\\" * 90_000,
    b"Content-Type: multipart/report; charset=\"utf-\xff\"; boundary==?nonsense?q?=41?=\n\n--\xff",
])  # fmt: skip
def test_hostile_mails_are_read_in_a_moment(data):
    import time

    began = time.process_time()
    assert read_report(data) is None
    assert time.process_time() - began < 2


@pytest.mark.parametrize("address", ["", "nonsense", "a" * 40 + "@courier.example", '"quo ted"@courier.example'])
def test_an_address_that_leaves_no_room_is_not_used(settings, address):
    settings.MAIL_BOUNCES = address
    assert returns_to() is None
    assert sender_for(7, "newsroom@courier.example") == "newsroom@courier.example"

"""Addresses as mail servers want them: RFC 5321 §4.1.2, IDNA."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from broadsheet.kernel.errors import Refusal
from broadsheet.notifications.rules.addresses import recipient

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.files]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ada@reader.example", "ada@reader.example"),
        (" ada@reader.example ", "ada@reader.example"),
        ("Ada+news@Reader.Example", "Ada+news@reader.example"),  # what stands before the @ is its server's own affair
        ('"ada the first"@reader.example', '"ada the first"@reader.example'),
        ('"a@b"@reader.example', '"a@b"@reader.example'),
        ('"a\\"b"@reader.example', '"a\\"b"@reader.example'),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),  # RFC 3492's own example
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@faß.example", "ada@xn--fa-hia.example"),  # another domain than fass.example since IDNA 2008
        ("ada@مثال.إختبار", "ada@xn--mgbh0fb.xn--kgbechtv"),  # IANA's test domain
        ("ada@localhost", "ada@localhost"),
    ],
)
def test_addresses_that_can_be_written_to(written, told):
    assert str(recipient(written)) == told


@pytest.mark.parametrize(
    "written",
    [
        "",
        "@",
        "ada",
        "ada@",
        "@reader.example",
        "ada@reader..example",
        "ada@reader.example.",
        "ada @reader.example",
        ".ada@reader.example",
        "ada.@reader.example",
        "a..b@reader.example",
        "ada@reader.example\r\nBcc: eve@evil.example",
        "ada\r\nBcc: eve@evil.example\r\n@reader.example",
        '"ada\r\nBcc: eve@evil.example"@reader.example',
        "ada@reader.example, eve@evil.example",
        "ada@reader.example>\r\nRCPT TO:<eve@evil.example",
        "<ada@reader.example>",
        "adà@reader.example",
        "ada@reader\u2028.example",
        "ada@-reader.example",
        "a" * 65 + "@reader.example",
        "ada@" + ".".join(["a" * 60] * 5),
    ],
)
def test_addresses_that_no_server_can_be_told(written):
    refusal = recipient(written)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "bad-address"


@given(some.one_of(some.text(), some.text(alphabet='a.@"\\\r\n <>,:;é\u0000\u2028')))
def test_whatever_is_taken_is_one_line_of_ascii_with_one_mailbox(text):
    found = recipient(text)
    if not isinstance(found, Refusal):
        assert re.fullmatch(r"[ -~]+@[a-z0-9.-]+", str(found))
        assert "@" in str(found)
        assert not re.search(r"[<>,;: ]", re.sub(r'^".*"(?=@)', "", str(found)))

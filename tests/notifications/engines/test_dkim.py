"""Mail is signed so that a mailbox which knows nothing of us finds the signature right, and any change wrong (NOT-02)."""

import base64
import smtplib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from broadsheet.kernel.errors import Refused
from broadsheet.notifications.actions.add_dkim_key import add_dkim_key
from broadsheet.notifications.engines import dkim
from broadsheet.notifications.engines.dkim import Signer, keys, new_key, signer, signer_of
from broadsheet.notifications.rules.dkim import canonical_body, canonical_field
from tests.notifications.sending import queue, send
from tests.notifications.verifying import verified

pytestmark = pytest.mark.row("NOT-02")
AT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
# RFC 8463, appendix A: a mail with two signatures, and the keys of both.
SAMPLE = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")
PUBLISHED = {
    "brisbane._domainkey.football.example.com": "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "test._domainkey.football.example.com": "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
    "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hs"
    "tT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
}
PLAIN = SAMPLE[SAMPLE.index(b"From:") :]


@pytest.fixture(scope="module")
def rsa_key() -> str:
    return new_key()


@pytest.fixture(params=["rsa", "ed25519"])
def signing(request, settings, rsa_key) -> Signer:
    settings.DEFAULT_FROM_EMAIL = "The Courier <newsroom@courier.example>"
    found = signer_of("news", rsa_key if request.param == "rsa" else new_key(short=True))
    assert found is not None
    return found


def published(found: Signer):
    return lambda name: [found.record] if name == "news._domainkey.courier.example" else []


@pytest.mark.parametrize("index", [0, 1])
def test_the_checker_of_these_tests_finds_the_samples_of_the_standard_right(index):
    assert verified(SAMPLE, lambda name: [PUBLISHED[name]], index)
    assert not verified(SAMPLE.replace(b"hungry", b"thirsty"), lambda name: [PUBLISHED[name]], index)
    assert not verified(SAMPLE.replace(b"dinner", b"supper"), lambda name: [PUBLISHED[name]], index)


def test_the_key_and_the_record_are_those_of_the_standard(settings):
    settings.DEFAULT_FROM_EMAIL = "joe@football.example.com"
    private = ed25519.Ed25519PrivateKey.from_private_bytes(
        base64.b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    )
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    found = signer_of("brisbane", pem)
    assert {**PUBLISHED, found.name: found.record} == PUBLISHED
    signed = found.sign(PLAIN, AT)
    assert b"bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=" in signed
    assert verified(signed, lambda name: [PUBLISHED[name]])


def test_a_signed_mail_is_found_right_and_every_change_wrong(signing):
    mail = PLAIN.replace(b"Subject:", b"List-Unsubscribe: <https://courier.example/x>\r\nSubject:")
    signed = signing.sign(mail, AT)
    assert signed.endswith(mail), "the mail itself stays as it was"
    assert max(map(len, signed.split(b"\r\n"))) < 100
    assert verified(signed, published(signing))
    assert verified(signed.replace(b"We lost", b"We  \t lost") + b"\r\n\r\n", published(signing)), (
        "what happens on the way"
    )
    for old, new in (
        (b"Joe.", b"Joe!"), (b"dinner", b"supper"), (b"suzie@", b"eve@"), (b"courier.example/x", b"evil.example/x"),
        (b"t=1", b"t=2"), (b"From: Joe", b"From: Eve <eve@evil.example>\r\nFrom: Joe"),
        (b"Subject: Is", b"Subject: Win\r\nSubject: Is"),
    ):  # fmt: skip
        assert old in signed
        assert not verified(signed.replace(old, new, 1), published(signing)), old
    other = signer_of("news", new_key(short=True))
    assert not verified(signed, lambda _name: [other.record])


@trying(deadline=None)
@given(
    st.text(st.characters(codec="ascii", exclude_characters="\r\n\0"), max_size=60),
    st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n\0"), max_size=60), max_size=6),
)
def test_whatever_the_mail_says_the_signature_is_right(subject, lines):
    found = dkim.Signer("courier.example", "news", ed25519.Ed25519PrivateKey.generate())
    head = f"From: a@courier.example\r\nSubject: {subject}\r\n\tand more\r\nTo: b@reader.example\r\n\r\n"
    signed = found.sign((head + "\r\n".join(lines)).encode(), AT)
    assert verified(signed, lambda _name: [found.record])


def test_the_forms_are_those_of_the_standard():
    """RFC 6376 §3.4.5, §3.4.4."""
    assert canonical_field(b"A", b" X") == b"a:X"
    assert canonical_field(b"B ", b" Y\t\r\n\tZ  ") == b"b:Y Z"
    assert canonical_body(b" C \r\nD \t E\r\n\r\n\r\n") == b" C\r\nD E\r\n"
    assert canonical_body(b"\r\n\r\n") == b"" == canonical_body(b"")
    assert canonical_body(b"x") == b"x\r\n"


@pytest.fixture
def own_file(settings, tmp_path):
    settings.DATA = tmp_path
    settings.DEFAULT_FROM_EMAIL = "newsroom@courier.example"
    return tmp_path / "dkim.key"


def test_a_key_is_made_once_for_its_owner_alone_and_others_are_kept(own_file, settings):
    one = add_dkim_key(selector="a1")
    assert one.made
    assert one.name == "a1._domainkey.courier.example"
    assert one.record.startswith("v=DKIM1; k=rsa; p=MIIB")
    assert own_file.stat().st_mode & 0o777 == 0o600
    two = add_dkim_key(selector="b.2", short=True)
    assert not add_dkim_key(selector="a1").made
    assert add_dkim_key(selector="a1").record == one.record
    assert set(keys()) == {"a1", "b.2"}
    settings.DKIM_SELECTOR = "B.2"
    assert signer().record == two.record
    settings.DKIM_SELECTOR = ""
    assert signer() is None


@pytest.mark.parametrize("selector", ["", "a b", "-a", "a.", "ä", "a" * 64, "../x", "a\nb"])
def test_a_selector_that_is_no_name_is_refused(own_file, selector):
    with pytest.raises(Refused):
        add_dkim_key(selector=selector)
    assert not own_file.exists()


def test_a_damaged_key_signs_nothing_and_is_said(own_file, settings):
    add_dkim_key(selector="a1", short=True)
    own_file.write_text(own_file.read_text().replace("MC4C", "MC4D"))
    settings.DKIM_SELECTOR = "a1"
    assert signer() is None
    with pytest.raises(Refused):
        add_dkim_key(selector="a1")


@pytest.mark.django_db(transaction=True)
def test_what_the_mail_server_gets_is_signed_and_without_a_key_it_goes_unsigned(paper, settings, almanac, monkeypatch):
    taken = []
    real = smtplib.SMTP.send
    monkeypatch.setattr(smtplib.SMTP, "send", lambda self, data: (taken.append(data), real(self, data))[1])
    settings.DKIM_SELECTOR, settings.MAIL_BOUNCES = "news", "bounces@courier.example"
    queue("unsigned", purpose=almanac)
    send()
    assert paper.mails[0]["DKIM-Signature"] is None
    made = add_dkim_key(selector="news")
    queue("one", purpose=almanac, values={"name": "آدا Ada", "link": ".\n..\n" + "x" * 900})
    send()
    data = next(one for one in reversed(taken) if isinstance(one, bytes) and b"DKIM-Signature" in one)
    assert verified(data.replace(b"\r\n..", b"\r\n."), lambda _name: [made.record])
    told = "".join(str(paper.mails[1]["DKIM-Signature"]).split())
    for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "From", "Message-ID", "X-Return-Token"):
        assert f"{name}:" in told or f":{name}" in told
    dkim.key_file().unlink()

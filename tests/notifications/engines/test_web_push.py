"""Encryption and tokens by the standards' own examples, and read by somebody else."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.config.env import new_push_key
from broadsheet.notifications.engines import web_push
from tests.notifications.push_sink import Browser, decrypted, unb64

pytestmark = pytest.mark.row("NOT-01")

# RFC 8291, section 5 and appendix A.
MESSAGE = b"When I grow up, I want to be a watermelon"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
RECEIVER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RECEIVER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(number: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unb64(number), "big"), ec.SECP256R1())


def test_the_standards_example_comes_out_byte_for_byte():
    body = web_push.encrypted(
        MESSAGE, p256dh=unb64(RECEIVER_PUBLIC), auth=unb64(AUTH), salt=unb64(SALT), private=private(SENDER_PRIVATE)
    )
    assert web_push.b64(body) == BODY
    assert decrypted(body, private(RECEIVER_PRIVATE), unb64(AUTH)) == MESSAGE, "the sink reads the same standard"


@given(st.binary(max_size=web_push.LONGEST))
def test_whatever_fits_arrives_and_no_two_bodies_are_alike(message):
    browser = Browser("https://push.example/x")
    point, auth = unb64(browser.keys["p256dh"]), unb64(browser.keys["auth"])
    first, second = (web_push.encrypted(message, p256dh=point, auth=auth) for _time in range(2))
    assert first[:86] != second[:86]
    assert len(first) <= 4096
    assert decrypted(first, browser.private, browser.auth).rstrip(b"\0") == message.rstrip(b"\0")


def test_one_byte_more_than_push_services_take_is_refused():
    browser = Browser("https://push.example/x")
    with pytest.raises(ValueError, match="at most"):
        web_push.encrypted(bytes(web_push.LONGEST + 1), p256dh=unb64(browser.keys["p256dh"]), auth=browser.auth)


@pytest.mark.parametrize("point", [b"", b"\5" * 65, b"\4" + bytes(64), b"\2" + bytes(32), b"\4" * 66])
def test_what_lies_on_no_curve_is_no_key(point):
    assert not web_push.is_point(point)


def test_the_token_says_who_sends_to_whom_and_lasts_less_than_a_day(settings):
    settings.PUSH_KEYS = (new_push_key(),)
    [key] = web_push.server_keys()
    now = 1_800_000_000.0
    header = web_push.authorization(key, origin="https://push.example", contact="mailto:a@courier.example", now=now)
    token, public = (part.partition("=")[2] for part in header.removeprefix("vapid ").split(", "))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(public))
    claims = jwt.decode(token, point, ["ES256"], audience="https://push.example", options={"verify_exp": False})
    assert claims["sub"] == "mailto:a@courier.example"
    assert now + 3600 < claims["exp"] <= now + 86_400
    again = {"origin": "https://push.example", "contact": "mailto:a@courier.example"}
    assert web_push.authorization(key, **again, now=now + 3600) == header, "one token serves for hours"
    assert web_push.authorization(key, **again, now=now + 12 * 3600) != header
    assert web_push.authorization(key, **again, now=now - 86_400) != header, "a clock that was put back"
    assert web_push.authorization(key, origin="https://other.example", contact="", now=now) != header


def test_a_damaged_key_is_left_out_and_the_others_serve(settings):
    good = new_push_key()
    settings.PUSH_KEYS = ("not a key!", good, "AAAA", "_" * 43)
    assert len(web_push.server_keys()) in {1, 2}
    assert web_push.server_key(web_push.server_keys()[0].public) is not None

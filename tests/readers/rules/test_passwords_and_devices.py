"""Passwords that others would try first; devices in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.rules.devices import device_family
from broadsheet.readers.rules.passwords import context_word, is_pattern

pytestmark = [pytest.mark.row("ACC-01"), pytest.mark.files]
WORDS = ("The Estuary", "Estuary", "estuary.example", "reader@mail.example", "reader", "Tom Wharf")


@pytest.mark.parametrize(
    "password",
    [
        "The Estuary 2026",
        "estuaryestuary!!",
        "Tom-Wharf-Tom-Wharf",
        "readerreader1234",
        "ＴｏｍＷｈａｒｆ12345",
        "reader@mail.example",
    ],
)
def test_the_paper_s_names_and_one_s_own_are_not_enough(password):
    assert context_word(password, WORDS)


@pytest.mark.parametrize(
    "password", ["Tom Wharf sails at dawn again", "seven lanterns on the quay", "a reader of old maps"]
)
def test_they_may_stand_in_a_longer_one(password):
    assert context_word(password, WORDS) == ""


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaa", "abababababababab", "password!password!", "123456789012345", "abcdefghijklmnop", "ponmlkjihgfedcba",
     "qwertyuiopasdfgh", "1q1q1q1q1q1q1q1q", "111122223333111"],
)  # fmt: skip
def test_patterns_are_known(password):
    assert is_pattern(password)


@pytest.mark.parametrize(
    "password", ["seven lanterns on the quay", "x7#kQ9!vLm2@pRt", "пять старых кораблей", "سبعة فوانيس على الرصيف"]
)
def test_no_rule_of_composition_stands_in_the_way(password):
    assert not is_pattern(password)


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(password):
    is_pattern(password)
    context_word(password, WORDS)


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"


@pytest.mark.row("ACC-02")
@pytest.mark.parametrize(
    ("said", "family"),
    [
        (FIREFOX, ("Firefox", "Linux")), (CHROME, ("Chrome", "Android")), (SAFARI, ("Safari", "iPhone")), (EDGE, ("Edge", "Windows")),
        (MAC, ("Safari", "macOS")), ("", ("", "")), ("curl/8.5", ("", "")), ("x" * 100_000, ("", "")),
    ],
)  # fmt: skip
def test_devices_are_told_by_family(said, family):
    assert device_family(said) == family

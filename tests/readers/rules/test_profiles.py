"""What a network tells comes in any kind and length; what is used of it is short, visible and harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.rules.profiles import read_profile, readable, usable_picture
from broadsheet.readers.rules.ways_in import WaysIn, why_not_unlink

pytestmark = [pytest.mark.row("ACC-05"), pytest.mark.files]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=200),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["name", "first_name", "last_name", "username", "email", "picture"])


@given(st.dictionaries(FIELDS, ANYTHING), ANYTHING)
def test_whatever_is_told_gives_a_profile_that_can_be_shown(told, vouched):
    profile = read_profile("city", "1", told, vouched=vouched)
    assert len(profile.name) <= 60
    assert profile.name == profile.name.strip()
    assert all(unicodedata.category(sign)[0] != "C" for sign in profile.name)
    assert not profile.name or any(unicodedata.category(sign)[0] in "LNPS" for sign in profile.name)
    assert profile.picture == "" or profile.picture.startswith(("https://", "http://"))
    assert not profile.vouched or (profile.email and (vouched is True or vouched == "true"))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"name": "Ada Quay"}, "Ada Quay"),
        ({"first_name": "Ada", "last_name": "Quay", "username": "ada"}, "Ada Quay"),
        ({"name": " \u200b", "first_name": "Ada"}, "Ada"),
        ({"username": "ada77"}, "ada77"),
        ({"name": "  Ada \n\t Quay  "}, "Ada Quay"),
        ({"name": "\u202eyauQ\u202c"}, "yauQ"),
        ({"name": "آدا رصيف"}, "آدا رصيف"),
        ({"name": "李"}, "李"),
        ({"name": "👩"}, "👩"),
        ({}, ""),
    ],
)
def test_the_name_is_the_best_that_can_be_read(told, name):
    assert read_profile("city", "1", told).name == name


def test_a_name_of_the_longest_is_cut_and_one_of_nothing_empty():
    assert readable("a" * 5_000) == "a" * 60
    assert readable("\u0300\u0301") == ""


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:image/png;base64,x", "//x.example/a", "ftp://x.example/a", "https://x/\n", "", None, 3,
     "https://x/" + "a" * 3_000, "https://x.example/a b"],
)  # fmt: skip
def test_a_picture_is_an_address_on_the_web_or_none(address):
    assert usable_picture(address) == ""


@pytest.mark.row("ACC-04")
@given(st.booleans(), st.integers(0, 3), st.integers(0, 3))
def test_an_identity_goes_only_where_another_way_in_is_left(password, passkeys, identities):
    refusal = why_not_unlink(WaysIn(password, passkeys, identities))
    assert (refusal is None) == (password or passkeys > 0 or identities > 0)

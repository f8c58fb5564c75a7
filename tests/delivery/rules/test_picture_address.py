"""The address of a picture says what it shows and can't be forged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.rules.picture_address import PictureAddress, fitted, format_address, parse_address

KEY = b"k" * 32
GOOD = PictureAddress(public_id=1000000123, crop=(0, 10, 1600, 910), width=800, height=450, quality=72, ext="webp")


@st.composite
def addresses(draw: st.DrawFn) -> PictureAddress:
    """Any address that can be made."""
    x0, y0 = draw(st.integers(0, 20_000)), draw(st.integers(0, 20_000))
    wide, high = draw(st.integers(1, 20_000)), draw(st.integers(1, 20_000))
    return PictureAddress(
        public_id=draw(st.integers(1, 10**10 - 1)),
        crop=(x0, y0, x0 + wide, y0 + high),
        width=draw(st.integers(1, min(wide, 6000))),
        height=draw(st.integers(1, min(high, 6000))),
        quality=draw(st.integers(20, 95)),
        ext=draw(st.sampled_from(["avif", "webp", "jpg"])),
    )


@pytest.mark.row("ART-04")
@given(addresses())
def test_address_written_and_read_is_the_same(address: PictureAddress) -> None:
    assert parse_address(format_address(address, KEY), KEY) == address


@pytest.mark.row("ART-04")
@given(addresses(), st.data())
def test_address_with_one_character_changed_is_refused(address: PictureAddress, data: st.DataObject) -> None:
    path = format_address(address, KEY)
    at = data.draw(st.integers(0, len(path) - 1))
    other = data.draw(st.characters(min_codepoint=32, max_codepoint=0x3FF).filter(lambda c: c != path[at]))
    assert parse_address(path[:at] + other + path[at + 1 :], KEY) is None


@pytest.mark.row("ART-04")
@given(st.text(max_size=300))
def test_any_text_is_refused_quietly(text: str) -> None:
    assert parse_address(text, KEY) is None
    assert parse_address(f"/img/{text}", KEY) is None


@pytest.mark.row("ART-04")
def test_address_has_the_written_shape() -> None:
    assert format_address(GOOD, KEY).startswith("/img/100000/01/1000000123_0:10:1600:910_800x450_72_")
    assert format_address(GOOD, KEY).endswith(".webp")


@pytest.mark.row("ART-04")
def test_address_signed_with_another_key_is_refused() -> None:
    assert parse_address(format_address(GOOD, b"x" * 32), KEY) is None


@pytest.mark.row("ART-04")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("width", 1601),
        ("height", 901),
        ("width", 0),
        ("quality", 100),
        ("ext", "png"),
        ("crop", (10, 10, 10, 20)),
        ("crop", (-1, 0, 1600, 900)),
        ("public_id", 10**10),
    ],
)
def test_address_that_would_show_too_much_cannot_be_made(field: str, value: object) -> None:
    values = {name: getattr(GOOD, name) for name in GOOD.__slots__}
    with pytest.raises(ValueError, match=r"picture|quality"):
        PictureAddress(**{**values, field: value})


@pytest.mark.row("ART-04")
@given(addresses(), st.integers(1, 10_000))
def test_fitted_is_never_larger_than_the_crop(address: PictureAddress, width: int) -> None:
    wide, high = fitted(address.crop, width)
    assert 1 <= wide <= address.crop[2] - address.crop[0]
    assert 1 <= high <= address.crop[3] - address.crop[1]

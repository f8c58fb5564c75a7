"""Pictures of readers: whatever is sent, what is kept is a small square of our own making (ACC-05)."""

import io
import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from broadsheet.kernel.errors import Refused
from broadsheet.readers.engines.avatars import draw_avatar
from tests.factories.accounts import image_bytes

pytestmark = [pytest.mark.row("ACC-05"), pytest.mark.files]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("size", [(300, 200), (1, 1), (20, 900)])
def test_every_kind_becomes_a_square_webp(kind, size):
    drawn = opened(draw_avatar(image_bytes(size, kind=kind)))
    assert (drawn.format, drawn.size) == ("WEBP", (256, 256))
    red, green, blue = drawn.convert("RGB").getpixel((128, 128))
    assert abs(red - 0x33) < 12
    assert abs(green - 0x66) < 12
    assert abs(blue - 0xCC) < 12


def test_nothing_that_came_with_the_pixels_stays():
    exif = Image.Exif()
    exif[0x010E] = "My secret garden"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    sent = image_bytes(exif=exif.tobytes(), comment=b"My secret comment", icc_profile=b"My secret profile" * 10)
    assert b"secret" in sent
    drawn = draw_avatar(sent)
    assert b"secret" not in drawn
    assert not opened(drawn).getexif()
    assert {b"EXIF", b"XMP ", b"ICCP"}.isdisjoint({drawn[at : at + 4] for at in range(12, len(drawn))})


def test_a_picture_taken_sideways_stands_upright():
    picture = Image.new("RGB", (400, 400), "#0000ff")
    picture.paste("#ff0000", (0, 0, 400, 200))
    exif = Image.Exif()
    exif[0x0112] = 3  # turned by half
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif.tobytes())
    drawn = opened(draw_avatar(out.getvalue())).convert("RGB")
    assert drawn.getpixel((128, 40))[2] > 200
    assert drawn.getpixel((128, 216))[0] > 200


def test_transparency_is_kept():
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(draw_avatar(out.getvalue())).convert("RGBA").getpixel((128, 128))[3] == 0


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_exif(exif: bytes) -> bytes:
    """Return a small PNG that carries these bytes for its EXIF data."""
    good = image_bytes((40, 30), kind="PNG")
    return good[:33] + chunk(b"eXIf", exif) + good[33:]  # after signature and IHDR


def png_of(width: int, height: int) -> bytes:
    """Return a well-formed beginning of a PNG of that size, without all of its pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "avatar-unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "avatar-unreadable"),
        (b"%PDF-1.7", "avatar-unreadable"),
        (image_bytes()[:200], "avatar-unreadable"),
        (image_bytes(kind="TIFF"), "avatar-unreadable"),
        (image_bytes(kind="BMP"), "avatar-unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000, "avatar-too-large"),
        (png_of(6325, 6325), "avatar-too-large"),  # 40.0 million and a few
        (png_of(60_000, 60_000), "avatar-too-large"),
        (png_of(2_000_000_000, 2), "avatar-too-large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_in_words(content, code):
    with pytest.raises(Refused) as refused:
        draw_avatar(content)
    assert refused.value.refusal.code == code
    assert refused.value.refusal.why
    assert refused.value.refusal.remedy


@example(b"II*\0", 0)
@given(st.binary(max_size=400), st.integers(0, 300))
def test_no_file_whatsoever_does_anything_but_become_a_square_or_be_refused(noise, place):
    good = image_bytes((40, 30), kind="PNG")
    for content in (noise, good[:place] + noise + good[place:], with_exif(noise)):
        try:
            assert opened(draw_avatar(content)).size == (256, 256)
        except Refused as refused:
            assert refused.refusal.code.startswith("avatar-")

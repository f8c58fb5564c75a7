"""Picture files as they come: sound ones are stripped and read, others refused in words."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.engines.jpeg_segments import APP13, Segment, _photoshop, iptc_record, with_iptc
from broadsheet.newsroom.engines.picture_files import take_picture
from tests.factories.newsroom import picture_bytes

pytestmark = pytest.mark.row("ART-03")
XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 photoshop:Credit="Tidewire" photoshop:DateCreated="2026-11-19T01:52:00Z" exif:GPSLatitude="51,30N">
<dc:creator><rdf:Seq><rdf:li>Jane Roe</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The gates at night</rdf:li></rdf:Alt></dc:description>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Six gates</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"""


def iptc(*fields: tuple[int, bytes], utf8: bool = True) -> bytes:
    coded = b"\x1c\x01\x5a\x00\x03\x1b%G" if utf8 else b""
    return coded + b"".join(
        bytes([0x1C, 2, number]) + struct.pack(">H", len(value)) + value for number, value in fields
    )


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        take_picture(data, name)
    assert caught.value.refusal.why
    assert caught.value.refusal.remedy
    return caught.value.refusal.code


def with_exif(**options) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    exif[0xA431] = "SERIAL-12345"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    for key, value in options.items():
        exif[int(key[1:])] = value
    return picture_bytes(exif=exif)


def test_iptc_fills_caption_and_credit():
    record = iptc(
        (120, "Die Tore schließen".encode()), (110, b"Tidewire"), (80, b"Jane Roe"), (55, b"20261119"),
        (105, b"Gates shut"), (116, "© 2025 Tidewire".encode()),
    )  # fmt: skip
    known = take_picture(with_iptc(picture_bytes(), record), "a.jpg").metadata
    assert known.caption == "Die Tore schließen"
    assert (known.agency, known.author, known.year, known.pool) == ("Tidewire", "Jane Roe", 2025, False)
    assert known.title == "Gates shut"
    assert known.taken_on.isoformat() == "2026-11-19"


def test_iptc_in_an_old_encoding_is_read():
    record = iptc((120, "Café".encode("cp1252")), utf8=False)
    assert take_picture(with_iptc(picture_bytes(), record), "a.jpg").metadata.caption == "Café"


def test_pool_is_taken_out_of_the_names():
    record = iptc((110, b"Tidewire"), (80, b"Jane Roe/Pool"))
    known = take_picture(with_iptc(picture_bytes(), record), "a.jpg").metadata
    assert (known.agency, known.author, known.pool) == ("Tidewire", "Jane Roe", True)


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")])
def test_xmp_is_read_and_left_out(kind, suffix):
    options = {"xmp": XMP}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"pnginfo": info}
    taken = take_picture(picture_bytes(kind=kind, **options), f"a.{suffix}")
    known = taken.metadata
    assert (known.caption, known.alt) == ("The gates at night", "Six gates")
    assert (known.agency, known.author, known.year) == ("Tidewire", "Jane Roe", 2026)
    assert b"GPSLatitude" not in taken.data
    assert Image.open(io.BytesIO(taken.data)).size == (320, 200)


def test_place_and_serial_number_are_stripped_and_the_caption_record_stays():
    record = iptc((110, b"Tidewire"))
    data = with_iptc(with_exif(), record)
    assert b"SERIAL-12345" in data
    taken = take_picture(data, "a.jpg")
    assert b"SERIAL-12345" not in taken.data
    assert b"Camera Maker" not in taken.data
    assert not Image.open(io.BytesIO(taken.data)).getexif()
    assert iptc_record(taken.data) == record
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(taken.data))
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_formats_are_stripped_too(kind):
    exif = Image.Exif()
    exif[0xA431] = "SERIAL-12345"
    taken = take_picture(picture_bytes(kind=kind, exif=exif), f"a.{kind.lower()}")
    assert b"SERIAL-12345" not in taken.data
    assert not Image.open(io.BytesIO(taken.data)).getexif()


def test_a_picture_taken_sideways_is_stored_upright():
    taken = take_picture(with_exif(_274=6), "a.jpg")
    assert (taken.width, taken.height) == (200, 320)
    assert not Image.open(io.BytesIO(taken.data)).getexif()


def test_broken_exif_is_no_obstacle():
    broken = Segment(0xE1, b"Exif\x00\x00MM\x00*\xff\xff\xff\xff garbage").encoded()
    data = picture_bytes()
    taken = take_picture(data[:2] + broken + data[2:], "a.jpg")
    assert (taken.width, taken.height) == (320, 200)
    assert b"garbage" not in taken.data


def test_a_broken_caption_record_says_nothing():
    broken = Segment(APP13, _photoshop(b"\x1c\x02\x78\x7f\xff only a few")).encoded()
    data = picture_bytes()
    assert take_picture(data[:2] + broken + data[2:], "a.jpg").metadata.caption == ""


def test_entities_in_xmp_are_not_resolved():
    packet = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + XMP.replace(b"The gates at night", b"&a;")
    assert "root:" not in take_picture(picture_bytes(xmp=packet), "a.jpg").metadata.caption


def png_of(width: int, height: int) -> bytes:
    """Return a PNG file whose few bytes unpack to all these pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 2) * min(height, 2000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_sixty_million_pixels_are_too_many():
    assert refusal(png_of(10_000, 6_000), "a.png") == "too-many-pixels"


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (60_000, 60_000), (1_000_000, 1_000)])
def test_decompression_bombs_are_refused_before_they_are_unpacked(width, height):
    assert refusal(png_of(width, height), "bomb.png") == "too-many-pixels"


def test_a_moving_picture_of_endless_frames_is_refused():
    frames = [Image.new("P", (1000, 1000), number % 250) for number in range(300)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert refusal(out.getvalue(), "a.gif") == "too-many-pixels"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.jpg", "empty-file"),
        (b"\x00" * 100, "a.jpg", "not-a-picture"),
        (b"<html><script>alert(1)</script>", "a.jpg", "not-a-picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg", "no-drawings"),
        (b'<?xml version="1.0"?>\n<svg onload="alert(1)"/>', "a.jpg", "no-drawings"),
        (picture_bytes(kind="PNG"), "a.jpg", "wrong-extension"),
        (picture_bytes(), "a.png", "wrong-extension"),
        (picture_bytes(), "a.exe", "wrong-extension"),
        (picture_bytes(), "noname", "wrong-extension"),
        (picture_bytes(kind="BMP"), "a.bmp", "not-a-picture"),
        (picture_bytes(2000, 1500)[:9000], "a.jpg", "damaged-picture"),
        (picture_bytes(kind="PNG")[:200], "a.png", "damaged-picture"),
        (b"\xff\xd8" + b"x" * (40 * 1024 * 1024), "a.jpg", "file-too-large"),
    ],
)
def test_unsound_files_are_refused_with_reason_and_remedy(data, name, code):
    assert refusal(data, name) == code


@given(st.binary(max_size=400), st.integers(0, 300))
def test_whatever_is_uploaded_is_taken_or_refused(noise, place):
    data = picture_bytes(64, 48)
    spoilt = data[:place] + noise + data[place + len(noise) :]
    with contextlib.suppress(Refused):
        taken = take_picture(spoilt, "a.jpg")
        Image.open(io.BytesIO(taken.data)).load()

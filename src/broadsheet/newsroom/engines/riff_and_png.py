"""Leaves private metadata out of PNG and WebP files without touching their pixels."""

import struct
from collections.abc import Iterator

PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
                      b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP"})  # fmt: skip
WEBP_LEFT_OUT = frozenset({b"EXIF", b"XMP "})
EXIF_FLAG, XMP_FLAG = 0x08, 0x04


def png_without_private_parts(data: bytes) -> bytes:
    """Return the PNG file with the chunks that draw it, and no text, time or Exif."""
    kept = [data[:8]]
    place = 8
    while place + 12 <= len(data):
        size = struct.unpack(">I", data[place : place + 4])[0]
        end = place + 12 + size
        if end > len(data):
            break
        if data[place + 4 : place + 8] in PNG_KEPT:
            kept.append(data[place:end])
        place = end
    return b"".join(kept)


def webp_without_private_parts(data: bytes) -> bytes:
    """Return the WebP file without Exif and XMP."""
    kept = []
    for name, payload in _riff(data):
        if name in WEBP_LEFT_OUT:
            continue
        body = payload
        if name == b"VP8X" and body:
            body = bytes([body[0] & ~(EXIF_FLAG | XMP_FLAG)]) + body[1:]
        kept.append(name + struct.pack("<I", len(body)) + body + (b"\x00" if len(body) % 2 else b""))
    inner = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(data):
        size = struct.unpack("<I", data[place + 4 : place + 8])[0]
        yield data[place : place + 4], data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2

"""The parts of a JPEG file before its picture data: reading them, and leaving some out without loss."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

EXIF = b"Exif\x00\x00"
XMP = (b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00")
PHOTOSHOP = b"Photoshop 3.0\x00"
IPTC_RESOURCE = 0x0404
APP1, APP2, APP13, APP14, COMMENT, SCAN = 0xE1, 0xE2, 0xED, 0xEE, 0xFE, 0xDA


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker segment: its marker byte and what follows the length."""

    marker: int
    payload: bytes

    def encoded(self) -> bytes:
        """Return the segment as it stands in a file."""
        return b"\xff" + bytes([self.marker]) + struct.pack(">H", len(self.payload) + 2) + self.payload


def segments(data: bytes) -> tuple[list[Segment], bytes]:
    """Return the segments before the first scan, and everything from it on; an odd file has no segments."""
    found: list[Segment] = []
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == SCAN:
            break
        length = struct.unpack(">H", data[place + 2 : place + 4])[0]
        if length < 2 or place + 2 + length > len(data):
            return [], data[2:]
        found.append(Segment(marker, data[place + 4 : place + 2 + length]))
        place += 2 + length
    return found, data[place:]


def without_private_parts(data: bytes) -> bytes:
    """Return the file without Exif, XMP, comments and makers' notes; colour profile and IPTC captions stay."""
    head, rest = segments(data)
    if not head:
        return data
    kept = [part for part in (_kept(segment) for segment in head) if part is not None]
    return b"\xff\xd8" + b"".join(part.encoded() for part in kept) + rest


def with_iptc(data: bytes, iptc: bytes) -> bytes:
    """Return the JPEG file with the caption record put after its beginning."""
    if not iptc:
        return data
    return data[:2] + Segment(APP13, _photoshop(iptc)).encoded() + data[2:]


def iptc_record(data: bytes) -> bytes:
    """Return the IPTC record of a JPEG file, empty where it has none."""
    return b"".join(
        resource
        for segment in segments(data)[0]
        if segment.marker == APP13 and segment.payload.startswith(PHOTOSHOP)
        for number, resource in _resources(segment.payload[len(PHOTOSHOP) :])
        if number == IPTC_RESOURCE
    )


def _kept(segment: Segment) -> Segment | None:
    if segment.marker == APP13:
        if not segment.payload.startswith(PHOTOSHOP):
            return None
        resources = _resources(segment.payload[len(PHOTOSHOP) :])
        iptc = b"".join(resource for number, resource in resources if number == IPTC_RESOURCE)
        return Segment(APP13, _photoshop(iptc)) if iptc else None
    if segment.marker == APP2:
        return segment if segment.payload.startswith(b"ICC_PROFILE\x00") else None
    if segment.marker == COMMENT or (0xE1 <= segment.marker <= 0xEF and segment.marker != APP14):
        return None
    return segment


def _photoshop(iptc: bytes) -> bytes:
    padding = b"\x00" if len(iptc) % 2 else b""
    header = b"8BIM" + struct.pack(">H", IPTC_RESOURCE) + b"\x00\x00" + struct.pack(">I", len(iptc))
    return PHOTOSHOP + header + iptc + padding


def _resources(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the numbered resources of a Photoshop block, until one is odd."""
    place = 0
    while block[place : place + 4] == b"8BIM" and place + 12 <= len(block):
        number = struct.unpack(">H", block[place + 4 : place + 6])[0]
        name = 1 + block[place + 6]
        place += 6 + name + name % 2
        if place + 4 > len(block):
            return
        size = struct.unpack(">I", block[place : place + 4])[0]
        place += 4
        if place + size > len(block):
            return
        yield number, block[place : place + size]
        place += size + size % 2

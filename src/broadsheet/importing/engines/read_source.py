"""Bytes of what a person names: a file, a packed file, or an address of the web."""

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from broadsheet.importing.engines.fetch import fetch
from broadsheet.importing.engines.page.source import MAX_BYTES
from broadsheet.importing.errors import SourceBinaryError, SourceMissingError, SourceTooLargeError


@dataclass(frozen=True, slots=True)
class Source:
    """What was read, the address it came from, and what its sender says it is."""

    content: bytes
    url: str | None = None
    declared_type: str | None = None


def read_source(place: str, *, allow_private: bool = False) -> Source:
    """The bytes of a file or an address, never more than a page can have; a refusal says why there are none."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", place):
        answer = fetch(place, allow_private=allow_private)
        return Source(answer.content, answer.url, answer.declared_type)
    path = Path(place)
    try:
        if path.is_dir():
            raise SourceMissingError(
                f"Nothing was imported: '{place}' is a folder. Name the file of the page that lies in it."
            )
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is none that a file can have"
        raise SourceMissingError(
            f"Nothing was imported: the file '{place}' could not be read ({why}). Check its name and its permissions."
        ) from error
    if len(content) > MAX_BYTES:
        raise SourceTooLargeError(
            f"Nothing was imported: the file is larger than {MAX_BYTES / 1_000_000:.0f} MB, more than a page can have. "
            "Save the page without its pictures ('HTML only')."
        )
    return Source(_unpacked(content) if path.suffix == ".gz" else content)


def _unpacked(content: bytes) -> bytes:
    """The content of a packed file, within the limit."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = unpacker.decompress(content, MAX_BYTES + 1)
    except zlib.error as error:
        raise SourceBinaryError(
            "Nothing was imported: the packed file is damaged or not packed by gzip. Unpack it and import what is in it."
        ) from error
    if len(plain) > MAX_BYTES:
        raise SourceTooLargeError(
            f"Nothing was imported: unpacked, the file has more than {MAX_BYTES / 1_000_000:.0f} MB, "
            "more than a page can have."
        )
    return plain

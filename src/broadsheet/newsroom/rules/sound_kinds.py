"""What an address of sound answered with: told by its first bytes, and by what it says of itself."""

from enum import StrEnum

_MARKS = (b"ID3", b"OggS", b"fLaC", b"RIFF", b"\x1aE\xdf\xa3")
_SOUND = ("audio/", "application/ogg", "video/mp2t", "video/mp4")
_LISTS = ("application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl", "audio/x-mpegurl")
_LEADS = ("audio/x-scpls", "application/pls+xml", "application/xspf+xml")


class Heard(StrEnum):
    """What it was."""

    HLS = "hls"
    STREAM = "stream"
    LEADS_ON = "leads-on"  # a file that names streams, as players on a desk read it
    NOTHING = "nothing"


def heard(declared: str, first: bytes) -> Heard:
    """Return what an answer that calls itself `declared` and begins with these bytes is."""
    kind = declared.partition(";")[0].strip().casefold()
    begins = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"#EXTM3U"):
        return Heard.HLS if b"#EXT-X-" in begins else Heard.LEADS_ON
    if kind in _LISTS or kind in _LEADS or begins[:10].lower() == b"[playlist]":
        return Heard.LEADS_ON
    if not first:
        return Heard.NOTHING
    marked = first.startswith(_MARKS) or first[4:8] == b"ftyp" or _frame(first)
    return Heard.STREAM if marked or kind.startswith(_SOUND) else Heard.NOTHING


def _frame(first: bytes) -> bool:
    """Return whether an MPEG or AAC frame begins here."""
    return len(first) > 1 and first[0] == 0xFF and first[1] & 0xE0 == 0xE0 and first[1] != 0xFF


def foreign_hosts(playlist: str, host: str) -> list[str]:
    """Return the hosts other than its own that an HLS playlist leads to: browsers are let to none of them."""
    found = []
    for line in playlist.splitlines():
        if line.startswith(("https://", "http://")):
            other = line.split("/", 3)[2].rpartition("@")[2].lower()
            if other != host.lower() and other not in found:
                found.append(other)
    return found

"""What a reader sees of a comment in HTML, with the way back to the places in the HTML.

No browser: comments hold paragraphs, emphasis, lists and links. Every step is linear in the text's length, whatever stands
in it.
"""

import html
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)([^<>]*+)>")
_CHARACTER = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_NEXT = re.compile("[<&]")
_ADDRESS = re.compile(r"""\bhref\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul".split()  # noqa: SIM905
)
_UNSEEN = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True)
class Plain:
    """A text to be judged, and where each of its signs stands in the text that was sent."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of what was sent that became this part of the text; the part is not empty."""
        return self.starts[start], self.ends[end - 1]


def from_plain(text: str) -> Plain:
    """Return a text that is what it is."""
    return Plain(text, range(len(text)), range(1, len(text) + 1))


def from_html(source: str) -> Plain:
    """Return what a reader sees, blocks on lines of their own, and after each link its address where it isn't its words."""
    reader = _Reader(source)
    reader.read()
    return Plain("".join(reader.signs), reader.starts, reader.ends)


class _Reader:
    """Walks through HTML once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.signs: list[str] = []
        self.starts, self.ends = array("l"), array("l")
        self._link: tuple[str, int] | None = None  # the address of the link that is open, and where its words begin

    def read(self) -> None:
        at, size = 0, len(self.source)
        while at < size:
            found = _NEXT.search(self.source, at)
            stop = found.start() if found else size
            for place in range(at, stop):
                self._add(self.source[place], place, place + 1)
            at = self._special(stop) if found else size

    def _special(self, at: int) -> int:
        """Read what begins with < or & and return where it ends."""
        if self.source[at] == "&":
            found = _CHARACTER.match(self.source, at)
            if found:
                self._add(html.unescape(found[0]), at, found.end())
                return found.end()
        elif self.source.startswith("<!--", at):
            end = self.source.find("-->", at + 4)
            return len(self.source) if end < 0 else end + 3
        elif tag := _TAG.match(self.source, at):
            return self._tag(tag)
        self._add(self.source[at], at, at + 1)
        return at + 1

    def _tag(self, tag: "re.Match[str]") -> int:
        name, closing = tag[2].lower(), bool(tag[1])
        if name in _UNSEEN and not closing:
            end = re.compile(f"</{name}[^<>]*+>", re.IGNORECASE).search(self.source, tag.end())
            return end.end() if end else len(self.source)
        if name in _BLOCKS and self.signs and self.signs[-1] != "\n":
            self._add("\n", tag.start(), tag.end())
        if name == "a":
            self._close_link(tag)
            address = None if closing else _ADDRESS.search(tag[3])
            if address:
                self._link = (html.unescape(address[1] or address[2] or address[3] or ""), len(self.signs))
        return tag.end()

    def _close_link(self, tag: "re.Match[str]") -> None:
        if self._link:
            address, begun = self._link
            if address and address not in "".join(self.signs[begun:]):
                self._add(f" {address} ", tag.start(), tag.end())
            self._link = None

    def _add(self, signs: str, start: int, end: int) -> None:
        for sign in signs:
            self.signs.append(sign)
            self.starts.append(start)
            self.ends.append(end)

"""Small files in memory with their answers ready, each looked at with one `stat` a request."""

import os
from collections import OrderedDict
from dataclasses import dataclass, field
from email.utils import formatdate

from broadsheet.delivery.engines.headers import Headers, etag

LARGEST = 1_000_000  # larger files are read from disk for each answer
BUDGET = 96 * 1024 * 1024
PLAIN, GZIP, BROTLI = 0, 1, 2
_ENCODINGS = (("", ""), (".gz", "gzip"), (".br", "br"))


@dataclass(slots=True)
class Variant:
    """One form of a file: plain, gzip or brotli. `head` are its header lines, each with its line end."""

    body: bytes
    tag: str
    head: bytes
    whole: bytes = b""  # the whole answer of this second


@dataclass(slots=True)
class Entry:
    """A file as it was at this `stat`, with its forms by preference of encoding."""

    modified: int
    inode: int
    last_modified: str
    variants: list[Variant]
    refresh_at: float | None = None
    headers: Headers = ()
    size: int = 0
    second: list[int] = field(default_factory=lambda: [0, 0, 0])


class FileCache:
    """The files lately asked for, dropped from memory when they change or others need the room."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self.held = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()

    def fresh(self, file: str) -> Entry | None:
        """Return the file's entry where it is in memory and unchanged on disk."""
        entry = self._entries.get(file)
        if entry is None:
            return None
        try:
            state = os.stat(file)  # noqa: PTH116 - once a request: a string is quicker than a Path
        except OSError:
            self.forget(file)
            return None
        if state.st_mtime_ns == entry.modified and state.st_ino == entry.inode:
            return entry
        self.forget(file)
        return None

    def forget(self, file: str) -> None:
        """Let the file be read anew."""
        entry = self._entries.pop(file, None)
        if entry is not None:
            self.held -= entry.size

    def load(self, file: str, headers: Headers) -> Entry | None:
        """Read the file in all its forms; None where it isn't there or is too large to hold."""
        try:
            with open(file, "rb") as handle:  # noqa: PTH123
                state = os.fstat(handle.fileno())
                if state.st_size > LARGEST or not handle.readable():
                    return None
                body = handle.read()
        except OSError:
            return None
        entry = Entry(
            modified=state.st_mtime_ns,
            inode=state.st_ino,
            last_modified=formatdate(int(state.st_mtime), usegmt=True),
            variants=[],
            headers=headers,
        )
        entry.variants = _variants(file, body, state, entry.last_modified, headers)
        entry.size = 1000 + 2 * sum(len(form.body) for form in {id(form): form for form in entry.variants}.values())
        self._keep(file, entry)
        return entry

    def _keep(self, file: str, entry: Entry) -> None:
        self.forget(file)
        self._entries[file] = entry
        self.held += entry.size
        while self.held > self.budget and len(self._entries) > 1:
            _name, old = self._entries.popitem(last=False)
            self.held -= old.size


def _variants(file: str, body: bytes, state: os.stat_result, last_modified: str, headers: Headers) -> list[Variant]:
    plain = _variant(body, state, "", last_modified, headers)
    found = [plain, plain, plain]
    for level, (suffix, encoding) in enumerate(_ENCODINGS):
        if not suffix:
            continue
        found[level] = found[level - 1]
        try:
            with open(file + suffix, "rb") as handle:  # noqa: PTH123
                packed, packed_state = handle.read(), os.fstat(handle.fileno())
        except OSError:
            continue
        if packed_state.st_mtime + 2 >= state.st_mtime:  # an older one belongs to an older file
            found[level] = _variant(packed, packed_state, encoding, last_modified, headers)
    return found


def _variant(body: bytes, state: os.stat_result, encoding: str, last_modified: str, headers: Headers) -> Variant:
    tag = etag(state.st_mtime, state.st_size)
    lines = [*headers, ("ETag", tag), ("Last-Modified", last_modified)]
    if encoding:
        lines.append(("Content-Encoding", encoding))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return Variant(body, tag, head.encode("latin-1"))


def answer_of(entry: Entry, encoding: int, now: float) -> bytes:
    """Return the whole answer to a plain GET, made once a second."""
    variant = entry.variants[encoding]
    second = int(now)
    if entry.second[encoding] != second or not variant.whole:
        variant.whole = b"".join(
            (
                b"HTTP/1.1 200 OK\r\nDate: ",
                formatdate(second, usegmt=True).encode(),
                b"\r\nContent-Length: ",
                str(len(variant.body)).encode(),
                b"\r\n",
                variant.head,
                b"\r\n",
                variant.body,
            )
        )
        entry.second[encoding] = second
    return variant.whole


def accepted(header: str) -> int:
    """Return the best encoding that an `Accept-Encoding` allows: brotli, gzip or none."""
    best = PLAIN
    for part in header.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if quality.replace(" ", "").startswith("q=0") and not quality.replace(" ", "").strip("q=0."):
            continue
        if name.strip() == "br":
            return BROTLI
        if name.strip() in {"gzip", "*"}:
            best = GZIP
    return best

"""A mark that outlives the process which wrote it: the only witness of what it gave to a mail server last.

Each process that sends holds a file locked in `<data>/mail/carriers`. The kernel lets go of the lock when the process
ends, however it ends: whoever can take the lock knows that its owner is dead, and reads the mark it left.

The mark is memory that the process shares with its file: what is stored there belongs to the kernel at once, without
a system call. A call would be a place where the process is put aside for others, and where Python hands its lock to
another thread: milliseconds in which a kill would leave the mark of a message whose end was not written.
"""

import fcntl
import mmap
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

LENGTH = 64
_MARK = re.compile(rb"(\d+) (\d*) *\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """The message whose end of data was about to be written, and the server's reply code, 0 before there was one."""

    message: int
    code: int


def folder() -> Path:
    """Return where the marks lie."""
    return Path(settings.DATA) / "mail" / "carriers"


class Carrier:
    """The mark of this process; `name` tells its messages from those of others."""

    def __init__(self) -> None:
        self.name = uuid4().hex
        self.path = folder() / self.name
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = self.path.with_name(f".{self.name}")
        self._file = os.open(made, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self.clear()
        self._memory = mmap.mmap(self._file, LENGTH)
        made.rename(self.path)  # under its name it was never without its lock

    def mark(self, message: int, code: int = 0) -> None:
        """Note that the message's end is about to be written, or what the server replied to it."""
        self._memory[:] = f"{message} {code}".encode().ljust(LENGTH - 1) + b"\n"

    def clear(self) -> None:
        """Note that nothing is at its end; `OSError` where the disk has no room for a mark."""
        os.pwrite(self._file, b" " * (LENGTH - 1) + b"\n", 0)

    def read(self) -> Mark | None:
        """Return what was noted last, None where nothing is at its end."""
        return _read(os.pread(self._file, LENGTH, 0))

    def close(self) -> None:
        """Take the mark away; nothing is under way."""
        self.path.unlink(missing_ok=True)
        self._memory.close()
        os.close(self._file)


def names() -> list[str]:
    """Return the carriers that left a mark here, living or dead."""
    return sorted(path.name for path in folder().glob("[0-9a-f]*")) if folder().is_dir() else []


@contextmanager
def left_by(name: str) -> Iterator[tuple[bool, Mark | None]]:
    """Yield whether the carrier is dead, and its last mark; a dead one's file is gone when the block ends well."""
    path = folder() / name
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False, None  # somebody else has just looked after it
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False, None
            return
        yield True, _read(os.pread(file, LENGTH, 0))
        path.unlink(missing_ok=True)
    finally:
        os.close(file)


def _read(written: bytes) -> Mark | None:
    found = _MARK.fullmatch(written)
    return Mark(int(found[1]), int(found[2] or 0)) if found else None

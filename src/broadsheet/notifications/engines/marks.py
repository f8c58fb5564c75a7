"""A mark that outlives the process which wrote it: the only witness of what it gave to a server last.

Each process that sends holds a file locked in `<data>/mail/carriers`, or for push in `<data>/push/carriers`. The kernel lets go of the lock when the process
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


def folder(kind: str = "mail") -> Path:
    """Return where the marks of this kind lie."""
    return Path(settings.DATA) / kind / "carriers"


class Carrier:
    """The marks of this process, one for each message that it hands over at the same time.

    `name` tells its messages from those of others.
    """

    def __init__(self, kind: str = "mail", slots: int = 1) -> None:
        self.name = uuid4().hex
        self._slots = slots
        self.path = folder(kind) / self.name
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = self.path.with_name(f".{self.name}")
        self._file = os.open(made, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self.clear()
        self._memory = mmap.mmap(self._file, LENGTH * slots)
        made.rename(self.path)  # under its name it was never without its lock

    def mark(self, message: int, code: int = 0, slot: int = 0) -> None:
        """Note that the message's end is about to be written, or what the server replied to it."""
        begin = slot * LENGTH
        self._memory[begin : begin + LENGTH] = f"{message} {code}".encode().ljust(LENGTH - 1) + b"\n"

    def clear(self) -> None:
        """Note that nothing is at its end; `OSError` where the disk has no room for a mark."""
        os.pwrite(self._file, (b" " * (LENGTH - 1) + b"\n") * self._slots, 0)

    def read(self) -> Mark | None:
        """Return what was noted last, None where nothing is at its end."""
        return next(iter(self.read_all()), None)

    def read_all(self) -> list[Mark]:
        """Return what was noted last of each message that is at its end."""
        return _read(os.pread(self._file, LENGTH * self._slots, 0))

    def close(self) -> None:
        """Take the mark away; nothing is under way."""
        self.path.unlink(missing_ok=True)
        self._memory.close()
        os.close(self._file)


def names(kind: str = "mail") -> list[str]:
    """Return the carriers that left a mark here, living or dead."""
    return sorted(path.name for path in folder(kind).glob("[0-9a-f]*")) if folder(kind).is_dir() else []


@contextmanager
def left_by(name: str, kind: str = "mail") -> Iterator[tuple[bool, list[Mark]]]:
    """Yield whether the carrier is dead, and its last marks; a dead one's file is gone when the block ends well."""
    path = folder(kind) / name
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False, []  # somebody else has just looked after it
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False, []
            return
        yield True, _read(os.pread(file, os.fstat(file).st_size, 0))
        path.unlink(missing_ok=True)
    finally:
        os.close(file)


def _read(written: bytes) -> list[Mark]:
    found = (_MARK.fullmatch(written, begin, begin + LENGTH) for begin in range(0, len(written), LENGTH))
    return [Mark(int(mark[1]), int(mark[2] or 0)) for mark in found if mark]

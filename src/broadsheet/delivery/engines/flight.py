"""One rendering of a page at a time, over all threads and processes of a machine."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

STRIPES = 1024  # pages share lock files: two that meet in one wait for each other's rendering, no more


@contextmanager
def single_flight(folder: Path, path: str, seconds: float) -> Iterator[bool]:
    """Hold the page's lock, or give up after `seconds`; the value says whether it is held."""
    handle = _open(folder, path)
    if handle is None:
        yield False
        return
    try:
        yield _wait(handle, seconds)
    finally:
        os.close(handle)  # which lets go of the lock, as does the end of the process


def _open(folder: Path, path: str) -> int | None:
    name = folder / f"{crc32(path.encode()) % STRIPES:04d}"
    try:
        return os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        return None


def _wait(handle: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    pause = 0.001
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(pause)
            pause = min(pause * 1.5, 0.01)
        else:
            return True

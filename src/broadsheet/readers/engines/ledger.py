"""What became of deleted accounts, in a file of its own: a database put back from a backup doesn't know (GDPR art. 17).

`deletions.txt` in the data folder has a line for each account that was deleted, restored or erased: when, what, its
User ID, and until when a deleted one can be restored. It is in no backup, so that it outlives each of them.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, cast

from django.conf import settings

State = Literal["deleted", "restored", "erased"]
NAME = "deletions.txt"
KEPT_FOR = timedelta(days=400)  # longer than anybody keeps a backup who tells readers so


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to an account; `deadline` is until when a deleted one can be restored."""

    at: datetime
    state: State
    user_id: str
    deadline: datetime | None = None

    def line(self) -> str:
        """Return the entry as it is written."""
        moments = [self.deadline.isoformat()] if self.deadline else []
        return " ".join([self.at.isoformat(), self.state, self.user_id, *moments]) + "\n"


def write_entry(entry: Entry) -> None:
    """Add the entry; it is on the disk afterwards."""
    with _held() as path, _private(path).open("a", encoding="ascii") as file:
        file.write(entry.line())
        file.flush()
        os.fsync(file.fileno())


def drop_old(before: datetime) -> int:
    """Drop the entries from before that moment; return how many."""
    if not _path().exists():
        return 0
    with _held() as path:
        entries = list(read_entries(path.read_text(encoding="ascii").splitlines()))
        kept = [entry for entry in entries if entry.at >= before]
        if len(kept) < len(entries):
            part = path.with_suffix(".part")
            _private(part).write_text("".join(entry.line() for entry in kept), encoding="ascii")
            part.replace(path)
    return len(entries) - len(kept)


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Give the entries of the lines in their order; ValueError names the first line that is none."""
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        try:
            at, state, user_id, *rest = words
            deadline = datetime.fromisoformat(rest[0]) if rest else None
            if state not in {"deleted", "restored", "erased"} or (state == "deleted") != (deadline is not None):
                raise ValueError(state)
            entry = Entry(datetime.fromisoformat(at), cast("State", state), user_id, deadline)
        except ValueError as error:
            raise ValueError(f"Line {number} tells of no account that was deleted, restored or erased.") from error
        yield entry


def _path() -> Path:
    return Path(settings.DATA) / NAME


def _private(path: Path) -> Path:
    """Return the file, there and readable by the paper's own user alone."""
    path.touch(mode=0o600)
    return path


@contextmanager
def _held() -> Iterator[Path]:
    """Let nobody else write the file meanwhile, in whatever process."""
    with open(_path().with_suffix(".lock"), "w") as lock:  # noqa: PTH123 - a handle to lock
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _path()

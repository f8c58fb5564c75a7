"""Pages as plain files with their compressed forms, put in place by renaming."""

import gzip
import itertools
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import brotli

VARIANTS = (".br", ".gz", "")  # the plain file last: it is what the servers look for
SMALLEST_COMPRESSED = 256
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page written beside its place."""

    file: str
    parts: tuple[tuple[Path, str], ...]

    def drop(self) -> None:
        """Remove what was written."""
        for temporary, _suffix in self.parts:
            temporary.unlink(missing_ok=True)


class PageFiles:
    """The files of one store: `www` is what servers show, `new` is not yet, `trash` no longer part of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.www = folder / "www"
        self.new = folder / "state" / "new"
        self.trash = folder / "state" / "trash"
        self.locks = folder / "state" / "locks"

    def make_folders(self) -> None:
        """Let the folders be there."""
        for folder in (self.www, self.new, self.trash, self.locks):
            folder.mkdir(parents=True, exist_ok=True)

    def path(self, file: str) -> Path:
        """Return where the file is."""
        return self.www / file

    def read(self, file: str) -> tuple[bytes, os.stat_result] | None:
        """Return a page's bytes and state, None where it isn't stored."""
        try:
            with (self.www / file).open("rb") as handle:
                return handle.read(), os.fstat(handle.fileno())
        except OSError:
            return None

    def prepare(self, file: str, content: bytes) -> Prepared:
        """Write the page in all its forms beside its place; nothing is left where that fails."""
        stem = self.new / f"{os.getpid()}-{next(_numbers)}-{secrets.token_hex(4)}"
        forms = {"": content}
        if len(content) >= SMALLEST_COMPRESSED:
            forms[".gz"] = gzip.compress(content, 6, mtime=0)
            forms[".br"] = brotli.compress(content, quality=5)
        written: list[tuple[Path, str]] = []
        try:
            for suffix in VARIANTS:
                if suffix in forms:
                    temporary = stem.with_name(f"{stem.name}{suffix}")
                    written.append((temporary, suffix))
                    temporary.write_bytes(forms[suffix])
        except OSError:
            for temporary, _suffix in written:
                temporary.unlink(missing_ok=True)
            raise
        return Prepared(file, tuple(written))

    def place(self, prepared: Prepared) -> None:
        """Put the page in its place, its time later than that of the page before: no ETag returns."""
        target = self.www / prepared.file
        seconds = max(int(time.time()), self._last_second(target) + 1)
        target.parent.mkdir(parents=True, exist_ok=True)
        for temporary, _suffix in prepared.parts:
            os.utime(temporary, (seconds, seconds))
        for temporary, suffix in prepared.parts:
            temporary.replace(target.with_name(f"{target.name}{suffix}"))
        kept = {suffix for _temporary, suffix in prepared.parts}
        for suffix in VARIANTS:
            if suffix not in kept:
                target.with_name(f"{target.name}{suffix}").unlink(missing_ok=True)

    def remove(self, file: str) -> None:
        """Take the page away; its folder remembers its time, so that no later page has the same."""
        target = self.www / file
        try:
            second = int(target.stat().st_mtime)
        except OSError:
            second = 0
        target.unlink(missing_ok=True)
        for suffix in (".gz", ".br"):
            target.with_name(f"{target.name}{suffix}").unlink(missing_ok=True)
        if second:
            self._remember(target, second)

    def _remember(self, target: Path, second: int) -> None:
        try:
            os.utime(target.parent, (second, second))
        except OSError:
            return

    def _last_second(self, target: Path) -> int:
        """Return the second of the page in place, or of the one that was, as its folder remembers."""
        try:
            return int(target.stat().st_mtime)
        except OSError:
            pass
        try:
            second = int(target.parent.stat().st_mtime)
        except OSError:
            return 0
        return second if second <= time.time() + 60 else 0

    def empty(self) -> None:
        """Let no page be there; what was is removed from disk afterwards."""
        if self.www.is_dir():
            self.trash.mkdir(parents=True, exist_ok=True)
            self.www.rename(self.trash / f"{os.getpid()}-{secrets.token_hex(6)}")
        self.www.mkdir(parents=True, exist_ok=True)

    def sweep(self, older_than: float = 300.0) -> None:
        """Remove what killed processes left half-written, and what was thrown away."""
        for thrown in self.trash.iterdir() if self.trash.is_dir() else ():
            shutil.rmtree(thrown, ignore_errors=True)  # the folder itself stays: another process may be at it
        limit = time.time() - older_than
        for left in list(self.new.glob("*")) if self.new.is_dir() else []:
            try:
                if left.stat().st_mtime < limit:
                    left.unlink(missing_ok=True)
            except OSError:
                continue

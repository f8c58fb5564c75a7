"""Writes a bundle into a folder or a zip archive; it appears under its name once it is whole."""

import hashlib
import json
import os
import shutil
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from broadsheet.importing.engines.bundle_source import CHUNK, MANIFEST
from broadsheet.importing.engines.held_files import drop_parts
from broadsheet.importing.errors import TargetTakenError

PACKED = {".json", ".vtt", ".sqlite3", ".copy"}  # pictures and recordings are packed already
EPOCH = (1980, 1, 1, 0, 0, 0)


class _Digesting:
    """Passes what is written on, and takes its digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def write(self, chunk: bytes) -> int:
        """Write and digest."""
        self.digest.update(chunk)
        return self.file.write(chunk)


class Sink(ABC):
    """A bundle while it is written: `digests` of its files go into the manifest at the end."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.digests: dict[str, str] = {}
        self.part = target.with_name(f".{target.name}.{os.getpid()}.part")

    def __enter__(self) -> Self:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        drop_parts(self.target)
        self.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self.abandon()
            return
        try:
            digests = {name: digest for name, digest in sorted(self.digests.items()) if name != "bundle.json"}
            self.json(MANIFEST, {"files": digests})
            self.finish()
        except BaseException:
            self.abandon()
            raise

    @abstractmethod
    def begin(self) -> None:
        """Open what is written to."""

    @abstractmethod
    def finish(self) -> None:
        """Give the whole its name."""

    @abstractmethod
    def abandon(self) -> None:
        """Leave nothing behind."""

    @abstractmethod
    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open one file of the bundle for writing."""

    def json(self, name: str, value: Any) -> None:
        """Write one JSON file, always in the same way."""
        content = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
        self.digests[name] = hashlib.sha256(content).hexdigest()
        with self.open(name) as file:
            file.write(content)

    def fill(self, name: str, write: Callable[[IO[bytes]], None]) -> None:
        """Write one file by a function that writes to what it is given."""
        with self.open(name) as file:
            digesting = _Digesting(file)
            write(digesting)  # type: ignore[arg-type]
        self.digests[name] = digesting.digest.hexdigest()

    def copy(self, name: str, source: IO[bytes]) -> None:
        """Write one file that is copied."""
        digest = hashlib.sha256()
        with self.open(name) as file:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                file.write(chunk)
        self.digests[name] = digest.hexdigest()


class FolderSink(Sink):
    """A bundle written into a folder that must not hold anything yet."""

    def begin(self) -> None:
        """Refuse a folder with something in it."""
        if self.target.exists() and (not self.target.is_dir() or any(self.target.iterdir())):
            raise TargetTakenError(f"{self.target} is there already and is not an empty folder.")
        self.part.mkdir()

    def finish(self) -> None:
        """Move the folder to its place."""
        if self.target.is_dir():
            self.target.rmdir()
        self.part.rename(self.target)

    def abandon(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self.part, ignore_errors=True)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one file of the bundle for writing."""
        path = self.part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            yield file


class ArchiveSink(Sink):
    """A bundle written into a zip archive; an older one of the name is replaced."""

    def __init__(self, target: Path, *, mode: int = 0o644) -> None:
        super().__init__(target)
        self.mode = mode

    def begin(self) -> None:
        """Begin the archive."""
        if self.target.is_dir():
            raise TargetTakenError(f"{self.target} is a folder.")
        self.part.unlink(missing_ok=True)
        descriptor = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_EXCL, self.mode)
        self.file = os.fdopen(descriptor, "w+b")
        self.zip = zipfile.ZipFile(self.file, "w", allowZip64=True)

    def finish(self) -> None:
        """Close the archive and give it its name."""
        self.zip.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.part.replace(self.target)

    def abandon(self) -> None:
        """Remove what was written."""
        for opened in (self.zip, self.file):
            with suppress(ValueError, OSError):  # the disk is full, perhaps
                opened.close()
        self.part.unlink(missing_ok=True)

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one file of the bundle for writing."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED if Path(name).suffix in PACKED else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        with self.zip.open(info, "w", force_zip64=True) as file:
            yield file


def open_sink(target: Path) -> Sink:
    """Return what writes to the target: an archive where its name ends in .zip, else a folder."""
    return ArchiveSink(target) if target.suffix.lower() == ".zip" else FolderSink(target)

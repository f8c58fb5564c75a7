"""The files of a bundle, in a folder or in a zip archive; never one outside of it, never more than is sound."""

import hashlib
import json
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from broadsheet.importing.errors import BundleBrokenError, SourceMissingError

MOST_FILES = 2_000_000
MOST_JSON_BYTES = 64 * 1024 * 1024
MOST_PACKED = 100  # how often larger than the archive its contents may be: pictures don't pack, text packs tenfold
PACKED_ALLOWANCE = 64 * 1024 * 1024
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
Progress = Callable[[int, int], None]


class Source(ABC):
    """A bundle's files by their names; `names` are those found, with their sizes."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes = sizes

    @abstractmethod
    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open one file for reading."""

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    def under(self, folder: str) -> list[str]:
        """Return the names of the files right in the folder."""
        return sorted(name for name in self.sizes if str(PurePosixPath(name).parent) == folder)

    def read(self, name: str, *, most: int) -> bytes:
        """Return a file's content; refused where it is missing, larger than allowed or damaged."""
        if name not in self.sizes:
            raise BundleBrokenError(f"{name} is missing.")
        if self.sizes[name] > most:
            raise BundleBrokenError(f"{name} is larger than {most // 1_000_000} MB.")
        with _sound(name), self.open(name) as file:
            content = file.read(most + 1)
        if len(content) != self.sizes[name]:
            raise BundleBrokenError(f"{name} is cut off or changed while it was read.")
        return content

    def json(self, name: str) -> Any:
        """Return a JSON file's value."""
        content = self.read(name, most=MOST_JSON_BYTES)
        try:
            return json.loads(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise BundleBrokenError(f"{name} is not UTF-8 text.") from error
        except json.JSONDecodeError as error:
            raise BundleBrokenError(f"{name} is not JSON: line {error.lineno}, column {error.colno}.") from error
        except RecursionError as error:
            raise BundleBrokenError(f"{name} is nested too deeply.") from error

    def verify(self, progress: Progress | None = None) -> None:
        """Read every file once: refused where one is damaged or isn't the one that was exported."""
        listed = self._manifest()
        for done, name in enumerate(self.sizes, 1):
            digest = hashlib.sha256()
            with _sound(name), self.open(name) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
            if name in listed and listed[name] != digest.hexdigest():
                raise BundleBrokenError(f"{name} is not as it was exported: it was cut off or changed since.")
            if progress is not None:
                progress(done, len(self.sizes))

    def _manifest(self) -> dict[str, str]:
        if MANIFEST not in self.sizes:
            return {}
        value = self.json(MANIFEST)
        files = value.get("files") if isinstance(value, dict) else None
        if not isinstance(files, dict) or not all(isinstance(digest, str) for digest in files.values()):
            raise BundleBrokenError(f"{MANIFEST} doesn't list the files.")
        gone = sorted(set(files) - set(self.sizes))
        if gone:
            raise BundleBrokenError(f"{gone[0]} is missing{f', and {len(gone) - 1} more' if gone[1:] else ''}.")
        return files


class Folder(Source):
    """A bundle in a folder; links are not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        sizes: dict[str, int] = {}
        for path in root.rglob("*"):
            facts = path.lstat()
            if stat.S_ISREG(facts.st_mode) and not _inside_a_link(path, root):
                sizes[path.relative_to(root).as_posix()] = facts.st_size
            if len(sizes) > MOST_FILES:
                raise BundleBrokenError("there are more files in the folder than a bundle can have.")
        super().__init__(dict(sorted(sizes.items())))

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one file for reading."""
        with (self.root / name).open("rb") as file:
            yield file


class Archive(Source):
    """A bundle in a zip archive."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            infos = self.zip.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError) as error:
            raise BundleBrokenError(f"{path.name} is no zip archive, or it was cut off.") from error
        except NotImplementedError as error:
            raise BundleBrokenError(f"{path.name} is packed in a way that is not supported.") from error
        if len(infos) > MOST_FILES:
            raise BundleBrokenError("there are more files in the archive than a bundle can have.")
        unpacked = sum(info.file_size for info in infos)
        if unpacked > path.stat().st_size * MOST_PACKED + PACKED_ALLOWANCE:
            raise BundleBrokenError(f"{path.name} unpacks to more than {MOST_PACKED} times its size.")
        super().__init__(_checked(infos))

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one file for reading."""
        with self.zip.open(name) as file:
            yield file


def open_source(path: Path) -> Source:
    """Return the files of the bundle at the path."""
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise SourceMissingError(
            f"Nothing was imported: there is no file or folder {path}. Check its name for a slip of the pen."
        )
    if path.stat().st_size == 0:
        raise BundleBrokenError(f"{path.name} is empty.")
    return Archive(path)


def _checked(infos: list[zipfile.ZipInfo]) -> dict[str, int]:
    """Return the sizes of the archive's files by name; refused where a name leads outside or comes twice."""
    sizes: dict[str, int] = {}
    for info in infos:
        name = info.filename
        parts = PurePosixPath(name).parts
        outside = name.startswith("/") or "\\" in name or ".." in parts or ":" in name.split("/")[0]
        if outside or any(character < " " for character in name):
            raise BundleBrokenError(f"the archive holds a file that lies outside of it: “{name[:80]}”.")
        if info.is_dir():
            continue
        if info.flag_bits & 0x1:
            raise BundleBrokenError("the archive is encrypted.")
        mode = info.external_attr >> 16
        if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
            raise BundleBrokenError(f"the archive holds a link instead of a file: “{name[:80]}”.")
        if name in sizes:
            raise BundleBrokenError(f"the archive holds two files of one name: “{name[:80]}”.")
        sizes[name] = info.file_size
    return sizes


def _inside_a_link(path: Path, root: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent != root and root in parent.parents)


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Tell damage of one file in words."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise BundleBrokenError(f"{name} is damaged or can't be read ({error}).") from error

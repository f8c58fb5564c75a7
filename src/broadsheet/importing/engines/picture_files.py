"""Files of pictures that an imported article shows: from the page's own saved folder, a folder of uploads, or the web."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from broadsheet.importing.engines.fetch import fetch
from broadsheet.importing.errors import FetchRefusedError, ImportRefusedError, SourceMissingError
from broadsheet.kernel.fetching import Limits

PICTURE_KINDS = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif", "application/octet-stream"}
)
MOST_BYTES = 40 * 1024 * 1024
BEGINNINGS = (
    (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"),
)  # fmt: skip
Finder = Callable[[str], bytes]


def from_saved_folder(page: Path) -> Finder:
    """Return what finds pictures in the folders that a browser saved beside the page, and nowhere else."""
    folder = page.parent.resolve()
    own = [one for one in folder.iterdir() if one.is_dir() and _belongs(one.name, page.stem)] if folder.is_dir() else []

    def find(address: str) -> bytes:
        name = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
        if name not in {"", ".", ".."} and "\x00" not in name:
            for one in own:
                if (file := one / name).is_file():
                    return _read(file, one)
        raise SourceMissingError(f"The file {name[:80]} isn't in the folder that was saved with the page.")

    return find


def from_uploads(folder: Path) -> Finder:
    """Return what finds the files of a site's `wp-content/uploads` folder by their addresses."""
    root = folder.resolve()

    def find(address: str) -> bytes:
        path = unquote(urlsplit(address).path)
        below = path.partition("/uploads/")[2] or path.rsplit("/", 1)[-1]
        if "\x00" in below or not below:
            raise SourceMissingError("The address names no file.")
        return _read(root / below, root)

    return find


def from_web(*, allow_private: bool = False) -> Finder:
    """Return what fetches pictures from the open internet."""

    def find(address: str) -> bytes:
        limits = Limits(most_bytes=MOST_BYTES)
        return fetch(address, allow_private=allow_private, limits=limits, kinds=PICTURE_KINDS).content

    return find


def nowhere(address: str) -> bytes:
    """Refuse every picture."""
    raise FetchRefusedError("Pictures are not fetched for a page from a file; save them with the page.")


def first_of(*finders: Finder) -> Finder:
    """Return what asks one after the other; the last refusal counts."""

    def find(address: str) -> bytes:
        refused: ImportRefusedError = SourceMissingError("There is nowhere to look for it.")
        for finder in finders:
            try:
                return finder(address)
            except ImportRefusedError as error:
                refused = error
        raise refused

    return find


def suffix_of(data: bytes, address: str) -> str:
    """Return the ending that the file's first bytes call for, else that of its address."""
    for beginning, suffix in BEGINNINGS:
        if data.startswith(beginning):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:12] in {b"ftypavif", b"ftypavis"}:
        return "avif"
    return Path(urlsplit(address).path).suffix.lower().lstrip(".")[:5] or "bin"


def _read(file: Path, root: Path) -> bytes:
    """Return a file's content, where it lies inside the root and is no larger than a picture may be."""
    try:
        whole = file.resolve(strict=True)
    except OSError as error:
        raise SourceMissingError(f"The file {file.name[:80]} isn't there.") from error
    if root not in whole.parents or not whole.is_file():
        raise SourceMissingError(f"The file {file.name[:80]} doesn't lie in the folder.")
    if whole.stat().st_size > MOST_BYTES:
        raise SourceMissingError(f"The file {file.name[:80]} is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        return whole.read_bytes()
    except OSError as error:
        raise SourceMissingError(f"The file {file.name[:80]} can't be read ({error.strerror}).") from error


def _belongs(folder: str, stem: str) -> bool:
    """Return whether a browser would have saved the page's files under this name: “Page_files”, “Page-Dateien”, …"""
    return bool(stem) and folder.startswith(stem) and bool(re.fullmatch(r"[_.\- ]\w{3,20}", folder[len(stem) :]))

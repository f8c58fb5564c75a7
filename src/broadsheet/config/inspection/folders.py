"""Folders, disk, clock and libraries."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from PIL import features

from broadsheet.config.inspection.finding import Finding, problem, warning

LEAST_FREE = 1024**3
LEAST_SHARE = 0.05
BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # this version is not older
SKEW_SECONDS = 5.0
LEAST_FILES = 1024


def look() -> Iterator[Finding]:
    """Look at what the paper writes to."""
    data: Path = settings.DATA
    if not data.is_dir():
        yield problem(
            "no-folder",
            f"{data} is not a folder.",
            "The data folder is missing.",
            "Make it with `broadsheet new FOLDER`.",
        )
        return
    for name, folder in (("data", data), ("pages", settings.PAGE_STORE), ("media", Path(settings.MEDIA_ROOT)),
                         ("pictures", data / "img"), ("avatars", data / "avatars")):  # fmt: skip
        if folder.exists() and not _writable(folder):
            yield problem(
                f"unwritable-{name}",
                f"Nothing can be written to {folder}.",
                f"The process runs as user {os.getuid()}, the folder belongs to {folder.stat().st_uid}.",
                f"Run: chown -R {os.getuid()} {folder}",
            )
    yield from _one_disk(settings.PAGE_STORE)
    yield from _disk(data)
    yield from _clock(data)
    yield from _static()
    yield from _libraries()


def _writable(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-"):
            return True
    except OSError:
        return False


def _one_disk(pages: Path) -> Iterator[Finding]:
    """Look whether pages are put in place by renaming, which needs both folders on one disk."""
    places = [folder for folder in (pages / "www", pages / "state") if folder.exists()]
    if len({folder.stat().st_dev for folder in places}) > 1:
        yield problem(
            "pages-apart",
            "No page is stored.",
            f"{places[0]} and {places[1]} lie on different disks, so pages can't be moved from one to the other.",
            f"Put the whole of {pages} on one disk.",
        )


def _disk(data: Path) -> Iterator[Finding]:
    usage = shutil.disk_usage(data)
    if usage.free < LEAST_FREE or usage.free / usage.total < LEAST_SHARE:
        yield warning(
            "disk-nearly-full",
            f"The disk of {data} is nearly full.",
            f"{usage.free / 1024**3:.1f} GB of {usage.total / 1024**3:.0f} GB are free.",
            "Make room: stored pages and pictures (pages/, img/) can be deleted at any time.",
        )
    inodes = os.statvfs(data)
    if inodes.f_files and inodes.f_favail / inodes.f_files < LEAST_SHARE:
        yield warning(
            "few-inodes",
            f"The disk of {data} can hold few more files.",
            f"{inodes.f_favail} of {inodes.f_files} file entries are free.",
            "Delete stored pages and pictures (pages/, img/), or use a file system with more entries.",
        )


def _clock(data: Path) -> Iterator[Finding]:
    if datetime.now(UTC) < BUILT:
        yield problem(
            "clock-in-the-past",
            "The clock of this machine is wrong.",
            f"It says {datetime.now(UTC):%d %B %Y}, before this version was made.",
            "Set the clock (timedatectl set-ntp true).",
        )
    try:
        with tempfile.NamedTemporaryFile(dir=data, prefix=".check-") as file:
            skew = Path(file.name).stat().st_mtime - time.time()
    except OSError:
        return
    if abs(skew) > SKEW_SECONDS:
        yield problem(
            "clock-of-the-disk",
            "The clock of the disk and of this machine differ.",
            f"A file made now is dated {skew:+.0f} s from now.",
            "Set the clocks of this machine and of the file server.",
        )


def _static() -> Iterator[Finding]:
    if settings.DEBUG or "Hashed" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        yield problem(
            "no-static-files",
            "Pages have no styles.",
            f"{settings.STATIC_ROOT} holds no collected files.",
            "Run `broadsheet upgrade`.",
        )


def _libraries() -> Iterator[Finding]:
    for feature in ("avif", "webp", "jpg"):
        if not features.check(feature):
            yield problem(
                f"no-{feature}",
                f"Pictures can't be made as {feature.upper()}.",
                "This Pillow was built without it.",
                "Install Pillow's own wheel: make setup.",
            )
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < LEAST_FILES:
        yield warning(
            "few-open-files",
            "Few live readers can be held at once.",
            f"The limit of open files is {soft} (at most {hard}).",
            "Raise it: LimitNOFILE=65536 in the service, or ulimit -n 65536.",
        )

"""Pictures of readers: decoded within limits, drawn anew as a small square without anything else in the file, kept as
files under names of our own (ACC-05; ASVS 5.0 5.2.1, 5.2.2, 5.2.3, 5.2.6, 5.3.2).

A file in the folder `avatars` is public at once. What a deleted account shows lies in `avatars-hidden`, which no server
serves, until the account is restored or erased.
"""

import io
import os
import secrets
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.readers.conf import AVATAR_BYTES, AVATAR_PIXELS, AVATAR_SIDE

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
KINDS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "application/octet-stream"})
PUBLIC, HIDDEN = "avatars", "avatars-hidden"
LONGEST_WAIT = 5.0  # seconds that a thread, of which a process has few, is held by other people's pictures
_turn = threading.Lock()  # one is decoded at a time: 40 megapixels take some 160 MB
# What Pillow raises over a file that isn't what it says, besides its own: nothing of it is promised.
_Faults = (
    OSError, UnidentifiedImageError, ValueError, SyntaxError, MemoryError, struct.error, LookupError, TypeError,
    ArithmeticError, AttributeError,
)  # fmt: skip


def draw_avatar(content: bytes) -> bytes:
    """Return the picture as a square WebP of 256 pixels without metadata; `Refused` where it is none or too large."""
    if len(content) > AVATAR_BYTES:
        raise Refused(_too_large())
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise Refused(_busy())
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > AVATAR_PIXELS:
                raise Refused(_too_large())
            opened.draft("RGB", (2 * AVATAR_SIDE, 2 * AVATAR_SIDE))
            picture = ImageOps.exif_transpose(opened) or opened
            seen_through = "A" in picture.getbands() or "transparency" in picture.info
            square = ImageOps.fit(
                picture.convert("RGBA" if seen_through else "RGB"), (AVATAR_SIDE, AVATAR_SIDE), Image.Resampling.LANCZOS
            )
            bare = Image.new(square.mode, square.size)
            bare.paste(square)  # pixels alone: what came with them stays behind
            out = io.BytesIO()
            bare.save(out, "WEBP", quality=82, method=4)
            return out.getvalue()
    except Image.DecompressionBombError as error:
        raise Refused(_too_large()) from error
    except _Faults as error:
        raise Refused(
            Refusal(
                "avatar-unreadable",
                _("The picture was not kept."),
                _("The file is damaged, or no picture of a kind that is read here."),
                _("Choose a JPEG, PNG, WebP, GIF or AVIF file."),
            )
        ) from error
    finally:
        _turn.release()


def keep_file(content: bytes) -> str:
    """Write the picture under a fresh name that nobody can guess, and return the name."""
    name = f"{secrets.token_hex(16)}.webp"
    folder = settings.DATA / PUBLIC
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.part"
    part.write_bytes(content)
    part.chmod(0o644)
    part.rename(folder / name)
    return name


def drop_file(name: str) -> bool:
    """Remove the picture, wherever it lies; return whether there was one."""
    found = [place for place in _places(name) if place.is_file()]
    for place in found:
        place.unlink(missing_ok=True)
    return bool(found)


def hide_file(name: str) -> None:
    """Take the picture away from the public; nothing happens where it isn't there."""
    _move(name, PUBLIC, HIDDEN)


def show_file(name: str) -> None:
    """Let the public see the picture again; nothing happens where it isn't hidden."""
    _move(name, HIDDEN, PUBLIC)


def read_file(name: str) -> bytes | None:
    """Return the picture, public or hidden; None where there is none."""
    for place in _places(name):
        try:
            return place.read_bytes()
        except OSError:
            continue
    return None


def files(older_than: float) -> Iterator[tuple[str, bool]]:
    """Give the name of each file written more than so many seconds ago, half-written ones too; and if it is hidden."""
    latest = time.time() - older_than
    for folder, hidden in ((PUBLIC, False), (HIDDEN, True)):
        place = settings.DATA / folder
        if not place.is_dir():
            continue
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_file() and entry.stat().st_ctime < latest:
                    yield entry.name, hidden


def _places(name: str) -> list[Path]:
    if not name or name != Path(name).name:
        return []
    return [settings.DATA / folder / name for folder in (PUBLIC, HIDDEN)]


def _move(name: str, source: str, target: str) -> None:
    if not name or name != Path(name).name:
        return
    (settings.DATA / target).mkdir(parents=True, exist_ok=True)
    if target == HIDDEN:
        (settings.DATA / HIDDEN).chmod(0o700)
    try:
        (settings.DATA / source / name).rename(settings.DATA / target / name)
    except FileNotFoundError:
        return


def _busy() -> Refusal:
    return Refusal(
        "avatar-busy",
        _("The picture was not kept."),
        _("Too many pictures are being read at the moment."),
        _("Try again in a minute."),
    )


def _too_large() -> Refusal:
    return Refusal(
        "avatar-too-large",
        _("The picture was not kept."),
        _("It has more than 2 MB or 40 megapixels."),
        _("Choose a smaller one, or make it smaller."),
    )

"""Puts a backup back into an empty folder; the folder appears whole or not at all."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from broadsheet import __version__
from broadsheet.importing.engines.bundle_source import CHUNK, MANIFEST, Archive, Source, open_source
from broadsheet.importing.engines.held_files import drop_leftovers
from broadsheet.importing.errors import BackupRefusedError, BundleBrokenError
from broadsheet.importing.rules.backup_format import FILES, FOLDERS, HEAD, PRIVATE, SQLITE, BackupHead, read_head

Progress = Callable[[int, int, str], None]


def verified(file: Path, progress: Progress | None = None) -> tuple[Source, BackupHead]:
    """Return the backup and what it says of itself, every file of it checked against its digest."""
    tell = progress or (lambda done, total, what: None)
    try:
        source = open_source(file)
        if not isinstance(source, Archive) or HEAD not in source:
            raise BackupRefusedError(f"{file} is no Broadsheet backup.")
        head = read_head(source.json(HEAD), present=f"broadsheet {__version__}")
        if MANIFEST not in source:
            raise BundleBrokenError(f"{MANIFEST} is missing.")
        source.verify(lambda done, total: tell(done, total, "Checking"))
    except BundleBrokenError as error:
        raise BackupRefusedError(f"{error.why} The backup is damaged: take another copy of it.") from error
    return source, head


@contextmanager
def laid_out(source: Source, data: Path, progress: Progress | None = None) -> Iterator[tuple[Path, int]]:
    """Lay the backup's files beside the empty data folder and, at the end of the block, all at once in its place.

    The value is where they lie meanwhile, and how many they are. Where the block fails, nothing of them stays.
    """
    tell = progress or (lambda done, total, what: None)
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupRefusedError(f"{data} is not empty. Name an empty folder: --data FOLDER or BROADSHEET_DATA=FOLDER.")
    data.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{data.name}.restore-"
    drop_leftovers(data.parent, prefix)
    part = data.parent / f"{prefix}{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    names = [name for name in source.sizes if _belongs(name)]
    try:
        for done, name in enumerate(names, 1):
            _extract(source, name, part)
            tell(done, len(names), "Files")
        yield part, len(names)
        data.mkdir(exist_ok=True)
        part.chmod(data.stat().st_mode & 0o777)
        data.rmdir()
        part.rename(data)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        why = error.strerror or str(error)
        raise BackupRefusedError(
            f"{data} could not be made ({why}). See that there is room and that it may be."
        ) from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def load_postgresql(source: Source, head: BackupHead) -> None:
    """Put the rows into the configured PostgreSQL database, which must be empty. Needs Django."""
    from django.db import connection

    from broadsheet.importing.engines import database_copies as copies

    if connection.vendor != "postgresql":
        raise BackupRefusedError(
            "the backup is of a paper on PostgreSQL. Name an empty database: BROADSHEET_DATABASE=postgresql://…"
        )
    if not copies.is_empty_database():
        raise BackupRefusedError("there are tables in the database already. Name an empty one in BROADSHEET_DATABASE.")
    copies.make_tables(head.migrations)
    copies.load_tables(head.tables, head.sequences, lambda table: _rows(source, table))
    copies.upgrade()


def _rows(source: Source, table: str) -> Any:
    return source.open(f"database/{table}.copy")


def _belongs(name: str) -> bool:
    return name in FILES or name == SQLITE or name.partition("/")[0] in FOLDERS


def _extract(source: Source, name: str, part: Path) -> None:
    path = part / ("broadsheet.sqlite3" if name == SQLITE else name)
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = name in PRIVATE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
    with os.fdopen(descriptor, "wb") as out, source.open(name) as file:
        shutil.copyfileobj(file, out, CHUNK)
        out.flush()
        os.fsync(out.fileno())

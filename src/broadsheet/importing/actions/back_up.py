"""Writes everything that can't be made anew into one file, while the paper runs."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from broadsheet import __version__
from broadsheet.importing.engines.bundle_sink import ArchiveSink
from broadsheet.importing.engines.database_copies import Contents, copy_sqlite, copy_table, postgresql_snapshot
from broadsheet.importing.engines.held_files import drop_leftovers, hold
from broadsheet.importing.errors import BackupRefusedError
from broadsheet.importing.rules.backup_format import FILES, FOLDERS, HEAD, SQLITE, BackupHead
from broadsheet.importing.rules.shapes import in_utc
from broadsheet.kernel import clock

Progress = Callable[[int, int, str], None]
TRIES = 3
HELD = ".backup-"


def back_up(target: Path, *, replace: bool = False, progress: Progress | None = None) -> dict[str, Any]:
    """Write the backup, readable by its owner alone, and return what it holds.

    The database is copied as it is at one moment; media files are held fast before and after, so that each one it
    names is inside, also one deleted meanwhile. Files that were missing before are named in `missing`.
    """
    if target.exists() and not replace:
        raise BackupRefusedError(
            f"there is a file {target} already. Name another, or say --replace.", "No backup was made"
        )
    tell = progress or (lambda done, total, what: None)
    drop_leftovers(settings.DATA, HELD)
    held = settings.DATA / f"{HELD}{os.getpid()}"
    try:
        held.mkdir(mode=0o700)
        with ExitStack() as stack:
            contents, missing = _hold_all(held, stack)
            return _write(target, held, contents, missing, tell)
    except PermissionError as error:
        raise BackupRefusedError(
            f"{error.filename} can't be written. Run it as the paper's own user.", "No backup was made"
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise BackupRefusedError(
            f"it could not be written whole ({getattr(error, 'strerror', None) or error}). See that there is room on the "
            f"disks of {target.parent.resolve()} and of {settings.DATA}, or name a file on another disk.",
            "No backup was made",
        ) from error
    finally:
        shutil.rmtree(held, ignore_errors=True)


def _hold_all(held: Path, stack: ExitStack) -> tuple[Contents, list[str]]:
    """Hold media and database so that they agree; try again where a file came and went in between."""
    before: list[str] = []
    for attempt in range(1, TRIES + 1):
        with ExitStack() as snapshot:
            _hold_folders(held)
            contents = snapshot.enter_context(_snapshot(held))
            _hold_folders(held)
            missing = sorted(name for name in contents.files if not (held / "media" / name).is_file())
            if not missing or missing == before or attempt == TRIES:
                stack.push(snapshot.pop_all())
                return contents, missing
            before = missing
    raise AssertionError("the last attempt returns")


def _hold_folders(held: Path) -> None:
    for name in FOLDERS:
        source = Path(settings.MEDIA_ROOT) if name == "media" else settings.DATA / name
        if source.is_dir():
            hold(source, held / name)


@contextmanager
def _snapshot(held: Path) -> Iterator[Contents]:
    if connection.vendor == "postgresql":
        with postgresql_snapshot() as contents:
            yield contents
        return
    copy = held / "database.sqlite3"
    copy.unlink(missing_ok=True)
    yield copy_sqlite(Path(str(connection.settings_dict["NAME"])), copy)


def _write(target: Path, held: Path, contents: Contents, missing: list[str], tell: Progress) -> dict[str, Any]:
    files = sorted(path for name in FOLDERS for path in (held / name).rglob("*") if path.is_file())
    head = BackupHead(
        made_at=in_utc(clock.now()),
        generator=f"broadsheet {__version__}",
        engine=connection.vendor,
        migrations=contents.migrations,
        tables=contents.tables,
        sequences=contents.sequences,
    )
    with ArchiveSink(target, mode=0o600) as sink:
        sink.json(HEAD, head.as_json())
        if connection.vendor == "postgresql":
            for done, (table, columns) in enumerate(contents.tables, 1):
                sink.fill(f"database/{table}.copy", partial(copy_table, table, columns))
                tell(done, len(contents.tables), "Database")
        else:
            _copy(sink, SQLITE, held / "database.sqlite3")
        for name in FILES:
            if (settings.DATA / name).is_file():
                _copy(sink, name, settings.DATA / name)
        for done, path in enumerate(files, 1):
            _copy(sink, path.relative_to(held).as_posix(), path)
            tell(done, len(files), "Files")
    size = target.stat().st_size
    return {"file": str(target), "bytes": size, "files": len(files), "engine": head.engine, "missing": missing}


def _copy(sink: ArchiveSink, name: str, path: Path) -> None:
    with path.open("rb") as source:
        sink.copy(name, source)

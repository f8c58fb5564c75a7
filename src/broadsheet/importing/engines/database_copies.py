"""Copies of the whole database as it is at one moment, while others write; and back into an empty one."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from broadsheet.importing.errors import BackupRefusedError

Tables = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy of the database holds besides its rows."""

    migrations: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    tables: Tables = ()
    sequences: tuple[tuple[str, int], ...] = ()


def copy_sqlite(database: Path, target: Path) -> Contents:
    """Write the database as it is now to the target, in one step that holds up no writer."""
    address = f"{database.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=60)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        sound = copy.execute("PRAGMA quick_check").fetchone()[0]
        if sound != "ok":
            raise BackupRefusedError(f"the database is damaged ({sound}).", "No backup was made")
        migrations = copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        files = [row[0] for sql in _file_columns() for row in copy.execute(sql)]
    return Contents(tuple(map(tuple, migrations)), tuple(files))


@contextmanager
def postgresql_snapshot() -> Iterator[Contents]:
    """Let everything inside read the database as it is at one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = tuple((name, _columns(cursor, name)) for name in sorted(connection.introspection.table_names(cursor)))
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        sequences = tuple((name, last) for name, last in cursor.fetchall() if last is not None)
        migrations = tuple(MigrationRecorder.Migration.objects.order_by("id").values_list("app", "name"))
        files: list[str] = []
        for sql in _file_columns():
            cursor.execute(sql)
            files += [row[0] for row in cursor.fetchall()]
        yield Contents(migrations, tuple(files), tables, sequences)


def copy_table(table: str, columns: tuple[str, ...], out: IO[bytes]) -> None:
    """Write one table's rows."""
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns, "TO STDOUT")) as rows:
        for chunk in rows:
            out.write(bytes(chunk))


def is_empty_database() -> bool:
    """Return whether the database holds no table."""
    return not connection.introspection.table_names()


def make_tables(migrations: tuple[tuple[str, str], ...]) -> None:
    """Make an empty database's tables as they were when the copy was made."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    unknown = sorted(set(migrations) - known)
    if unknown:
        app, name = unknown[0]
        raise BackupRefusedError(f"it was made by another version, with the change {app}.{name}. Install that version.")
    graph = executor.loader.graph
    wanted = set(migrations) & set(graph.nodes)
    last = [key for key in sorted(wanted) if not any(child.key in wanted for child in graph.node_map[key].children)]
    executor.migrate(last)


def load_tables(tables: Tables, sequences: tuple[tuple[str, int], ...], open_rows: Callable[[str], Any]) -> None:
    """Put the rows back in one transaction: all of them or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        here = set(connection.introspection.table_names(cursor))
        missing = sorted({name for name, _columns in tables} - here)
        if missing:
            raise BackupRefusedError(f"this version has no table {missing[0]}.")
        names = ", ".join(connection.ops.quote_name(name) for name in sorted(here))
        cursor.execute(f"TRUNCATE {names} CASCADE")
        for name, columns in tables:
            with open_rows(name) as rows, cursor.copy(_copy(name, columns, "FROM STDIN")) as copy:
                while chunk := rows.read(256 * 1024):
                    copy.write(chunk)
        for name, last in sequences:
            cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s, true)", [name, last])


def upgrade() -> None:
    """Bring the database up to this version."""
    call_command("migrate", interactive=False, verbosity=0)


def _file_columns() -> list[str]:
    """Return a question for each column that names a stored file."""
    found = []
    for model in apps.get_models():
        for one in model._meta.local_fields:
            if isinstance(one, models.FileField) and model._meta.managed and not model._meta.proxy:
                column, table = (connection.ops.quote_name(str(name)) for name in (one.column, model._meta.db_table))
                found.append(f"SELECT {column} FROM {table} WHERE {column} <> ''")  # noqa: S608 - names of our models
    return found


def _columns(cursor: Any, table: str) -> tuple[str, ...]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return tuple(row[0] for row in cursor.fetchall())


def _copy(table: str, columns: tuple[str, ...], way: str) -> str:
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    return f"COPY {connection.ops.quote_name(table)} ({names}) {way}"

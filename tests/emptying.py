"""Empties the database after a test that really commits, as Django does it and in a tenth of the time.

Django deletes from every table and writes all content types and permissions anew. Here only tables that hold something
are emptied, and what Django would write anew is left where the test let it be.
"""

from typing import Any

from django.core.management.color import no_style
from django.db import connections
from django.test.testcases import TransactionTestCase

_as_django_does_it = TransactionTestCase._fixture_teardown
_left: dict[str, dict[str, int]] = {}  # by database: the tables that Django fills after emptying, and how many rows
_asked: dict[str, str] = {}  # by database: the question for tables that hold a row


def install() -> None:
    """Let all tests be followed by it."""
    TransactionTestCase._fixture_teardown = _emptied  # type: ignore[method-assign]


def _emptied(self: Any) -> None:
    for alias in self._databases_names(include_mirrors=False):
        connection = connections[alias]
        name = str(connection.settings_dict["NAME"])
        if name not in _left or any(_count(connection, table) != rows for table, rows in _left[name].items()):
            _as_django_does_it(self)
            _left[name] = {table: _count(connection, table) for table in _filled(connection)}
            continue
        tables = [table for table in _filled(connection) if table not in _left[name]]
        if tables:
            cascade = connection.vendor == "postgresql"  # which empties no table that others refer to, else
            connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, allow_cascade=cascade))


def _filled(connection: Any) -> list[str]:
    """Return the tables that hold a row."""
    name = str(connection.settings_dict["NAME"])
    if name not in _asked:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        _asked[name] = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})" for table in tables
        )
    with connection.cursor() as cursor:
        cursor.execute(_asked[name])
        return [row[0] for row in cursor.fetchall()]


def _count(connection: Any, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])

"""New rows by statements of a fixed shape, put into SQL once a process; what is written often is written so."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model

MOST = 100  # rows of one statement
_statements: dict[tuple[str, type[Model], int], str] = {}
_fields: dict[type[Model], tuple[Field[Any, Any], ...]] = {}


def insert(row: Model) -> None:
    """Write the new row, which has its number afterwards. No signal is sent, as with `bulk_create`."""
    connection = connections[DEFAULT_DB_ALIAS]
    fields = _fields_of(type(row))
    key = row._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(_statement(type(row), 1, connection), _values([row], fields, connection))
        if key not in fields:
            setattr(row, key.attname, cursor.fetchone()[0])
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_all(rows: Sequence[Model]) -> None:
    """Write the new rows, all of one table; nobody learns their numbers. No signal is sent."""
    connection = connections[DEFAULT_DB_ALIAS]
    for start in range(0, len(rows), MOST):
        part = rows[start : start + MOST]
        fields = _fields_of(type(part[0]))
        with connection.cursor() as cursor:
            cursor.execute(_statement(type(part[0]), len(part), connection), _values(part, fields, connection))


def _fields_of(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """Return the columns that are written: all but a number that the database gives."""
    found = _fields.get(model)
    if found is None:
        columns = model._meta.concrete_fields
        found = _fields[model] = tuple(one for one in columns if not isinstance(one, AutoField))
    return found


def _statement(model: type[Model], count: int, connection: BaseDatabaseWrapper) -> str:
    key = (connection.vendor, model, count)
    if key not in _statements:
        name, meta = connection.ops.quote_name, model._meta
        fields = _fields_of(model)
        columns = ", ".join(name(str(field.column)) for field in fields)
        row = f"({', '.join(['%s'] * len(fields))})"
        given = f" RETURNING {name(str(meta.pk.column))}" if count == 1 and meta.pk not in fields else ""
        into = f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES "  # noqa: S608 - names of our own tables
        _statements[key] = into + ", ".join([row] * count) + given
    return _statements[key]


def _values(rows: Sequence[Model], fields: tuple[Field[Any, Any], ...], connection: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]

"""Queries of a fixed shape, put into SQL once a process: building a query costs more than the database takes for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql import UpdateQuery

M = TypeVar("M", bound=Model)
Scalar = int | UUID | str | datetime
Argument = Scalar | Sequence[int]
_MARK = 2_147_400_000  # within 32 bits: beyond, Django leaves a comparison out as never true
_MARKED_DAY = datetime(2999, 1, 1, tzinfo=UTC)
_SCALARS = (int, UUID, str, datetime)
LONGEST = 512


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    places: tuple[tuple[int | None, Any], ...]  # for each parameter: which flat argument it is, or its fixed value
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


class Prepared:
    """A query that is asked again and again with other values.

    `build` gets one value for each argument, as it would be given to `filter` (a list for `__in`), and returns a
    queryset of `values_list`. Calling the object returns the same rows as evaluating that queryset. Arguments are
    integers (asked of columns of 32 bits or more), UUIDs, strings, moments and sequences of integers; an empty sequence finds nothing, and one of more than
    `LONGEST` numbers raises ValueError. A query that locks its rows is for transactions alone, as its queryset is.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._statements: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *arguments: Argument) -> list[tuple[Any, ...]]:
        """Return the rows."""
        padded = [_padded(argument) for argument in arguments]
        if any(isinstance(argument, list) and not argument for argument in padded):
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        statement = _of_shape(self._statements, padded, connection, self._compile)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, _values(statement, padded, connection))
            rows = cursor.fetchall()
        if not statement.converters:
            return [tuple(row) for row in rows]
        return [_converted(row, statement, connection) for row in rows]

    def in_parts(self, numbers: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Return the rows for any count of numbers, asked in parts of `LONGEST`; ordered within each part alone."""
        found = list(numbers)
        for start in range(0, len(found), LONGEST):
            yield from self(found[start : start + LONGEST])

    def _compile(self, padded: list[Any], connection: BaseDatabaseWrapper) -> _Statement:
        marks = _marks(padded)
        compiler = self._build(*marks).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        found = compiler.get_converters([part[0] for part in compiler.select])
        converters = tuple((column, tuple(how), what) for column, (how, what) in found.items())
        return _Statement(sql, _places(parameters, marks, connection), converters)


class PreparedObjects(Generic[M]):
    """A query of whole rows of one table that is asked again and again with other values.

    `build` is as for `Prepared`, but returns a queryset as it is, without `values_list`, `only` and joins.
    """

    def __init__(self, model: type[M], build: Callable[..., QuerySet[M, M]]) -> None:
        self._model, self._columns = model, [field.attname for field in model._meta.concrete_fields]
        self._rows = Prepared(lambda *values: build(*values).values_list(*self._columns))

    def __call__(self, *arguments: Argument) -> list[M]:
        """Return the objects."""
        return [self._model.from_db(DEFAULT_DB_ALIAS, self._columns, row) for row in self._rows(*arguments)]


class PreparedUpdate:
    """A change of rows that is made again and again with other values.

    `build` gets one value for each argument and returns the queryset of the rows and what their columns are to be, as
    it would be given to `update`. Calling the object changes the rows and returns how many these are.
    """

    def __init__(self, build: Callable[..., tuple[QuerySet[Any, Any], Mapping[str, Any]]]) -> None:
        self._build = build
        self._statements: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *arguments: Argument) -> int:
        """Change the rows; return how many there are."""
        padded = [_padded(argument) for argument in arguments]
        if any(isinstance(argument, list) and not argument for argument in padded):
            return 0
        connection = connections[DEFAULT_DB_ALIAS]
        statement = _of_shape(self._statements, padded, connection, self._compile)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, _values(statement, padded, connection))
            return int(cursor.rowcount)

    def _compile(self, padded: list[Any], connection: BaseDatabaseWrapper) -> _Statement:
        marks = _marks(padded)
        rows, values = self._build(*marks)
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(dict(values))
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        return _Statement(sql, _places(parameters, marks, connection), ())


def _of_shape(
    known: dict[tuple[Any, ...], _Statement],
    padded: list[Any],
    connection: BaseDatabaseWrapper,
    compiled: Callable[[list[Any], BaseDatabaseWrapper], _Statement],
) -> _Statement:
    """Return the statement for arguments of these kinds and lengths; compiled where none was asked for before."""
    shape = (connection.vendor, *(len(one) if isinstance(one, list) else type(one) for one in padded))
    statement = known.get(shape)
    if statement is None:
        statement = known[shape] = compiled(padded, connection)
    return statement


def _marks(padded: list[Any]) -> list[Any]:
    """Return values of the same kinds that stand for the arguments while a query is put into SQL, each another."""
    numbers = count()
    return [
        [_MARK + next(numbers) for _ in argument] if isinstance(argument, list) else _mark(argument, next(numbers))
        for argument in padded
    ]


def _mark(argument: Scalar, number: int) -> Scalar:
    if isinstance(argument, UUID):
        return UUID(int=_MARK + number)
    if isinstance(argument, str):
        return f"argument {_MARK + number}"
    if isinstance(argument, datetime):
        return _MARKED_DAY + timedelta(microseconds=_MARK + number)
    return _MARK + number


def _places(
    parameters: Sequence[Any], marks: list[Any], connection: BaseDatabaseWrapper
) -> tuple[tuple[int | None, Any], ...]:
    at = {_as_stored(mark, connection): place for place, mark in enumerate(_flat(marks))}
    places = tuple((at.get(value), None if value in at else value) for value in parameters)
    if set(at.values()) - {place for place, _fixed in places}:
        raise ValueError("A prepared query doesn't ask for all of its arguments as they are.")
    return places


def _values(statement: _Statement, padded: list[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    flat = [_as_stored(value, connection) for value in _flat(padded)]
    return [fixed if place is None else flat[place] for place, fixed in statement.places]


def _converted(row: Sequence[Any], statement: _Statement, connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
    values = list(row)
    for column, converters, expression in statement.converters:
        for convert in converters:
            values[column] = convert(values[column], expression, connection)
    return tuple(values)


def _padded(argument: Argument) -> Any:
    """Return a sequence as a list whose length is a power of two, its last number repeated: few lengths, few texts."""
    if isinstance(argument, _SCALARS):
        return argument
    found = list(argument)
    if len(found) > LONGEST:
        raise ValueError(f"A prepared query takes at most {LONGEST} numbers at once, not {len(found)}.")
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def _flat(arguments: list[Any]) -> Iterator[Scalar]:
    for argument in arguments:
        if isinstance(argument, list):
            yield from argument
        else:
            yield argument


def _as_stored(value: Scalar, connection: BaseDatabaseWrapper) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value

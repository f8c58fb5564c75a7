"""Queries of a fixed shape, put into SQL once a process: building a query costs more than the database takes for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Argument = int | UUID | Sequence[int]
_MARK = 2_147_400_000  # within 32 bits: beyond, Django leaves a comparison out as never true
LONGEST = 512


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    places: tuple[tuple[int | None, Any], ...]  # for each parameter: which flat argument it is, or its fixed value
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


class Prepared:
    """A query that is asked again and again with other numbers.

    `build` gets one value for each argument, as it would be given to `filter` (a list for `__in`), and returns a
    queryset of `values_list`. Calling the object returns the same rows as evaluating that queryset. Arguments are
    integers, UUIDs and sequences of integers; an empty sequence finds nothing, and one of more than `LONGEST` numbers
    raises ValueError.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._statements: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *arguments: Argument) -> list[tuple[Any, ...]]:
        """Return the rows."""
        padded = [_padded(argument) for argument in arguments]
        if any(isinstance(argument, list) and not argument for argument in padded):
            return []
        shape = (connection.vendor, *(len(a) if isinstance(a, list) else type(a).__name__ for a in padded))
        statement = self._statements.get(shape)
        if statement is None:
            statement = self._statements[shape] = self._compile(padded)
        flat = [_as_stored(value) for value in _flat(padded)]
        values = [fixed if place is None else flat[place] for place, fixed in statement.places]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            rows = cursor.fetchall()
        return [_converted(row, statement) for row in rows] if statement.converters else [tuple(row) for row in rows]

    def in_parts(self, numbers: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Return the rows for any count of numbers, asked in parts of `LONGEST`; ordered within each part alone."""
        found = list(numbers)
        for start in range(0, len(found), LONGEST):
            yield from self(found[start : start + LONGEST])

    def _compile(self, padded: list[Any]) -> _Statement:
        numbers = count()
        marks = [
            [_MARK + next(numbers) for _ in argument]
            if isinstance(argument, list)
            else (UUID(int=_MARK + next(numbers)) if isinstance(argument, UUID) else _MARK + next(numbers))
            for argument in padded
        ]
        compiler = self._build(*marks).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        at = {_as_stored(mark): place for place, mark in enumerate(_flat(marks))}
        places = tuple((at.get(value), None if value in at else value) for value in parameters)
        missing = set(at.values()) - {place for place, _fixed in places}
        if missing:
            raise ValueError("A prepared query doesn't ask for all of its arguments as they are.")
        found = compiler.get_converters([part[0] for part in compiler.select])
        return _Statement(sql, places, tuple((column, tuple(how), what) for column, (how, what) in found.items()))


def _converted(row: Sequence[Any], statement: _Statement) -> tuple[Any, ...]:
    values = list(row)
    for column, converters, expression in statement.converters:
        for convert in converters:
            values[column] = convert(values[column], expression, connection)
    return tuple(values)


def _padded(argument: Argument) -> Any:
    """Return a sequence as a list whose length is a power of two, its last number repeated: few lengths, few texts."""
    if isinstance(argument, int | UUID):
        return argument
    found = list(argument)
    if len(found) > LONGEST:
        raise ValueError(f"A prepared query takes at most {LONGEST} numbers at once, not {len(found)}.")
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def _flat(arguments: list[Any]) -> Iterator[int | UUID]:
    for argument in arguments:
        if isinstance(argument, list):
            yield from argument
        else:
            yield argument


def _as_stored(value: int | UUID) -> int | UUID | str:
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value

"""Reads the TOML files of a rulebook and finds again on which line a field stands."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadsheet.standards.rulebook.errors import RulebookError

Where = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class File:
    """One TOML file as read; `name` is what an error calls it. Without `source` it came from elsewhere than a file."""

    name: str
    source: str
    table: dict[str, object]


@dataclass(frozen=True, slots=True)
class Layered:
    """A table that later files lay over earlier ones; tables merge key by key, anything else is replaced."""

    files: tuple[File, ...]
    table: dict[str, object]

    def error(self, where: Where, what: str) -> RulebookError:
        """Return the error that names file, line and field; the last file that holds the field is the one to mend."""
        named = ".".join(str(part + 1 if isinstance(part, int) else part) for part in where)
        for depth in range(len(where), -1, -1):
            for file in reversed(self.files):
                if holds(file.table, where[:depth]):
                    line = line_of(file.source, where[:depth]) if file.source else 0
                    return RulebookError(what, field=named, file=file.name, line=line)
        return RulebookError(what, field=named)


def read(path: Path, name: str) -> File:
    """Return the file, or raise with the line where it stops being TOML."""
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RulebookError(f"can't be read: {error.strerror}", file=name) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RulebookError("is not UTF-8 from here on; save it as UTF-8", file=name, line=line) from error
    try:
        return File(name, source, tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"is not TOML: {error}", file=name, line=line_where_it_breaks(source)) from error


def layer(files: Sequence[File]) -> Layered:
    """Return the files as one table."""
    table: dict[str, object] = {}
    for file in files:
        table = merged(table, file.table)
    return Layered(tuple(files), table)


def merged(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """Return `below` with what `above` says instead."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def holds(table: object, where: Where) -> bool:
    """Return whether the table has something there."""
    here = table
    for part in where:
        try:
            here = here[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def line_of(source: str, where: Where) -> int:
    """Return the line on which the field begins, counted from 1.

    The field begins after the longest beginning that is TOML and doesn't hold it. Only asked for an error, so parsing
    again and again does not matter.
    """
    if not where:
        return 1
    complete = 0
    for count, table in beginnings(source):
        if holds(table, where):
            return complete + 1
        complete = count
    return 1


def line_where_it_breaks(source: str) -> int:
    """Return the first line after the longest beginning that is TOML."""
    return max((count for count, _ in beginnings(source)), default=0) + 1


def beginnings(source: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield how many lines make a beginning that is TOML by itself, and its table: those that end between two fields."""
    lines = [f"{line}\n" for line in source.split("\n")]
    for count in range(1, len(lines) + 1):
        try:
            yield count, tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue

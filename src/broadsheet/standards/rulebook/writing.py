"""A file of a rulebook as TOML: written from its table for people to edit, and read back with the line of a mistake."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from broadsheet.standards.rulebook.errors import RulebookError
from broadsheet.standards.rulebook.files import line_where_it_breaks

BARE = re.compile(r"[A-Za-z0-9_-]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def as_toml(table: Mapping[str, Any]) -> str:
    """Return the table as TOML; `read_toml` reads the same again. Texts of several lines stand as such."""
    return "\n".join(_lines(table, ())).strip("\n") + "\n"


def read_toml(source: str, name: str) -> dict[str, Any]:
    """Return the table that the TOML is, days as texts; `RulebookError` with the line where it isn't TOML."""
    source = source.replace("\r\n", "\n")
    try:
        return {key: _plain(value) for key, value in tomllib.loads(source).items()}
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"is not TOML: {error}", file=name, line=line_where_it_breaks(source)) from error


def _lines(table: Mapping[str, Any], where: tuple[str, ...]) -> Iterator[str]:
    later = {key: value for key, value in table.items() if isinstance(value, Mapping) or _is_tables(value)}
    for key, value in table.items():
        if key not in later:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in later.items():
        path = (*where, key)
        name = ".".join(map(_key, path))
        for each in [value] if isinstance(value, Mapping) else value:
            yield ""
            yield f"[{name}]" if isinstance(value, Mapping) else f"[[{name}]]"
            yield from _lines(each, path)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        lines = "\n" in value and "'''" not in value and not value.endswith("'") and not CONTROL.search(value)
        return f"'''\n{value}'''" if lines else _text(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
    return repr(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value

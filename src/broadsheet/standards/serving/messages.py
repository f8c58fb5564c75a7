"""Requests as Google's APIs read them: JSON held against the messages of the discovery document.

The rules are those of protocol buffers' JSON: names in either style, null for a field left out, numbers also as texts. The
words of the refusals are those the APIs answer with, so that a client that looks for them finds them.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from broadsheet.standards.serving.discovery import schemas
from broadsheet.standards.serving.refusals import ANALYZER, RefusedError, violations

MOST = 20  # mistakes that are told of one request
AROUND = 20  # signs shown on each side of what is no JSON
SHOWN = 200  # signs of a wrong value that are told
_INVALID = "Invalid JSON payload received."
_TYPES = {"string": "TYPE_STRING", "boolean": "TYPE_BOOL", "number": "TYPE_FLOAT", "integer": "TYPE_INT32"}
_BOOLS = {"true": True, "false": False}
_BAD = object()


def loaded(body: bytes) -> Any:
    """Return the value that the body is JSON of; an empty body is an empty object. Raises `RefusedError`."""
    try:
        text = body.decode("utf-8-sig")
        return json.loads(text, parse_constant=_no_number) if text.strip() else {}
    except json.JSONDecodeError as error:
        at_end = not error.doc[error.pos :].strip()
        what = "Unexpected end of string. Expected a value." if at_end else "Unexpected token."
        before, after = error.doc[max(0, error.pos - AROUND) : error.pos], error.doc[error.pos : error.pos + AROUND]
        line = (before + after).replace("\n", " ")
        raise RefusedError(400, f"{_INVALID} {what}\n{line}\n{' ' * len(before)}^") from None
    except RecursionError:
        raise RefusedError(400, f"{_INVALID} Message too deep.") from None
    except ValueError:  # no UTF-8, NaN, a number of thousands of digits
        raise RefusedError(400, f"{_INVALID} Unexpected token.") from None


def _no_number(_name: str) -> NoReturn:
    raise ValueError


def message(body: bytes, name: str) -> dict[str, Any]:
    """Return the body's fields, by their names in the discovery document. Raises `RefusedError` where they are wrong."""
    value = loaded(body)
    if not isinstance(value, dict):
        raise violations([("", f'{_INVALID} Unknown name "": Root element must be a message.')])
    reader = _Reader()
    found = reader.fields(value, name, "")
    if reader.wrong:
        raise violations(reader.wrong[:MOST])
    return found


class _Reader:
    """Reads values by their schemas, and collects what is wrong."""

    def __init__(self) -> None:
        self.wrong: list[tuple[str, str]] = []

    def fields(self, value: Mapping[str, Any], name: str, path: str) -> dict[str, Any]:
        known = schemas()[name]["properties"]
        named = {_snake(field): field for field in known}
        found: dict[str, Any] = {}
        for key, inner in value.items():
            field = key if key in known else named.get(key)
            if field is None:
                self._unknown(key, path, "Cannot find field.")
            elif inner is not None:
                where = f"{path}.{_snake(field)}" if path else _snake(field)
                found[field] = self._field(inner, known[field], where, (name, field, path))
            if len(self.wrong) >= MOST:
                break
        return found

    def _field(self, value: Any, schema: Mapping[str, Any], where: str, place: tuple[str, str, str]) -> Any:
        name, field, path = place
        if schema.get("type") == "array":
            return self._list(value, schema["items"], where, place)
        if isinstance(value, list):
            return self._unknown(field, path, "Proto field is not repeating, cannot start list.")
        if "additionalProperties" in schema:
            if isinstance(value, dict):
                return self._map(value, schema["additionalProperties"], where, place)
            return self._invalid(where, f"{_full(name)}.{field[0].upper()}{field[1:]}Entry", value)
        if "$ref" in schema:
            if isinstance(value, dict):
                return self.fields(value, schema["$ref"], where)
            return self._invalid(where, _full(schema["$ref"]), value)
        return self._scalar(value, schema, where, f"{_full(name)}.{field[0].upper()}{field[1:]}")

    def _list(self, value: Any, schema: Mapping[str, Any], where: str, place: tuple[str, str, str]) -> list[Any]:
        if not isinstance(value, list):
            return [self._field(value, schema, where, place)]
        found = []
        for at, item in enumerate(value):
            if item is not None:
                found.append(self._field(item, schema, f"{where}[{at}]", place))
            if len(self.wrong) >= MOST:
                break
        return found

    def _map(
        self, value: Mapping[str, Any], schema: Mapping[str, Any], where: str, place: tuple[str, str, str]
    ) -> dict[str, Any]:
        found = {}
        for at, (key, item) in enumerate(value.items()):
            found[key] = self._field({} if item is None else item, schema, f"{where}[{at}].value", place)
            if len(self.wrong) >= MOST:
                break
        return found

    def _scalar(self, value: Any, schema: Mapping[str, Any], where: str, enum: str) -> Any:
        kind = schema["type"]
        if isinstance(value, dict):
            self.wrong.append(
                (where, f"Invalid value at '{where}' ({_TYPES[kind]}), Starting an object on a scalar field")
            )
            return _BAD
        read = _choice(value, schema["enum"]) if "enum" in schema else _READ[kind](value)
        return self._invalid(where, enum if "enum" in schema else _TYPES[kind], value) if read is _BAD else read

    def _invalid(self, where: str, kind: str, value: Any) -> Any:
        told = json.dumps(value, ensure_ascii=False)[:SHOWN]
        self.wrong.append((where, f"Invalid value at '{where}' ({kind}), {told}"))
        return _BAD

    def _unknown(self, name: str, path: str, why: str) -> Any:
        at = f" at '{path}'" if path else ""
        self.wrong.append((path, f'{_INVALID} Unknown name "{name[:SHOWN]}"{at}: {why}'))
        return _BAD


def _snake(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", name)


def _full(name: str) -> str:
    return f"type.googleapis.com/{ANALYZER}.{name}"


def _choice(value: Any, names: list[str]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(names):
        return names[value]
    return value if value in names else _BAD


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else _BAD


def _bool(value: Any) -> Any:
    return _BOOLS.get(value, _BAD) if isinstance(value, str) else value if isinstance(value, bool) else _BAD


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        return _BAD
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return _BAD
    return number if math.isfinite(number) else _BAD


def _whole(value: Any) -> Any:
    number = _number(value)
    return int(number) if number is not _BAD and number.is_integer() and abs(number) < 2**31 else _BAD


_READ = {"string": _text, "boolean": _bool, "number": _number, "integer": _whole}

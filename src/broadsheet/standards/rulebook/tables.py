"""A rulebook as plain values that a database can keep: its files' tables by their names, as JSON has them."""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from broadsheet.standards.rulebook.clauses import Rulebook
from broadsheet.standards.rulebook.differences import diff, weighty_among
from broadsheet.standards.rulebook.errors import RulebookError
from broadsheet.standards.rulebook.fields import nearest
from broadsheet.standards.rulebook.files import File, read
from broadsheet.standards.rulebook.loading import FOLDERS, PRESET, Variables, names_in, read_files

HEAD = "rulebook.toml"
Tables = dict[str, dict[str, Any]]


def tables_of(folder: Path = PRESET) -> Tables:
    """Return the tables of a folder, by default of the shipped one; days are texts such as `2027-01-31`."""
    return {name: _plain(read(folder / name, name).table) for name in names_in(folder)}


def laid_over(below: Mapping[str, Any], changes: Mapping[str, Any]) -> Tables:
    """Return the tables with changes laid over them: tables merge key by key, null takes a key out, all else replaces.

    A file that changes name and `below` lacks is added; null in place of a file takes it out. Of a language that changes
    leave out of the list, the words go as well.
    """
    found = _merged(below, changes)
    for name, table in found.items():
        _refuse_misplaced(name, table)
    gone = _languages(below) - _languages(found)
    for name, table in found.items() if gone else ():
        for spoken in _spoken(name, table):
            for language in gone & spoken.keys():
                del spoken[language]
    return found


def changes_between(below: Mapping[str, Any], above: Mapping[str, Any]) -> Tables:
    """Return the least changes that make `above` of `below`: laid over it, they are `above` again.

    A language that `above` leaves out of its list has no words in it, as `laid_over` has it.
    """
    found: dict[str, Any] = {key: None for key in below if key not in above}
    for key, value in above.items():
        old = below.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            inner = changes_between(old, value)
            if inner:
                found[key] = inner
        elif key not in below or type(old) is not type(value) or old != value:
            found[key] = copy.deepcopy(value)
    return found


def load_tables(tables: Mapping[str, Any], variables: Variables | None = None) -> Rulebook:
    """Return the rulebook that the tables are, or raise `RulebookError`; `variables` as for `load`."""
    if HEAD not in tables:
        raise RulebookError("is missing", file=HEAD)
    files = {name: [File(name, "", dict(table))] for name, table in tables.items()}
    head = files[HEAD][0].table
    head["effective"] = _day(head.get("effective"))
    return read_files(files, variables)


def numbered(before: Rulebook, tables: Mapping[str, Any], effective: date) -> Tables:
    """Return the tables with versions that may follow `before`, whatever versions they name.

    Each clause that differs from its own before is one version on, every other keeps its version; so does the whole.
    Its day is `effective`, or that of `before` where that is later. Raises `RulebookError` where the tables are no rulebook.
    """
    found: Tables = copy.deepcopy(dict(tables))
    after = load_tables(found)
    changes = list(weighty_among(diff(before, after)))
    changed = {one.part for one in changes if not one.language or one.kind == "changed"}
    for code in before.clauses.keys() & after.clauses.keys():
        found[f"clauses/{code}.toml"]["version"] = before.clauses[code].version + (code in changed)
    head = found[HEAD]
    head["version"] = before.version + bool(changes)
    head["effective"] = max(before.effective, effective).isoformat()
    return found


def digest_of(tables: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> str:
    """Return the SHA-256 of the tables, and of `more` that belongs to them, whatever the order of their keys."""
    written = json.dumps([tables, more or {}], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    result = copy.deepcopy(dict(below))
    for key, value in above.items():
        old = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            result[key] = _merged(old if isinstance(old, dict) else {}, value)
        else:
            result[key] = copy.deepcopy(value)
    return result


def _languages(tables: Mapping[str, Any]) -> set[str]:
    listed = tables[HEAD].get("languages") if HEAD in tables else None
    return {one for one in listed if isinstance(one, str)} if isinstance(listed, list) else set()


def _spoken(name: str, table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tables of a file whose keys are languages."""
    if name.startswith("examples/"):
        yield table
        return
    if name == HEAD:
        inner = [one for key in ("headings", "variables") for one in _tables_in(table.get(key))]
    else:
        inner = [table.get("title"), table.get("text")]
    yield from (one for one in inner if isinstance(one, dict))


def _tables_in(value: object) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else []


def _refuse_misplaced(name: str, table: object) -> None:
    path = PurePosixPath(name)
    in_place = name == HEAD or (str(path.parent) in FOLDERS and path.suffix == ".toml" and path.stem)
    if not in_place:
        raise RulebookError(
            f"has no place here; {nearest(name, [HEAD, *(f'{each}/…' for each in FOLDERS)])}", file=name
        )
    if not isinstance(table, dict):
        raise RulebookError("must be a table", file=name)


def _day(value: object) -> object:
    """Return the day that a text names; anything else as it is, for the one who reads it to refuse."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value

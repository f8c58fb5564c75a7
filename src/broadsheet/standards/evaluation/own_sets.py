"""Reads labelled sets from files: boundary pairs as they are shipped, and JSON lines of a newsroom's own."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from broadsheet.standards.evaluation.labelled import NAMES, Labelled, SetError
from broadsheet.standards.lines import UnreadableError
from broadsheet.standards.lines import submission as submission_of
from broadsheet.standards.submission import Submission

SHIPPED = Path(__file__).parent / "sets"
SUFFIXES = (".txt", ".jsonl")
_SIGNED = re.compile(r"(?:[+-]\w+ )+\|(?= )")
_SIGN = re.compile(r"([+-])(\w+)")


def read(path: Path, codes: Collection[str]) -> list[Labelled]:
    """Return the rows of a file, or of every .txt and .jsonl file of a folder; `codes` are the clauses there are.

    A .txt file holds pairs: lines such as `+hate -insult | the text`, a blank line between pairs, remarks after #. Every
    other file holds JSON lines. `name.fr.txt` is in French, without such a name a set is in English. Raises `SetError`
    with file and line.
    """
    if path.is_dir():
        files = sorted(inner for inner in path.iterdir() if inner.suffix in SUFFIXES)
        if not files:
            raise SetError(f"holds no set: no file ends in {' or '.join(SUFFIXES)}", str(path))
        return [row for file in files for row in read(file, codes)]
    named = re.fullmatch(r".+\.([a-z]{2})", path.stem)
    language = named[1] if named else "en"
    rows = _pair if path.suffix == ".txt" else _object
    found = [row for number, line in _lines(path) if (row := rows(path, number, line, language, codes))]
    if not found:
        raise SetError("holds no row", str(path))
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank with their numbers."""
    try:
        written = path.read_bytes()
    except OSError as error:
        raise SetError(str(error.strerror), str(path)) from None
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SetError("is not UTF-8", str(path), written[: error.start].count(b"\n") + 1) from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.strip()


def _pair(path: Path, number: int, line: str, language: str, codes: Collection[str]) -> Labelled | None:
    if line.startswith("#"):
        return None
    signs = _SIGNED.match(line)
    text = line[signs.end() :].strip() if signs else ""
    if not signs or not text:
        raise SetError("is to be signs such as +hate -insult, then ' | ' and the text", str(path), number)
    labels = {_known(name, codes, path, number): sign == "+" for sign, name in _SIGN.findall(signs[0])}
    return Labelled(
        f"{path.stem}:{number}", path.stem, (Submission(text, edition_language=language),), labels,
        clean=not any(labels.values()), language=language,
    )  # fmt: skip


def _object(path: Path, number: int, line: str, language: str, codes: Collection[str]) -> Labelled:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SetError(f"is not JSON: {getattr(error, 'msg', 'too deep')}", str(path), number) from None
    if not isinstance(fields, dict):
        raise SetError("is to be a JSON object with `text`, and `clauses` or `labels`", str(path), number)
    try:
        submission = submission_of(fields, str(fields.get("lang") or language))
    except UnreadableError as error:
        raise SetError(str(error), str(path), number) from None
    labels = _labels(fields, codes, path, number)
    source = fields.get("source", "")
    if not isinstance(source, str):
        raise SetError("`source` is to be a text", str(path), number)
    return Labelled(
        str(fields.get("id", f"{path.stem}:{number}")), path.stem, (submission,), labels,
        clean=not any(labels.values()), language=submission.language or submission.edition_language, source=source,
    )  # fmt: skip


def _labels(fields: Mapping[str, Any], codes: Collection[str], path: Path, number: int) -> dict[str, bool]:
    """Return what is known: all clauses from `clauses`, which lists the broken ones; from `labels`, those it has."""
    broken, labels = fields.get("clauses"), fields.get("labels")
    if (broken is None) == (labels is None):
        raise SetError("is to have either `clauses`, the broken ones, or `labels`", str(path), number)
    if broken is not None:
        if not isinstance(broken, list):
            raise SetError("`clauses` is to be a list of codes", str(path), number)
        known = {_known(str(name), codes, path, number) for name in broken}
        return dict.fromkeys(codes, False) | dict.fromkeys(known, True)
    if not isinstance(labels, dict) or not all(value in (0, 1, None) for value in labels.values()):
        raise SetError("`labels` is to be an object of names with true, false or null", str(path), number)
    found = {_known(name, codes, path, number): bool(value) for name, value in labels.items() if value is not None}
    if not found:
        raise SetError("`labels` says nothing", str(path), number)
    return found


def _known(name: str, codes: Collection[str], path: Path, number: int) -> str:
    """Return the name of a label or the code of a clause as they are written in the code."""
    if name.lower() in NAMES and name not in codes:
        return name.lower()
    if name.upper() in codes:
        return name.upper()
    raise SetError(
        f"there is no clause or label {name!r}; there are {', '.join(sorted({*codes, *NAMES}))}", str(path), number
    )

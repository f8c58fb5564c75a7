"""Comments and verdicts as lines: JSON objects, or plain text with one comment a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Literal

from broadsheet.standards.submission import Article, Earlier, Submission
from broadsheet.standards.verdict import Verdict

Format = Literal["auto", "json", "text"]
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


_KINDS = {"str": "a text", "list": "a list", "dict": "an object"}


class UnreadableError(ValueError):
    """A line that is no comment; the message says which field is wrong and how."""


def read(lines: Iterable[str], form: Format, edition: str) -> Iterator[tuple[Any, Submission | UnreadableError]]:
    """Yield each comment's id and submission in order, and what is wrong where a line is none.

    `auto` reads JSON where the first line that is not blank is a JSON object, else one comment a line. Blank lines of JSON
    are left out; those of text are comments. An id that is missing is the number of the line.
    """
    numbered: Iterator[tuple[int, str]] = enumerate((line.rstrip("\r\n") for line in lines), 1)
    if form == "auto":
        form, numbered = _recognised(numbered)
    for number, line in numbered:
        if form == "text":
            yield number, Submission(line, edition_language=edition)
        elif line.strip():
            yield _read_json(number, line, edition)


def _recognised(numbered: Iterator[tuple[int, str]]) -> tuple[Format, Iterator[tuple[int, str]]]:
    first: list[tuple[int, str]] = []
    for number, line in numbered:
        first.append((number, line))
        if line.strip():
            break
    form: Format = "json" if first and _is_object(first[-1][1]) else "text"
    return form, chain(first, numbered)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_json(number: int, line: str, edition: str) -> tuple[Any, Submission | UnreadableError]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return number, UnreadableError(f"Line {number} is not JSON: {getattr(error, 'msg', 'too deep')}.")
    if not isinstance(fields, dict):
        return number, UnreadableError(f"Line {number} is to be a JSON object with `text`.")
    id_ = fields.get("id", number)
    try:
        return id_, submission(fields, edition)
    except UnreadableError as error:
        return id_, UnreadableError(f"Line {number}: {error}")


def submission(fields: Mapping[str, Any], edition: str = "en") -> Submission:
    """Return the submission an object describes, or raise `UnreadableError`; unknown fields are left alone."""
    if "text" not in fields:
        raise UnreadableError("`text` is missing.")
    article = _of(fields, "article", dict, None)
    return Submission(
        text=_of(fields, "text", str, ""),
        language=_of(fields, "lang", str, None),
        edition_language=_of(fields, "edition", str, edition),
        article=None if article is None else _article(article),
        parent=_of(fields, "parent", str, None),
        author=_of(fields, "author", str, ""),
        at=_time(fields),
        author_recent=tuple(
            _earlier(one, _of(fields, "author", str, "")) for one in _of(fields, "author_recent", list, [])
        ),
        neighbours=tuple(_earlier(one, "") for one in _of(fields, "neighbours", list, [])),
        thread=_of(fields, "thread", str, ""),
    )


def _article(fields: Mapping[str, Any]) -> Article:
    names = ("title", "standfirst", "body", "lang")
    title, standfirst, body, language = (_of(fields, name, str, "") for name in names)
    return Article(title, standfirst, body, language)


def _earlier(value: object, author: str) -> Earlier:
    if isinstance(value, str):
        return Earlier(value, _LONG_AGO, "", author)
    if not isinstance(value, dict):
        raise UnreadableError("an earlier comment is to be a text or an object with `text`.")
    return Earlier(
        _of(value, "text", str, ""),
        _time(value) or _LONG_AGO,
        _of(value, "thread", str, ""),
        _of(value, "author", str, author),
    )


def _time(fields: Mapping[str, Any]) -> datetime | None:
    written = _of(fields, "at", str, None)
    if written is None:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise UnreadableError(f"`at` is to be a time such as 2026-01-31T12:00:00Z, not {written!r}.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _of(fields: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = fields.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        raise UnreadableError(f"`{name}` is to be {_KINDS[kind.__name__]}.")
    return value


def written(id_: Any, verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain values: spans count code points, the end exclusive."""
    return {
        "id": id_,
        "outcome": verdict.outcome,
        "clauses": sorted({finding.clause for finding in verdict.findings}),
        "scores": {name: round(score, 4) for name, score in sorted(verdict.attributes.items())},
        "clause_scores": {code: round(score, 4) for code, score in sorted(verdict.scores.items())},
        "findings": [
            {
                "clause": finding.clause,
                "handling": finding.handling,
                "detector": finding.detector,
                "version": finding.version,
                "score": finding.score,
                "spans": [list(span) for span in finding.spans],
                "words": list(finding.words),
            }
            for finding in verdict.findings
        ],
        "not_covered": list(verdict.not_covered),
        "not_scored": list(verdict.not_scored),
        "care": verdict.care,
    }

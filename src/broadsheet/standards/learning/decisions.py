"""What people decided of comments: read from JSON lines, in the order of time, each comment's last decision."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from broadsheet.standards.detectors.encoder import TOGETHER, is_english
from broadsheet.standards.lines import UnreadableError, submission
from broadsheet.standards.model.encoder import Encoder, Floats, TooLongError
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

CHUNK = 256  # texts that are read at once


@dataclass(frozen=True, slots=True)
class Known:
    """What a model said of a comment when it was written; `model` is that encoder's fingerprint."""

    embedding: Floats
    scores: Mapping[str, float]
    model: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision of one comment: the clauses it breaks, none where it was approved.

    `by` names the person in whatever way the newsroom likes. The submission's text is empty where only `known` was kept.
    """

    id: str
    at: datetime
    clauses: frozenset[str]
    by: str
    submission: Submission
    known: Known | None = None


def read_decisions(lines: Iterable[str]) -> list[Decision]:
    """Return the decisions in the order of time, of each comment the last one. Raises `UnreadableError` with the line.

    A line is a JSON object: `id`, `at`, `by`, `clauses` (a list of codes, empty for an approved comment), and what
    `broadsheet judge` reads of a comment (`text`, `lang`, `article`, …); or, where the text was not kept, `embedding`,
    `scores` and `model`. A decision without a person is none: what a machine did must not teach the machine.
    """
    found: dict[str, Decision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = _decision(json.loads(line))
        except UnreadableError as error:
            raise UnreadableError(f"Line {number}: {error}") from None
        except (ValueError, RecursionError) as error:
            raise UnreadableError(f"Line {number} is not JSON: {getattr(error, 'msg', 'too deep')}.") from None
        if one.id not in found or found[one.id].at <= one.at:
            found[one.id] = one
    return in_order(found.values())


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions by their time."""
    return sorted(decisions, key=lambda one: (one.at, one.id))


def english(decisions: Iterable[Decision]) -> list[Decision]:
    """Return those whose comments the encoder is to read."""
    return [one for one in decisions if is_english(Seen(one.submission.text), one.submission)]


def read_by(decisions: Sequence[Decision], encoder: Encoder) -> list[Decision]:
    """Return the decisions with what this encoder says of them; without where the text can't be read or was not kept."""
    found = [one if one.known and _fits(one.known, encoder) else replace(one, known=None) for one in decisions]
    todo = [at for at, one in enumerate(found) if one.known is None]
    seen = {at: Seen(found[at].submission.text) for at in todo}
    short = [at for at in todo if seen[at].words and len(seen[at].folded) <= TOGETHER]
    long = [at for at in todo if seen[at].words and len(seen[at].folded) > TOGETHER]
    for chunk in [short[at : at + CHUNK] for at in range(0, len(short), CHUNK)] + [[at] for at in long]:
        try:
            readings = encoder.read([seen[at] for at in chunk])
        except TooLongError:  # a long text that stood alone: people read it, the machine doesn't learn from it
            continue
        for at, reading in zip(chunk, readings, strict=True):
            found[at] = replace(found[at], known=Known(reading.embedding, reading.scores, encoder.fingerprint))
    return found


def _fits(known: Known, encoder: Encoder) -> bool:
    return known.model == encoder.fingerprint and known.scores.keys() >= set(encoder.heads)


def _decision(fields: Any) -> Decision:
    if not isinstance(fields, dict):
        raise UnreadableError("is to be a JSON object.")
    id_, clauses, by = fields.get("id"), fields.get("clauses"), fields.get("by")
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise UnreadableError("`id` is to be a text or a whole number.")
    if not isinstance(clauses, list) or not all(isinstance(code, str) and code for code in clauses):
        raise UnreadableError("`clauses` is to be a list of codes, empty where the comment was approved.")
    if not isinstance(by, str) or not by.strip():
        raise UnreadableError("`by` is to name the person who decided: only people's decisions teach.")
    comment = submission({"text": "", **fields})
    known = _known(fields)
    if "text" not in fields and known is None:
        raise UnreadableError("`text` is missing, and so are `embedding`, `scores` and `model`.")
    if comment.at is None:
        raise UnreadableError("`at` is missing: when it was decided.")
    return Decision(str(id_), comment.at.astimezone(UTC), frozenset(clauses), by.strip(), comment, known)


def _known(fields: Mapping[str, Any]) -> Known | None:
    embedding, scores, model = (fields.get(name) for name in ("embedding", "scores", "model"))
    if embedding is None:
        return None
    if not (isinstance(embedding, list) and embedding and all(map(_is_number, embedding))):
        raise UnreadableError("`embedding` is to be a list of numbers.")
    if not (isinstance(scores, dict) and all(map(_is_number, scores.values())) and isinstance(model, str)):
        raise UnreadableError("`embedding` asks for `scores` (a number for each head) and `model` (a fingerprint).")
    return Known(np.array(embedding, np.float32), {name: float(value) for name, value in scores.items()}, model)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6

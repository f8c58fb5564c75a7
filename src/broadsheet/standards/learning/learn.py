"""Learns one clause's head from what people decided."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

import numpy as np

from broadsheet.standards.detectors.contract import Use
from broadsheet.standards.learning.decisions import Decision, Known, in_order, read_by
from broadsheet.standards.learning.decisions import english as read_as_english
from broadsheet.standards.learning.distinct import Row, distinct
from broadsheet.standards.learning.fitting import ALONE, Rows, fitted, folds_of
from broadsheet.standards.learning.measures import auroc, share
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import Counts, LearnedHead, Quality, features_of, log_odds
from broadsheet.standards.submission import Submission

LEAST, LEAST_OF_A_KIND = 12, 2  # comments, near copies counted once
MOST = 4000  # decisions of each kind that are learned from: the latest
MIDDLE = 0.5  # a new head's threshold: from there on it is likelier than not that people decide so
HALF = 0.5  # weight of an example of the clause: it stands for decisions that are yet to come
DIGITS = 6
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class Served(Protocol):
    """What is asked of a clause: which detectors serve it."""

    @property
    def detectors(self) -> Sequence[Use]:
        """The uses."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a head begins with: the shipped head whose score it corrects, if any, and from which score on it counts.

    `examples` are texts of a new clause with whether they break it. They count half a decision each, never as one of the
    dozen, and never for a clause that is shipped: there they are what the judge is measured on.
    """

    base: str | None = None
    threshold: float = MIDDLE
    examples: tuple[tuple[str, bool], ...] = ()


def start_of(clause: Served | None) -> Start:
    """Return the start for a clause: the first shipped head that serves it, with its threshold."""
    for use in clause.detectors if clause else ():
        head = use.options.get("head")
        if use.name == "encoder" and head:
            return Start(head if isinstance(head, str) else next(iter(head)), use.threshold)  # type: ignore[call-overload]
    return Start()


def learn(
    decisions: Sequence[Decision], clause: str, encoder: Encoder, *, start: Start, made: date, version: int = 1
) -> LearnedHead:
    """Return the clause's head, learned from decisions of English comments; the same decisions give the same head.

    It is not switched on. Raises `LearningError` where there are fewer than 12 comments, or not two of each kind.
    """
    if start.base and start.base not in encoder.heads:
        raise LearningError("no-base", f"The model has no head {start.base!r}.", f"It has {', '.join(encoder.heads)}.")
    if start.base and start.examples:
        raise LearningError("examples", f"{clause} has a shipped head: its examples are what that is measured on.")
    chosen = _latest(decisions, clause)
    english = read_as_english(chosen)
    read = [one for one in read_by(english, encoder) if one.known]
    if len({len(one.known.embedding) for one in read if one.known}) > 1:
        raise LearningError("embedding", "The embeddings of these decisions are of different sizes.")
    rows = distinct(read, clause)
    _refuse_too_few(rows, clause, decisions)
    examples = _examples(start, encoder)
    given = _fitted_rows(rows, examples, start.base, encoder.heads)
    fit = fitted(given)
    breaking = sum(row.label >= 0.5 for row in rows)
    return LearnedHead(
        clause=clause,
        version=version,
        base=start.base,
        threshold=start.threshold,
        made=made,
        until=max(one.at for one in chosen),
        model_version=encoder.version,
        model=encoder.fingerprint,
        heads=encoder.heads,
        weights=tuple(float(weight) for weight in np.round(fit.weights, DIGITS)),
        intercept=round(fit.intercept, DIGITS),
        scale=round(fit.scale, DIGITS),
        shift=round(fit.shift, DIGITS),
        counts=Counts(
            breaking=breaking,
            kept=len(rows) - breaking,
            copies=len(read) - len(rows),
            other_language=len(chosen) - len(english),
            unreadable=len(english) - len(read),
            examples=len(examples),
        ),
        quality=_quality(rows, fit.unseen[: len(rows)], start),
    )


def _latest(decisions: Sequence[Decision], clause: str) -> list[Decision]:
    ordered = in_order(decisions)
    breaking = [one for one in ordered if clause in one.clauses]
    return in_order([*breaking[-MOST:], *[one for one in ordered if clause not in one.clauses][-MOST:]])


def _refuse_too_few(rows: Sequence[Row], clause: str, decisions: Sequence[Decision]) -> None:
    breaking = sum(row.label >= 0.5 for row in rows)
    kept = len(rows) - breaking
    if not any(clause in one.clauses for one in decisions):
        named = ", ".join(sorted({code for one in decisions for code in one.clauses})) or "none"
        raise LearningError("one-kind", f"No decision names the clause {clause}.", f"Clauses that are named: {named}.")
    if len(rows) < LEAST or min(breaking, kept) < LEAST_OF_A_KIND:
        raise LearningError(
            "too-few" if len(rows) < LEAST else "one-kind",
            f"{breaking} comments break {clause} and {kept} don't, near copies counted once.",
            f"A head needs {LEAST} English comments that can be read, and {LEAST_OF_A_KIND} of each kind.",
        )


def _examples(start: Start, encoder: Encoder) -> list[tuple[Known, bool]]:
    made = [
        Decision(str(at), _ANY_TIME, frozenset(), "", Submission(text, language="en"))
        for at, (text, _) in enumerate(start.examples)
    ]
    read = read_by(made, encoder)
    return [(one.known, breaks) for one, (_, breaks) in zip(read, start.examples, strict=True) if one.known]


def _fitted_rows(
    rows: Sequence[Row], examples: Sequence[tuple[Known, bool]], base: str | None, heads: Sequence[str]
) -> Rows:
    known = [*(row.known for row in rows), *(one for one, _ in examples)]
    scores = [one.scores for one in known]
    embeddings = np.array([one.embedding for one in known], np.float64)
    labels = np.array([row.label for row in rows])
    return Rows(
        features=features_of(embeddings, log_odds(scores, heads)),
        starts=log_odds(scores, (base,))[:, 0] if base else np.zeros(len(known)),
        labels=np.hstack([labels, [float(breaks) for _, breaks in examples]]),
        weights=np.hstack([[row.weight for row in rows], np.full(len(examples), HALF)]),
        folds=np.hstack([folds_of(labels, _dealt(rows)), np.full(len(examples), -1)]).astype(np.int64),
        embedded=embeddings.shape[1],
        corrects=base is not None,
    )


def _dealt(rows: Sequence[Row]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the rows in an order that has nothing to do with time or label, and is the same each time."""
    return np.array(
        sorted(range(len(rows)), key=lambda at: hashlib.sha256(rows[at].id.encode("utf-8", "replace")).digest()),
        np.int64,
    )


def _quality(rows: Sequence[Row], unseen: np.ndarray[tuple[int], np.dtype[np.float64]], start: Start) -> Quality:
    labels = np.array([row.label >= 0.5 for row in rows])
    reached = unseen >= start.threshold
    right = int((reached & labels).sum())
    shipped = log_odds([row.known.scores for row in rows], (start.base,))[:, 0] if start.base else None
    return Quality(
        folds=len(rows) if len(rows) <= ALONE else len(np.unique(folds_of(labels.astype(float), _dealt(rows)))),
        auroc=auroc(unseen, labels),
        precision=share(right, int(reached.sum())) if reached.any() else None,
        recall=share(right, int(labels.sum())),
        shipped=None if shipped is None else auroc(shipped, labels),
    )

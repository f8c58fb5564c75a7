"""Rows and verdicts as values, for tests that count them."""

from collections.abc import Mapping

from broadsheet.standards.evaluation.judged import Judged
from broadsheet.standards.evaluation.labelled import Labelled
from broadsheet.standards.submission import Submission
from broadsheet.standards.verdict import Finding, Handling, Outcome, Verdict


def row(text: str = "x", *, clean: bool = False, name: str = "mine", **labels: bool) -> Labelled:
    return Labelled(text, name, (Submission(text),), labels, clean)


def verdict(
    outcome: Outcome = "publish",
    findings: Mapping[str, Handling] | None = None,
    scores: Mapping[str, float] | None = None,
    not_covered: tuple[str, ...] = (),
    attributes: Mapping[str, float] | None = None,
) -> Verdict:
    found = tuple(Finding(code, handling, "words", 1, 1.0) for code, handling in (findings or {}).items())
    return Verdict(outcome, found, scores or {}, not_covered, (), False, attributes or {})


def said(one: Labelled, *rest: object, **more: object) -> Judged:
    return Judged(one, verdict(*rest, **more))  # type: ignore[arg-type]

"""The judge: every clause's detectors look at a submission, cheap ones first, and the severest handling is the outcome."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from broadsheet.standards.attributes import attributes
from broadsheet.standards.detectors import Detector, Sighting, Use, encoder, ngrams
from broadsheet.standards.detectors.contract import Selective, as_set
from broadsheet.standards.detectors.encoder import is_english, read_together
from broadsheet.standards.detectors.reading import language_of
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.verdict import ORDER, Finding, Handling, Outcome, Verdict

LONGEST = 200_000  # signs; a longer text is read by people
MOST = 500  # sightings of one detector that are kept
PLANS = 16  # rulebooks whose plans are kept: an edition's, those it is compared with
logger = logging.getLogger(__name__)


class Clause(Protocol):
    """What the judge asks of a clause."""

    @property
    def on(self) -> bool:
        """Whether it is in force."""

    @property
    def handling(self) -> str:
        """The most a finding may lead to; `human` leaves the clause to people."""

    @property
    def care(self) -> bool:
        """Whether its findings ask to show where help is found."""

    @property
    def detectors(self) -> Sequence[Use]:
        """Which detectors serve it."""


class Rulebook(Protocol):
    """What the judge asks of a rulebook."""

    @property
    def clauses(self) -> Mapping[str, Clause]:
        """The clauses by their codes."""


@dataclass(frozen=True, slots=True)
class _Merged:
    """A clause's use of a detector, with what the detector does there by itself."""

    name: str
    threshold: float
    options: Mapping[str, object]
    handling: str


@dataclass(frozen=True, slots=True)
class Look:
    """What one detector saw for one clause, below its threshold too; `sightings` is None where it failed."""

    clause: str
    handling: str
    detector: Detector
    threshold: float
    sightings: tuple[Sighting, ...] | None


def judge(submission: Submission, rulebook: Rulebook, senses: Senses) -> Verdict:
    """Return what follows for the submission. Never raises for what stands in a text: what can't be read is not scored."""
    return judge_seen(Seen(submission.text), submission, rulebook, senses)


def judge_many(submissions: Sequence[Submission], rulebook: Rulebook, senses: Senses) -> list[Verdict]:
    """Return what follows for each, in order, as `judge` does: faster together, since texts of like length are read at once."""
    seen = see_together(submissions, senses)
    return [judge_seen(one, submission, rulebook, senses) for one, submission in zip(seen, submissions, strict=True)]


def see_together(submissions: Sequence[Submission], senses: Senses) -> list[Seen]:
    """Return the texts in order, each read by the encoder where it can be."""
    seen = [Seen(one.text[: LONGEST + 1]) for one in submissions]
    try:
        english = [
            one
            for one, submission in zip(seen, submissions, strict=True)
            if len(one.original) <= LONGEST and is_english(one, submission)
        ]
        if isinstance(senses.encoder, Encoder):
            read_together(english, senses.encoder)
    except Exception as error:  # noqa: BLE001 - then each is read by itself, and says by itself that it failed
        _report("encoder", error)
    return seen


def judge_seen(seen: Seen, submission: Submission, rulebook: Rulebook, senses: Senses) -> Verdict:
    """Return what follows for a text that was seen before, by senses with the same encoder: it is not read again."""
    if len(seen.original) > LONGEST:
        return Verdict("not_scored", not_scored=("length",))
    findings: list[Finding] = []
    scores: dict[str, float] = {}
    noticed: list[tuple[str, str, float]] = []
    failed: dict[str, None] = {}
    outcome: Outcome = "publish"
    care = False
    for look in looks(seen, submission, rulebook, senses):
        if look.sightings is None:
            failed[look.detector.name] = None
            continue
        highest = max(one.score for one in look.sightings)
        noticed.append((look.clause, look.detector.name, highest))
        scores[look.clause] = max(scores.get(look.clause, 0.0), highest)
        care = care or any(one.care for one in look.sightings)
        finding = _finding(look, seen)
        if finding:
            findings.append(finding)
            care = care or rulebook.clauses[look.clause].care
            outcome = max(outcome, _outcome(finding.handling), key=ORDER.index)
    try:
        not_covered = tuple(_not_covered(seen, submission, rulebook, senses))
    except Exception as error:  # noqa: BLE001 - where the language can't be read, nobody knows what was covered
        _report("language", error)
        failed["language"], not_covered = None, ()
    heads = _heads(seen, submission, senses, failed)
    return Verdict(
        "not_scored" if failed else outcome, tuple(findings), scores, not_covered, tuple(failed), care,
        attributes(heads, noticed),
    )  # fmt: skip


def _heads(seen: Seen, submission: Submission, senses: Senses, failed: dict[str, None]) -> Mapping[str, float]:
    """Return what the models say of the text, and add to `failed` the one that can't: what isn't told is not low."""
    heads: dict[str, float] = {}
    models = {
        "encoder": partial(encoder.heads_of, seen, submission, senses.encoder),
        "ngrams": partial(ngrams.heads_of, seen, submission, senses.ngrams),
    }
    for name, ask in models.items():
        try:
            heads |= ask() if name not in failed else {}
        except Exception as error:  # noqa: BLE001 - the failure is the answer: people read the text instead
            _report(name, error)
            failed[name] = None
    return heads


def looks(seen: Seen, submission: Submission, rulebook: Rulebook, senses: Senses) -> Iterator[Look]:
    """Yield what each detector sees for each clause that is on, cheap ones first; nothing where it sees nothing."""
    watch = _Watch(senses.limit)
    for code, handling, use, detector in _plan(rulebook, senses).looks:
        try:
            sightings: tuple[Sighting, ...] | None = _all(detector.look(seen, submission, use), use.threshold)
        except Exception as error:  # noqa: BLE001 - whatever a detector meets, people read the text instead
            _report(detector.name, error)
            sightings = None
        if watch.is_over():
            logger.error(
                "The detector %s took longer than %s s; the comment is not scored.", detector.name, senses.limit
            )
            sightings = None
        if sightings != ():
            yield Look(code, handling, detector, use.threshold, sightings)


def _all(sightings: Iterable[Sighting], threshold: float) -> tuple[Sighting, ...]:
    """Return the sightings, up to so many that count: more change nothing, and a hostile text has as many as it likes."""
    kept: list[Sighting] = []
    counted = 0
    for sighting in sightings:
        kept.append(sighting)
        if sighting.score >= threshold:
            counted += 1
            if counted == MOST:
                break
    return tuple(kept)


class _Watch:
    """Measures one look after the other: by the clock, and by processor time where the clock says too long.

    A busy machine makes nobody late.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._clock, self._processor = time.perf_counter(), time.thread_time()

    def is_over(self) -> bool:
        """Say whether more than the limit was used since the last question."""
        before, self._clock = self._clock, time.perf_counter()
        if self._clock - before <= self._limit:
            return False
        used, self._processor = time.thread_time() - self._processor, time.thread_time()
        return used > self._limit


def _report(name: str, error: Exception) -> None:
    """Log that a detector failed, without traceback or message: those may hold the text."""
    logger.error("The detector %s failed with %s; the comment is not scored.", name, type(error).__name__)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who looks for which clause, in order; and the clauses that can be noticed in some languages only, or in none."""

    rulebook: Rulebook
    looks: tuple[tuple[str, str, Use, Detector], ...]
    limited: tuple[tuple[str, frozenset[str]], ...]


def _plan(rulebook: Rulebook, senses: Senses) -> _Plan:
    """Return the rulebook's plan; made once."""
    kept: _Plan | None = senses.plans.get(id(rulebook))
    if kept and kept.rulebook is rulebook:
        return kept
    if len(senses.plans) >= PLANS:
        senses.plans.clear()
    plan = senses.plans[id(rulebook)] = _Plan(rulebook, _planned(rulebook, senses), tuple(_limited(rulebook, senses)))
    return plan


def _planned(rulebook: Rulebook, senses: Senses) -> tuple[tuple[str, str, Use, Detector], ...]:
    plan: list[tuple[str, str, Use, Detector]] = []
    for code, clause in rulebook.clauses.items():
        for use in clause.detectors if clause.on else ():
            detector = senses.detectors.get(use.name)
            if detector:
                handling = "human" if clause.handling == "human" else use.handling
                options = {
                    name: as_set(value) for name, value in {**detector.clauses.get(code, {}), **use.options}.items()
                }
                plan.append((code, handling, _Merged(use.name, use.threshold, options, handling), detector))
    return tuple(sorted(plan, key=lambda entry: entry[3].cost))


def _limited(rulebook: Rulebook, senses: Senses) -> Iterator[tuple[str, frozenset[str]]]:
    for code, clause in rulebook.clauses.items():
        there = [(senses.detectors[use.name], use) for use in clause.detectors if use.name in senses.detectors]
        if clause.on and clause.detectors and all(detector.languages for detector, _use in there):
            yield code, frozenset().union(*(_covered(detector, use) for detector, use in there))


def _covered(detector: Detector, use: Use) -> frozenset[str]:
    return detector.covered(use) if isinstance(detector, Selective) else detector.languages


def _finding(look: Look, seen: Seen) -> Finding | None:
    counted = [one for one in look.sightings or () if one.score >= look.threshold]
    if not counted:
        return None
    spans = _joined(span for one in counted for span in one.spans)
    return Finding(
        look.clause,
        _HANDLINGS[look.handling],
        look.detector.name,
        look.detector.version,
        round(max(one.score for one in counted), 4),
        spans,
        seen.words_at(spans),
    )


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


_HANDLINGS: dict[str, Handling] = {"flag": "flag", "slow": "slow", "warn": "warn", "hold": "hold", "human": "human"}


def _outcome(handling: Handling) -> Outcome:
    return "publish" if handling == "human" else handling


def _not_covered(seen: Seen, submission: Submission, rulebook: Rulebook, senses: Senses) -> Iterator[str]:
    """Yield the clauses that are on, served by detectors, and by none that can read this language."""
    limited = _plan(rulebook, senses).limited
    language = language_of(seen, submission) if limited else ""
    for code, languages in limited:
        if language not in languages:
            yield code

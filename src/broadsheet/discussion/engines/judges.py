"""The judge at work: one a process, its senses loaded once, a bounded number of comments judged at a time (STD-02, STD-04)."""

import logging
import os
import threading
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.conf import settings

from broadsheet.discussion.engines.nearby import nearby
from broadsheet.kernel.watched import Watched
from broadsheet.newsroom.queries.rulebooks import Kept, Running, running_of
from broadsheet.standards.detectors.encoder import is_english, reading_of
from broadsheet.standards.detectors.reading import language_of
from broadsheet.standards.judging import judge_seen
from broadsheet.standards.learning.backtest import side_of
from broadsheet.standards.model.encoder import Encoder, ModelError
from broadsheet.standards.model.learned import LearnedHead
from broadsheet.standards.rulebook import Rulebook
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import Fingerprint
from broadsheet.standards.verdict import Verdict

AGAIN = 60.0  # seconds after which loading is tried again
BOOKS = 32  # rulebooks with learned heads whose senses are kept: editions, live and in shadow mode
LATELY = 200  # comments that the judge's state tells of
SEVERAL, OFTEN = 5, 20  # so many that could not be scored, and more than one in so many, are a fault to look at
log = logging.getLogger("broadsheet.judge")


@dataclass(frozen=True, slots=True)
class Beside:
    """What the rulebook in shadow mode says: `number` is that version's; `verdict` is None where it failed."""

    number: int
    verdict: Verdict | None
    differs: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge says of a comment, by which version of the edition's rulebook (0: as shipped).

    `embedding` is the encoder's view of an English text as 16-bit floats, `fingerprint` what copies are found with; None
    where there is none. `language` is that of the text, empty where it couldn't be told. `milliseconds` is the time the author waited.
    """

    verdict: Verdict
    rulebook_number: int
    milliseconds: float
    embedding: bytes | None = None
    fingerprint: Fingerprint | None = None
    language: str = ""
    beside: Beside | None = None


def judge_comment(submission: Submission, edition_id: int) -> Judged:
    """Return what follows for the comment by the edition's rulebook, with the copies that others wrote as neighbours.

    Never raises: whatever fails, or takes longer than `JUDGE_SECONDS`, makes the comment not scored, so that it waits for
    a person (STD-02). Call it outside a transaction: it takes time. The caller has read what is new of the fingerprints
    (`queries.nearby`).
    """
    began = time.perf_counter()
    number = 0
    try:
        running = running_of(edition_id)
        number = running.live.number
        future = _bench.pool().submit(_judged, submission, running)
        try:
            found = future.result(settings.JUDGE_SECONDS)
        except TooLong:
            future.cancel()
            log.error("The judge took longer than %s s; the comment is not scored.", settings.JUDGE_SECONDS)
            found = _not_scored("time", number)
    except Exception as error:  # noqa: BLE001 - without its message, which may hold the text
        log.error("The judge failed with %s; the comment is not scored.", type(error).__name__)
        found = _not_scored("judge", number)
    _bench.count(found.verdict)
    return replace(found, milliseconds=(time.perf_counter() - began) * 1000)


def rulebook_of(edition_id: int) -> Rulebook:
    """Return the rulebook by which comments of the edition are judged now, to tell authors of its clauses."""
    return running_of(edition_id).live.rulebook


def senses() -> Senses:
    """Return what the process judges with, loaded at the first question. Raises where a list is missing or damaged.

    A missing model raises nothing here: what needs it fails for every comment then.
    """
    return _bench.senses()


def judge_state() -> dict[str, Any]:
    """Return how the judge of this process is: `why` where it fails, and how many of the latest it could not score.

    `ok` all the same: pages are served, and comments wait for people. A balancer that took the process out for it would
    make readers suffer where only moderators do.
    """
    return _bench.state()


JUDGE = Watched(
    "judge",
    judge_state,
    {
        "judged": "Of the latest 200 comments of this process, those that came to the judge",
        "not_scored": "Of these, those that nobody but people can judge, since something failed",
        "failing": "1 where the judge fails, as `why` in /health says",
    },
)


def forget_senses() -> None:
    """Load afresh at the next question."""
    _bench.forget()


class _Bench:
    """The senses, the threads that judge, and how the latest comments fared."""

    def __init__(self) -> None:
        self._lock, self._loading = threading.Lock(), threading.Lock()
        self._pool: tuple[int, ThreadPoolExecutor] | None = None
        self._senses: Senses | None = None
        self._failed: float | None = None
        self._with_heads: dict[tuple[LearnedHead, ...], Senses] = {}
        self._latest: deque[tuple[str, ...]] = deque(maxlen=LATELY)

    def pool(self) -> ThreadPoolExecutor:
        """Return the threads of this process: after a fork there are others."""
        with self._lock:
            if self._pool is None or self._pool[0] != os.getpid():
                self._pool = os.getpid(), ThreadPoolExecutor(settings.JUDGE_THREADS, thread_name_prefix="judge")
            return self._pool[1]

    def senses(self) -> Senses:
        """Return the senses; whoever comes while they are loaded waits."""
        with self._loading:
            if self._senses is not None:
                return self._senses
            if self._failed is not None and time.monotonic() - self._failed < AGAIN:
                raise RuntimeError("The judge could not be loaded a moment ago.")
            try:
                self._senses = Senses.load() if settings.JUDGE_MODEL else Senses.load(None)
            except Exception as error:
                log.error("The judge could not be loaded: %s", error)
                self._failed = time.monotonic()
                raise
            self._failed = None
            return self._senses

    def senses_for(self, kept: Kept, *, trial: bool = False) -> Senses:
        """Return the senses with the rulebook's learned heads, which have been switched on unless it is on trial."""
        plain = self.senses()
        if not kept.heads:
            return plain
        found = self._with_heads.get(kept.heads)
        if found is None:
            found = plain.with_heads(kept.heads, trial=trial)
            with self._lock:
                if len(self._with_heads) >= BOOKS:
                    self._with_heads.clear()
                self._with_heads[kept.heads] = found
        return found

    def count(self, verdict: Verdict) -> None:
        """Remember what failed for the comment."""
        with self._lock:
            self._latest.append(verdict.not_scored)

    def state(self) -> dict[str, Any]:
        """Return how the judge is."""
        with self._lock:
            latest, loaded, failed = list(self._latest), self._senses, self._failed
        broken = loaded is not None and any(isinstance(one, ModelError) for one in (loaded.encoder, loaded.ngrams))
        lost = sum(bool(one) for one in latest)
        often = lost >= SEVERAL and lost * OFTEN > len(latest)
        why = _why(failed=failed is not None, broken=broken, often=often)
        return {
            "ok": True,
            **({"why": why} if why else {}),
            "judged": len(latest),
            "not_scored": lost,
            "failing": int(bool(why)),
            "failed": dict(Counter(name for one in latest for name in one)),
        }

    def forget(self) -> None:
        """Load afresh at the next question."""
        with self._loading, self._lock:
            self._senses, self._failed, self._with_heads = None, None, {}
            self._latest.clear()


def _why(*, failed: bool, broken: bool, often: bool) -> str:
    if failed:
        return "The judge could not be loaded: every comment waits for a person. The log says what is missing."
    if broken:
        return "A file of the judge's model is missing or damaged: comments wait for a person. The log says which."
    return "Many comments can't be scored and wait for a person. The log says which detector fails." if often else ""


def _judged(submission: Submission, running: Running) -> Judged:
    """Return the verdict of the live rulebook, and beside it that of the one in shadow mode."""
    live = running.live
    with_live = _bench.senses_for(live)
    seen = Seen(submission.text)
    fingerprint = _fingerprint(seen, submission, with_live)
    if fingerprint is not None and submission.at is not None and not submission.neighbours:
        copies = nearby.copies_for(fingerprint, submission.author, submission.at)
        submission = replace(submission, neighbours=copies)
    verdict = judge_seen(seen, submission, live.judged, with_live)
    embedding = _embedding(seen, submission, with_live)
    beside = _beside(seen, submission, running.beside, verdict) if running.beside is not None else None
    return Judged(verdict, live.number, 0.0, embedding, fingerprint, _language(seen, submission), beside)


def _beside(seen: Seen, submission: Submission, kept: Kept, live: Verdict) -> Beside:
    try:
        verdict = judge_seen(seen, submission, kept.judged, _bench.senses_for(kept, trial=True))
    except Exception as error:  # noqa: BLE001 - a trial must not disturb what it stands beside
        log.error("The rulebook in shadow mode failed with %s.", type(error).__name__)
        return Beside(kept.number, None, differs=False)
    here, there = side_of(live), side_of(verdict)
    return Beside(kept.number, verdict, (here.outcome, here.clauses) != (there.outcome, there.clauses))


def _fingerprint(seen: Seen, submission: Submission, with_senses: Senses) -> Fingerprint | None:
    try:
        return with_senses.fingerprinting.of(seen, submission)
    except Exception as error:  # noqa: BLE001 - the judge will meet and say the same
        log.error("A comment has no fingerprint: %s.", type(error).__name__)
        return None


def _language(seen: Seen, submission: Submission) -> str:
    try:
        return language_of(seen, submission)
    except Exception:  # noqa: BLE001 - the judge met and said the same
        return ""


def _embedding(seen: Seen, submission: Submission, with_senses: Senses) -> bytes | None:
    """Return the reading that the judge used, too; None where the encoder didn't read the text."""
    try:
        if not isinstance(with_senses.encoder, Encoder) or not seen.words or not is_english(seen, submission):
            return None
        return reading_of(seen, with_senses.encoder).embedding.astype(np.float16).tobytes()
    except Exception:  # noqa: BLE001 - the judge met and said the same
        return None


def _not_scored(why: str, number: int) -> Judged:
    return Judged(Verdict("not_scored", not_scored=(why,)), number, 0.0)


_bench = _Bench()

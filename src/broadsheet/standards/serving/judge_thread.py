"""One thread that judges what waits: texts of like length of all requests together, the oldest first.

Nothing waits for company. While a batch is read others come, and are read together next: a quiet server answers at once,
a busy one in batches.
"""

import asyncio
import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from broadsheet.standards.judging import judge_many
from broadsheet.standards.rulebook import Rulebook
from broadsheet.standards.senses import Senses
from broadsheet.standards.serving.refusals import AGAIN, RefusedError
from broadsheet.standards.submission import Submission
from broadsheet.standards.verdict import Verdict

TOGETHER, SIGNS = 32, 8_000  # texts of a batch, and the signs of all of them: nobody waits long for others' texts
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server judges with: `told` names the attributes that can be told in each language."""

    rulebook: Rulebook
    senses: Senses
    told: Mapping[str, frozenset[str]]


class Watch(Protocol):
    """Whoever counts what is judged; called from the judging thread."""

    def judged(self, verdicts: Sequence[Verdict]) -> None:
        """Count one batch."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    submission: Submission
    answer: "asyncio.Future[Verdict]"


class JudgeThread:
    """Loads, then judges until stopped. `most` texts wait at most; `state` says whether it can judge yet."""

    def __init__(self, load: Callable[[], Loaded], most: int, watch: Watch) -> None:
        self._load, self._most, self._watch = load, most, watch
        self._waiting: deque[_Waiting] = deque()
        self._changed = threading.Condition()
        self._stopped = False
        self._loaded: Loaded | None = None
        self.state: Literal["loading", "ready", "broken"] = "loading"
        self._thread = threading.Thread(target=self._run, name="judge", daemon=True)

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def stop(self) -> None:
        """Judge what waits, take nothing more, and return when all is done."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._thread.join()

    @property
    def waiting(self) -> int:
        """How many texts wait."""
        return len(self._waiting)

    @property
    def loaded(self) -> Loaded:
        """What it judges with. Raises `RefusedError` (503) while that isn't there."""
        if self._loaded is None:
            raise RefusedError(503, f"The judge is {self.state}.", headers=AGAIN)
        return self._loaded

    async def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        """Return a verdict for each, in order. Raises `RefusedError`: 503 before it has loaded, 429 where too many wait.

        Where the caller stops waiting, what wasn't begun is dropped.
        """
        _ = self.loaded
        loop = asyncio.get_running_loop()
        asked = [_Waiting(submission, loop.create_future()) for submission in submissions]
        with self._changed:
            if self._stopped:
                raise RefusedError(503, "The judge stops.", headers=AGAIN)
            if len(self._waiting) + len(asked) > self._most:
                raise RefusedError(429, "Resource has been exhausted: too many texts wait.", headers=AGAIN)
            self._waiting.extend(asked)
            self._changed.notify()
        return list(await asyncio.gather(*(one.answer for one in asked)))

    def _run(self) -> None:
        try:
            self._loaded = self._load()
        except Exception as error:  # noqa: BLE001 - whatever it is, /health says so, and nothing is judged
            logger.error("The judge could not be loaded: %s", type(error).__name__)
            self.state = "broken"
            return
        self.state = "ready"
        while batch := self._next():
            verdicts = self._judged(batch, self._loaded)
            self._watch.judged(verdicts)
            loop = batch[0].answer.get_loop()
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(_deliver, batch, verdicts)

    def _next(self) -> list[_Waiting]:
        """Wait for texts, and take the oldest with those of like length; nothing where the judge is stopped."""
        with self._changed:
            while True:
                while not self._waiting and not self._stopped:
                    self._changed.wait()
                batch, self._waiting = _parted(self._waiting)
                if batch or self._stopped:
                    return batch

    @staticmethod
    def _judged(batch: Sequence[_Waiting], loaded: Loaded) -> list[Verdict]:
        try:
            return judge_many([one.submission for one in batch], loaded.rulebook, loaded.senses)
        except Exception as error:  # noqa: BLE001 - the judge answers for every text; should it not, people read these
            logger.error("The judge failed with %s; %s texts are not scored.", type(error).__name__, len(batch))
            return [Verdict("not_scored", not_scored=("judge",))] * len(batch)


def _deliver(batch: Sequence[_Waiting], verdicts: Sequence[Verdict]) -> None:
    for one, verdict in zip(batch, verdicts, strict=True):
        if not one.answer.done():
            one.answer.set_result(verdict)


def _parted(waiting: deque[_Waiting]) -> tuple[list[_Waiting], deque[_Waiting]]:
    """Return the next batch and what is left; whom nobody waits for any more is in neither."""
    batch: list[_Waiting] = []
    left: deque[_Waiting] = deque()
    signs = 0
    for one in waiting:
        size = len(one.submission.text)
        if one.answer.cancelled():
            continue
        if batch and (
            len(batch) == TOGETHER or signs + size > SIGNS or not _alike(size, len(batch[0].submission.text))
        ):
            left.append(one)
        else:
            batch.append(one)
            signs += size
    return batch, left


def _alike(one: int, other: int) -> bool:
    """Say whether texts of so many signs are read together without one paying much for the other."""
    return max(one, other) <= 2 * min(one, other) + 100

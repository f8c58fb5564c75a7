"""What those who watch over the server see: numbers without a text in them, and whether all is well."""

import os
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, Histogram
from prometheus_client import Counter as Count
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from broadsheet.standards.model.encoder import Encoder, ModelError
from broadsheet.standards.serving.judge_thread import JudgeThread
from broadsheet.standards.verdict import Verdict

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
_OURS = "broadsheet_judge"
TEXTS = (1, 2, 4, 8, 16, 32)


class Numbers:
    """Counts requests and verdicts of one process; `several` says whether others of the same server count beside it."""

    def __init__(self, *, several: bool) -> None:
        self.registry = CollectorRegistry()
        self._several = several
        self._failed: Counter[str] = Counter()
        self._lock = threading.Lock()
        kept = self.registry
        self.answers = Count(f"{_OURS}_answers", "Requests answered", ["door", "status"], registry=kept)
        self.seconds = Histogram(f"{_OURS}_seconds", "Until the answer", ["door"], buckets=SECONDS, registry=kept)
        self.texts = Count(f"{_OURS}_texts", "Texts judged", ["outcome"], registry=kept)
        self.failures = Count(f"{_OURS}_detector_failures", "Texts a detector failed on", ["detector"], registry=kept)
        self.batches = Histogram(f"{_OURS}_batch_texts", "Texts judged together", buckets=TEXTS, registry=kept)
        self.waiting = Gauge(f"{_OURS}_waiting", "Texts that wait", multiprocess_mode="livesum", registry=kept)
        self.ready = Gauge(f"{_OURS}_ready", "1 where it is ready", multiprocess_mode="livemin", registry=kept)

    def judged(self, verdicts: Sequence[Verdict]) -> None:
        """Count one batch."""
        self.batches.observe(len(verdicts))
        for verdict in verdicts:
            self.texts.labels(verdict.outcome).inc()
            for detector in verdict.not_scored:
                self.failures.labels(detector).inc()
                with self._lock:
                    self._failed[detector] += 1

    def failed(self) -> dict[str, int]:
        """Return how many texts each detector failed on, in this process since it began."""
        with self._lock:
            return dict(sorted(self._failed.items()))

    def exposition(self, judge: JudgeThread) -> bytes:
        """Return everything counted, of all processes of the server, in Prometheus' text form."""
        self.waiting.set(judge.waiting)
        self.ready.set(judge.state == "ready")
        if not self._several:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def health(judge: JudgeThread, numbers: Numbers) -> tuple[bool, dict[str, Any]]:
    """Return whether all is well, and what this process says of itself."""
    told: dict[str, Any] = {"ready": judge.state == "ready", "state": judge.state, "process": os.getpid()}
    counted = numbers.failed()
    failed = set(counted)
    if judge.state == "ready":
        loaded = judge.loaded
        encoder = loaded.senses.encoder
        if isinstance(encoder, ModelError):
            failed.add("encoder")
        told |= {
            "model": {"version": encoder.version} if isinstance(encoder, Encoder) else None,
            "rulebook": {"version": loaded.rulebook.version, "effective": loaded.rulebook.effective.isoformat()},
            "detectors": len(loaded.senses.detectors),
            "languages": sorted(name for name, attributes in loaded.told.items() if attributes),
        }
    told |= {"failed": sorted(failed), "not_scored": counted, "waiting": judge.waiting}
    return bool(told["ready"] and told.get("model")), told

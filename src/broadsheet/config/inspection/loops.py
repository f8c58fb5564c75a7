"""The background loops and what they owe."""

from collections.abc import Iterator
from datetime import timedelta

from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.kernel import clock
from broadsheet.kernel.backlog import backlog
from broadsheet.kernel.heartbeat import seen

DEAD_AFTER = timedelta(seconds=60)
LATE_AFTER = timedelta(seconds=30)


def look() -> Iterator[Finding]:
    """Look whether they are alive and keep up."""
    now = clock.now()
    beats = seen()
    at = beats.get("outbox")
    if at is not None and at > now + timedelta(seconds=5):
        yield problem(
            "clock-went-back",
            "The clock of this machine was set back, or differs from that of another.",
            f"A sign of life is dated {at - now} from now.",
            "Let all machines follow a time server.",
        )
    if at is None or now - at > DEAD_AFTER:
        seen_at = f"last seen {at:%Y-%m-%d %H:%M} UTC" if at else "never seen"
        yield warning(
            "not-running",
            "Nothing is published on time, and search is not kept up.",
            f"No `broadsheet serve` or `broadsheet work` is at work on this paper ({seen_at}).",
            "Start it, or see why it stopped.",
        )
    owed = backlog()
    if owed.failing:
        yield problem(
            "failing-deliveries",
            "Some news don't reach the parts that need them.",
            f"{owed.failing} deliveries failed and are tried again; last: {owed.last_failure}.",
            "See the log for the cause.",
        )
    elif owed.oldest is not None and now - owed.oldest > LATE_AFTER:
        yield warning(
            "late-deliveries",
            "What is published shows late.",
            f"{owed.count} deliveries wait, the oldest since {owed.oldest:%H:%M:%S} UTC.",
            "Start `broadsheet serve`, or give the machine more room.",
        )

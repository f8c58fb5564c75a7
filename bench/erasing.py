"""ACC-07: how long erasing a reader of 10,000 rows takes, and how long it holds the writer lock at a time.

On SQLite, whose one writer lock is the question; another thread writes all the time, as others would.
"""

import sys
import threading
import time
from datetime import timedelta
from typing import Any

from bench.frame import Asked, Figure, answer, at_most, broadsheet, django, folder, report

ROUNDS = 3


class Erasing:
    """Erases a reader in this process, while a thread of it writes all the time."""

    def __init__(self) -> None:
        django()

    def __call__(self) -> dict[str, Any]:
        """Furnish a reader, erase it, and return seconds taken, rows there were, and the longest wait of a writer."""
        from broadsheet.kernel import clock
        from broadsheet.readers.actions.delete_account import delete_account
        from broadsheet.readers.actions.erase_account import erase_account

        reader_id, rows = _furnish()
        began = clock.now() - timedelta(days=30)
        delete_account(reader_id=reader_id, edition="en", now=began)
        waits: list[float] = []
        stop = threading.Event()
        writer = threading.Thread(target=_write, args=(stop, waits))
        writer.start()
        time.sleep(0.3)
        waits.clear()
        held = _holding_times()
        begun = time.perf_counter()
        if not erase_account(reader_id=reader_id, now=clock.now()):
            raise SystemExit("The reader was not erased.")
        seconds = time.perf_counter() - begun
        stop.set()
        writer.join()
        return {"seconds": seconds, "rows": rows, "held": max(held) * 1000, "wait": max(waits) * 1000}


def _furnish() -> tuple[int, int]:
    """Make a reader with 10,000 rows of the kinds there are; return its number and how many they are."""
    from django.contrib.sessions.models import Session

    from broadsheet.kernel import clock
    from broadsheet.notifications.models import Message, Notice
    from broadsheet.readers.models import Acceptance, Reader, ReaderSession

    now = clock.now()
    reader = Reader.objects.create_user(f"reader-{time.time_ns()}@mail.example")
    number = reader.pk
    made = [
        Acceptance.objects.bulk_create(
            Acceptance(reader=reader, kind="standards", edition="en", version=1, digest="d" * 64, language="en",
                       way="login", at=now)
            for _row in range(6000)
        ),
        Notice.objects.bulk_create(
            Notice(reader_id=number, kind="reply", key=f"{number}:{row}", values={"by": "x" * 60}, path="/x/", at=now)
            for row in range(2000)
        ),
        Message.objects.bulk_create(
            Message(key=f"{number}:{row}", purpose="changed", reader_id=number, edition="en", queued_at=now, due_at=now,
                    state="sent", message_id=f"<{number}.{row}@x>")
            for row in range(1500)
        ),
        Session.objects.bulk_create(
            Session(session_key=f"{number}x{row}", session_data="x" * 200, expire_date=now + timedelta(days=9))
            for row in range(250)
        ),
        ReaderSession.objects.bulk_create(
            ReaderSession(session_key=f"{number}x{row}", reader=reader, device="Firefox on Linux", began_at=now,
                          seen_on=now.date())
            for row in range(250)
        ),
    ]  # fmt: skip
    return number, sum(map(len, made))


def _holding_times() -> list[float]:
    """Return a list that grows by the seconds of each transaction of this thread, from lock to release."""
    from django.db import connection

    held: list[float] = []
    take, release = connection._start_transaction_under_autocommit, connection._release_writer
    since = [0.0]

    def taken() -> None:
        take()
        since[0] = time.perf_counter()

    def released() -> None:
        if connection._holds_writer:
            held.append(time.perf_counter() - since[0])
        release()

    connection._start_transaction_under_autocommit = taken
    connection._release_writer = released
    return held


def _write(stop: threading.Event, waits: list[float]) -> None:
    from django.db import connection

    from broadsheet.kernel import clock
    from broadsheet.kernel.models import Heartbeat

    while not stop.is_set():
        begun = time.perf_counter()
        Heartbeat.objects.update_or_create(name="bench", defaults={"at": clock.now()})
        waits.append(time.perf_counter() - begun)
        time.sleep(0.002)
    connection.close()


def measure() -> list[Figure]:
    """Return the figures."""
    with folder("erasing") as data:
        broadsheet(data.parent, "new", str(data), "--name", "The Bench")
        with Asked("bench.erasing", data) as process:
            runs = [process() for _round in range(ROUNDS)]
    rows = runs[0]["rows"]
    return [
        at_most("ACC-07", f"erasing a reader of {rows:,} rows", max(run["seconds"] for run in runs), 10, "s"),
        at_most("ACC-07", "longest time of the writer lock in one hold", max(run["held"] for run in runs), 50, "ms"),
        Figure("ACC-07", "longest wait of another writer meanwhile", round(max(run["wait"] for run in runs), 1), "ms"),
    ]


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Erasing()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())

"""ACC-07: how long erasing a reader of 10,000 rows, or 10,000 comments, takes, and how long it holds the writer lock.

On SQLite, whose one writer lock is the question; another thread writes all the time, as others would.
"""

import sys
import threading
import time
from datetime import timedelta
from typing import Any

from bench.frame import Asked, Figure, answer, at_most, broadsheet, django, folder, report

ROUNDS = 3
COMMENTS, THREADS, REPORTS, DECISIONS, LETTERS = 10_000, 50, 500, 50, 10


class Erasing:
    """Erases a reader in this process, while a thread of it writes all the time."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, comments: bool = False) -> dict[str, Any]:
        """Furnish a reader, erase it, and return seconds taken, rows there were, and the longest wait of a writer."""
        from broadsheet.kernel import clock
        from broadsheet.readers.actions.delete_account import delete_account
        from broadsheet.readers.actions.erase_account import erase_account

        reader_id, rows = _furnish_talk() if comments else _furnish()
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
        if comments:
            _look_for(reader_id)
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


def _furnish_talk() -> tuple[int, int]:
    """Make a reader of 10,000 comments with all that is kept of each, and of reports, decisions and letters."""
    from tests.factories.accounts import make_reader
    from tests.factories.moderation import make_actor, make_decision
    from tests.factories.newsroom import make_article, make_section

    from broadsheet.discussion.models import Comment, Report
    from broadsheet.kernel import clock
    from broadsheet.moderation.actions.decide import decide
    from broadsheet.moderation.actions.receive_letter import Written, receive_letter
    from broadsheet.moderation.rules.decisions import Measure
    from broadsheet.newsroom.models import EditionPage

    now, edition = clock.now(), EditionPage.objects.get()
    section = make_section(edition, slug=f"bench-{time.time_ns()}")
    reader, other = make_reader(), make_reader()
    articles = [make_article(section) for _article in range(THREADS)]
    _say(reader.pk, articles, COMMENTS, now)
    _say(other.pk, articles, REPORTS, now)
    others = Comment.objects.filter(author_id=other.pk).values_list("pk", flat=True)
    Report.objects.bulk_create(
        Report(number=f"B-{reader.pk}-{number}", comment_id=number, version=1, reporter_id=reader.pk, clause="INSULT",
               facts="It insults. " * 9, edition_id=edition.pk, language="en", weight=1, at=now)
        for number in others
    )  # fmt: skip
    actor = make_actor()
    for comment in Comment.objects.filter(author_id=reader.pk).order_by("-pk")[:DECISIONS]:
        decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE,), actor=actor), now=now)
    for number in range(LETTERS):
        written = Written("comment", reader.public_id, f"Look at it again, I beg you: {number}.")
        receive_letter(written=written, reader_id=reader.pk, edition="en", language="en", now=now)
    return reader.pk, COMMENTS


def _say(author_id: int, articles: Any, count: int, now: Any) -> None:
    """Lay so many comments of the author into the articles' threads, as posting leaves them."""
    import uuid

    from broadsheet.discussion.models import (
        Comment,
        CommentFingerprint,
        FindingRow,
        Judgement,
        TextVersion,
        Thread,
    )

    text = "The council has published new figures of the wall, and they say otherwise. " * 3
    for article in articles:
        Thread.objects.get_or_create(
            article_id=article.pk, defaults={"edition_id": article.edition_id, "section_id": article.section_id}
        )
    made = Comment.objects.bulk_create(
        [
            Comment(thread_id=articles[at % len(articles)].pk, state="visible", placed=True, language="en", text=text,
                    html=f"<p>{text}</p>", author_id=author_id, key=uuid.uuid4(), created_at=now)
            for at in range(count)
        ],
        batch_size=1000,
    )  # fmt: skip
    for article in articles:
        visible = Comment.objects.filter(thread_id=article.pk, state="visible").count()
        Thread.objects.filter(pk=article.pk).update(visible=visible, roots=visible)
    Judgement.objects.bulk_create(
        [Judgement(comment=one, version=1, at=now, rulebook_version=1, outcome="publish", embedding=b"e" * 384) for one in made],
        batch_size=1000,
    )  # fmt: skip
    FindingRow.objects.bulk_create(
        [FindingRow(comment=one, version=1, clause="SPAM", handling="flag", detector="words", detector_version=1, score=0.1)
         for one in made], batch_size=1000,
    )  # fmt: skip
    TextVersion.objects.bulk_create(
        [TextVersion(comment=one, version=1, text=text, at=now) for one in made[::10]], batch_size=1000
    )
    CommentFingerprint.objects.bulk_create(
        [CommentFingerprint(comment=one, at=now, data=b"f" * 512) for one in made[::4]], batch_size=1000
    )


def _look_for(reader_id: int) -> None:
    """See that nothing the reader wrote is left, and that the counters are those of what is."""
    from broadsheet.discussion.models import Comment, Report, Thread

    if Comment.objects.filter(author_id=reader_id).exists() or Report.objects.filter(reporter_id=reader_id).exists():
        raise SystemExit("Something of the reader is left.")
    for thread in Thread.objects.all():
        if thread.visible != Comment.objects.filter(thread_id=thread.pk, state="visible").count():
            raise SystemExit(f"The counter of the thread {thread.pk} is wrong.")


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
            talks = [process(comments=True) for _round in range(ROUNDS)]
    rows = runs[0]["rows"]
    return [
        at_most("ACC-07", f"erasing a reader of {rows:,} rows", max(run["seconds"] for run in runs), 10, "s"),
        at_most("ACC-07", "longest time of the writer lock in one hold", max(run["held"] for run in runs), 50, "ms"),
        at_most("ACC-07", f"erasing a reader of {COMMENTS:,} comments", max(run["seconds"] for run in talks), 10, "s"),
        at_most(
            "ACC-07", "longest time of the writer lock, erasing comments", max(run["held"] for run in talks), 250, "ms"
        ),
        Figure(
            "ACC-07",
            "longest wait of another writer, erasing comments",
            round(max(run["wait"] for run in talks), 1),
            "ms",
        ),
        Figure("ACC-07", "longest wait of another writer meanwhile", round(max(run["wait"] for run in runs), 1), "ms"),
    ]


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Erasing()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())

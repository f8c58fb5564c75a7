"""PERF-08: readers who hold a stream of one article, on one process, while comments arrive.

A tenth of them lose their connection and come back with the last number; at the end each must have heard of every
comment. `BENCH_READERS` says how many there are, else 10,000; each needs an open file here and in the process.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import uvloop

from bench.frame import (
    BROADSHEET,
    ROOT,
    Asked,
    Figure,
    answer,
    at_most,
    broadsheet,
    django,
    environment,
    folder,
    free_port,
    get,
    quantile,
    report,
)

READERS = int(os.environ.get("BENCH_READERS", "10000"))
COMMENTS, PAUSE = 20, 0.5
AT_ONCE = 100  # connections opened beside each other
BROWSER = (
    "Accept: text/event-stream\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n"
    "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\nCache-Control: no-cache\r\n"
)
QUIET = 6.0  # seconds after the last comment in which it must have arrived


class Author:
    """Writes comments under one article, in a process of its own; the judge has no part in it."""

    def __init__(self) -> None:
        django()
        from broadsheet.discussion.actions.load_many import load_thread
        from broadsheet.discussion.models import Comment
        from broadsheet.kernel import clock
        from broadsheet.newsroom.queries.cards import listed

        card = listed().order_by("-listed_at").values("pk", "public_id")[0]
        self.article = {"id": card["pk"], "number": card["public_id"]}
        for _done in load_thread(article_id=card["pk"], comments=COMMENTS * 20, now=clock.now(), seed=8):
            pass
        seen = Comment.objects.filter(thread_id=card["pk"], state="visible", depth=0).order_by("-id")
        self.waiting = list(seen.values_list("pk", flat=True)[:COMMENTS])

    def __call__(self, *, what: str) -> Any:
        """Return the article, or let one comment that waited be seen: its number, and when that was committed."""
        from broadsheet.discussion.actions.hold_comment import hold_comment
        from broadsheet.discussion.actions.show_comment import show_comment

        if what == "article":
            for comment_id in self.waiting:
                hold_comment(comment_id=comment_id)
            return self.article
        comment_id = self.waiting.pop()
        show_comment(comment_id=comment_id)
        return {"id": comment_id, "at": time.time()}


class Reader(asyncio.Protocol):
    """One browser: which comments it heard of and when, over as many connections as it makes."""

    __slots__ = ("connected", "heard", "last", "rest", "transport")

    def __init__(self) -> None:
        self.heard: dict[int, float] = {}
        self.last = 0
        self.rest = b""
        self.transport: asyncio.Transport | None = None
        self.connected: asyncio.Future[None] | None = None

    async def join(self, port: int, number: int) -> None:
        """Hold a stream; it has begun when this returns."""
        loop = asyncio.get_running_loop()
        self.rest, self.connected = b"", loop.create_future()
        self.transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", port)
        back = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        asked = f"GET /live/{number}/stream HTTP/1.1\r\nHost: localhost:{port}\r\n{BROWSER}{back}\r\n"
        self.transport.write(asked.encode())
        await asyncio.wait_for(self.connected, 120)

    def leave(self) -> None:
        """Break the connection off."""
        if self.transport is not None:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Note which comments are told."""
        now = time.time()
        *whole, self.rest = (self.rest + data).split(b"\n\n")
        for piece in whole:
            ready, number, comment = told_in(piece)
            self.last = max(self.last, number)
            if ready and self.connected is not None and not self.connected.done():
                self.connected.set_result(None)
            if comment:
                self.heard.setdefault(comment, now)


@lru_cache(10_000)
def told_in(piece: bytes) -> tuple[bool, int, int]:
    """Return whether the stream has begun, the event's number, and the comment that it shows; 0 for none."""
    ready, number, comment = False, 0, 0
    for line in piece.split(b"\n"):
        if line.startswith(b"id: "):
            number = int(line[4:])
        elif line.startswith(b"event: ready"):
            ready = True
        elif line.startswith(b"data: ") and b'"html"' in line:
            shown = json.loads(line[6:])
            comment = shown["id"] if shown["visible"] else 0
    return ready, number, comment


@dataclass
class Run:
    """What came of it."""

    readers: list[Reader]
    shown: dict[int, float] = field(default_factory=dict)
    opened: float = 0.0  # seconds until everybody listened


async def _joined(readers: list[Reader], port: int, number: int) -> None:
    for start in range(0, len(readers), AT_ONCE):
        await asyncio.gather(*(reader.join(port, number) for reader in readers[start : start + AT_ONCE]))


async def _all(port: int, number: int, ask: Asked) -> Run:
    run = Run([Reader() for _ in range(READERS)])
    begun = time.monotonic()
    await _joined(run.readers, port, number)
    run.opened = time.monotonic() - begun
    for step in range(COMMENTS):
        told = await asyncio.to_thread(ask, what="show")
        run.shown[told["id"]] = told["at"]
        leaving = run.readers[step :: 10 * COMMENTS]
        for reader in leaving:
            reader.leave()
        await asyncio.sleep(PAUSE)
        await _joined(leaving, port, number)
    await asyncio.sleep(QUIET)
    return run


def _memory(pid: int) -> tuple[float, float]:
    """Return the process's memory in MB: RSS, and PSS, of which shared pages count by their share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
    return found["Rss"], found["Pss"]


def measure() -> list[Figure]:
    """Return the figures."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, READERS + 500), hard), hard))
    with folder("live-readers") as data:
        broadsheet(data, "demo", "--no-serve")
        port = free_port()
        with Asked("bench.live_readers", data) as ask:
            article = ask(what="article")
            command = [BROADSHEET, "serve", "--port", str(port)]
            process = subprocess.Popen(command, env=environment(data, PORT=str(port)), cwd=ROOT)
            try:
                while not get(port, "/")[0]:
                    time.sleep(0.2)
                before = _memory(process.pid)
                run = uvloop.run(_all(port, article["number"], ask))
                after = _memory(process.pid)
            finally:
                process.terminate()
                process.wait(20)
    return figures_of(run, before, after)


def figures_of(run: Run, before: tuple[float, float], after: tuple[float, float]) -> list[Figure]:
    """Return the figures of these readers, and of memory before they came and with all of them."""
    stayed = [each for place, each in enumerate(run.readers) if place % (10 * COMMENTS) >= COMMENTS]
    prompt = [at - run.shown[number] for each in stayed for number, at in each.heard.items() if number in run.shown]
    lost = sum(len(run.shown) - len(each.heard.keys() & run.shown.keys()) for each in run.readers)
    return [
        at_most("PERF-08", f"comment to {READERS:,} readers, p99", quantile(prompt, 0.99), 2, "s"),
        Figure("PERF-08", "the same, median", round(quantile(prompt, 0.5), 4), "s"),
        at_most("PERF-08", "comments that a reader never heard of, also over a break", lost, 0, ""),
        at_most("PERF-08", f"memory of the process with {READERS:,} streams (RSS)", after[0], 500, "MB"),
        Figure("PERF-08", "the same, shared pages counted once (PSS)", round(after[1], 4), "MB"),
        Figure("PERF-08", "memory of the process before they came (RSS)", round(before[0], 4), "MB"),
        Figure(
            "PERF-08",
            "what came on top for each stream, the judge's model among it",
            round((after[0] - before[0]) * 1024 / READERS, 4),
            "KB",
        ),
        Figure("PERF-08", f"until {READERS:,} streams have begun", round(run.opened, 4), "s"),
    ]


if __name__ == "__main__":
    sys.exit(answer(Author()) if "--answer" in sys.argv else report(measure()))

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
from pathlib import Path
from typing import Any

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


@dataclass
class Reader:
    """One browser: which comments it heard of and when."""

    heard: dict[int, float] = field(default_factory=dict)
    last: int = 0

    async def listen(self, port: int, number: int, connected: asyncio.Event) -> None:
        """Hold the stream until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            back = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
            writer.write(f"GET /live/{number}/stream HTTP/1.1\r\nHost: localhost:{port}\r\n{back}\r\n".encode())
            while line := await reader.readline():
                if line.startswith(b"id: "):
                    self.last = max(self.last, int(line[4:]))
                elif line.startswith(b"event: ready"):
                    connected.set()
                elif line.startswith(b"data: ") and b'"html"' in line:
                    told = json.loads(line[6:])
                    if told["visible"]:
                        self.heard.setdefault(told["id"], time.time())
        finally:
            writer.close()


async def _all(port: int, number: int, ask: Asked) -> tuple[list[Reader], dict[int, float]]:
    readers = [Reader() for _ in range(READERS)]
    tasks: dict[int, asyncio.Task[None]] = {}

    async def join(at: int) -> None:
        connected = asyncio.Event()
        tasks[at] = asyncio.create_task(readers[at].listen(port, number, connected))
        await asyncio.wait_for(connected.wait(), 60)

    for start in range(0, READERS, AT_ONCE):
        await asyncio.gather(*(join(at) for at in range(start, min(start + AT_ONCE, READERS))))
    shown: dict[int, float] = {}
    for step in range(COMMENTS):
        told = await asyncio.to_thread(ask, what="show")
        shown[told["id"]] = told["at"]
        leaving = list(range(step, READERS, 10 * COMMENTS))
        for at in leaving:
            tasks[at].cancel()
        await asyncio.sleep(PAUSE)
        for start in range(0, len(leaving), AT_ONCE):
            await asyncio.gather(*(join(at) for at in leaving[start : start + AT_ONCE]))
    await asyncio.sleep(QUIET)
    for task in tasks.values():
        task.cancel()
    return readers, shown


def _memory(pid: int) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


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
                readers, shown = asyncio.run(_all(port, article["number"], ask))
                memory = _memory(process.pid)
            finally:
                process.terminate()
                process.wait(20)
    late = [at - shown[number] for each in readers for number, at in each.heard.items() if number in shown]
    stayed = [each for place, each in enumerate(readers) if place % (10 * COMMENTS) >= COMMENTS]
    prompt = [at - shown[number] for each in stayed for number, at in each.heard.items() if number in shown]
    lost = sum(len(shown) - len(each.heard.keys() & shown.keys()) for each in readers)
    return [
        at_most("PERF-08", f"comment to {READERS:,} readers, p99", quantile(prompt or late, 0.99), 2, "s"),
        at_most("PERF-08", "comments that a reader never heard of, also over a break", lost, 0, ""),
        at_most("PERF-08", f"memory of the process with {READERS:,} streams", memory, 500, "MB"),
    ]


if __name__ == "__main__":
    sys.exit(answer(Author()) if "--answer" in sys.argv else report(measure()))

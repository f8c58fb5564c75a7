"""The judge served over HTTP on one core: texts a second, and the slowest hundredth at 80 % of that.

The server is kept to one core, whoever asks to the others. First as many clients ask as keep it busy, each as soon as it is
answered; then others ask at four fifths of that rate, at times of their own, whether the ones before are answered or not.
"""

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bench.frame import PYTHON, ROOT, Figure, at_least, at_most, get, quantile, report
from bench.judge_rules import comments

CLIENTS = 32
WARM, SECONDS, ROUNDS = 2.0, 10.0, 3
SHARE = 0.8
CORE = 0


def request(text: str) -> dict[str, object]:
    """Return what a client of the Perspective API asks."""
    return {"comment": {"text": text}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}, "INSULT": {}}}


async def busy(client: httpx.AsyncClient, texts: list[str], seconds: float) -> float:
    """Return how many texts a second are answered to clients that always have the next one."""
    until, done = time.perf_counter() + seconds, 0

    async def ask(number: int) -> None:
        nonlocal done
        at = number
        while time.perf_counter() < until:
            answer = await client.post("/comments:analyze", json=request(texts[at % len(texts)]))
            assert answer.status_code == 200, answer.text
            done, at = done + 1, at + CLIENTS

    begun = time.perf_counter()
    await asyncio.gather(*(ask(number) for number in range(CLIENTS)))
    return done / (time.perf_counter() - begun)


async def steady(client: httpx.AsyncClient, texts: list[str], rate: float, seconds: float) -> tuple[list[float], int]:
    """Return how long each answer took, counted from when it was due, and how many were refused."""
    random.seed(1)
    took: list[float] = []
    refused = 0

    async def ask(text: str, due: float) -> None:
        nonlocal refused
        answer = await client.post("/comments:analyze", json=request(text))
        took.append(time.perf_counter() - due)
        refused += answer.status_code != 200

    tasks, due, begun = [], time.perf_counter(), time.perf_counter()
    while due < begun + seconds:
        due += random.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(ask(texts[len(tasks) % len(texts)], due)))
    await asyncio.gather(*tasks)
    return took, refused


async def measure(url: str, texts: list[str]) -> tuple[list[float], list[float], int]:
    """Return rates, times and refusals of all rounds."""
    limits = httpx.Limits(max_connections=500, max_keepalive_connections=500)
    rates: list[float] = []
    times: list[float] = []
    refused = 0
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=30, trust_env=False) as client:
        await busy(client, texts, WARM)
        for _ in range(ROUNDS):
            rates.append(await busy(client, texts, SECONDS))
            took, no = await steady(client, texts, SHARE * statistics.median(rates), SECONDS)
            times, refused = times + took, refused + no
    return rates, times, refused


def main() -> int:
    """Measure and report."""
    texts = [one.text for one in comments()]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            ["taskset", "--cpu-list", str(CORE), PYTHON, "-m", "broadsheet", "judge", "serve", "--port", "0"],
            cwd=ROOT, stderr=log,
        )  # fmt: skip
        try:
            port = _port(log, server)
            os.sched_setaffinity(0, os.sched_getaffinity(0) - {CORE} or {CORE})
            rates, times, refused = asyncio.run(measure(f"http://127.0.0.1:{port}", texts))
            memory = _memory(server.pid)
        finally:
            server.terminate()
            server.wait(30)
    return report([
        at_least("PERF-06", "served over HTTP, one core, median", statistics.median(rates), 130, "/s"),
        at_most("PERF-06", "served at 80 % load, 99th percentile", quantile(times, 0.99) * 1000, 250, "ms"),
        Figure("PERF-06", "served at 80 % load, median", statistics.median(times) * 1000, "ms"),
        at_most("PERF-06", "refused at 80 % load", refused, 0, ""),
        Figure("PERF-06", "memory of the serving process at its highest", memory, "MB"),
        Figure("PERF-06", "mean length of these comments", statistics.fmean(map(len, texts)), "signs"),
    ])  # fmt: skip


def _port(log: "tempfile._TemporaryFileWrapper[bytes]", server: "subprocess.Popen[bytes]") -> int:
    """Return where the server answers, once it is ready."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        found = re.search(rb"http://127\.0\.0\.1:(\d+)", os.pread(log.fileno(), 4096, 0))
        if found and get(int(found[1]), "/health")[0] == 200:
            return int(found[1])
        time.sleep(0.1)
    raise SystemExit("The judge could not be served: try `broadsheet judge serve` by hand to see why.")


def _memory(process: int) -> float:
    """Return the most memory the process ever had, in megabytes."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) / 1024


if __name__ == "__main__":
    sys.exit(main())

"""PERF-10: from the command to the first page, and the memory of the whole product at rest."""

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.frame import (
    BROADSHEET,
    ROOT,
    Figure,
    at_most,
    broadsheet,
    environment,
    folder,
    free_port,
    get,
    report,
    serving,
)

STARTS = 5
REST_SECONDS = 12.0
MODEL_SECONDS = 90.0


def demo(data: Path) -> None:
    """Let the folder hold the demo paper; nothing is done where it does already."""
    broadsheet(data, "demo", "--no-serve")


def start(data: Path) -> float:
    """Return the seconds from the command to the first whole front page, with no page stored."""
    import shutil

    shutil.rmtree(data / "pages", ignore_errors=True)
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [BROADSHEET, "serve"], env=environment(data, PORT=str(port)), cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        while get(port)[0] != 200:
            if process.poll() is not None or time.perf_counter() - begun > 120:
                raise SystemExit("The paper could not be served: try `broadsheet serve` by hand to see why.")
            time.sleep(0.01)
        return time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(30)


def family(pid: int) -> list[int]:
    """Return the process and all that came of it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found


def megabytes(pid: int, field: str) -> float:
    """Return what the process and its children hold: `Rss`, or `Pss` where shared pages are counted once."""
    total = 0
    for one in family(pid):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{field}:"):
                total += int(line.split()[1])
    return total / 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """What the product holds in MB, and the same with pages that processes share counted once."""

    rss: float
    pss: float


def memory(pid: int) -> Memory:
    """Return what the process and its children hold now."""
    return Memory(megabytes(pid, "Rss"), megabytes(pid, "Pss"))


def rest(data: Path) -> tuple[Memory, Memory | None]:
    """Return memory after pages were rendered and nothing was to do, and the same once the judge has read its model.

    It reads it when it judges or learns for the first time; None where it didn't in good time.
    """
    with serving(data) as (port, process):
        front = get(port)[1].decode()
        for path in sorted({part.split('"')[0] for part in front.split('href="/')[1:]})[:40]:
            if not path.startswith(("static", "feeds")):
                get(port, f"/{path}")
        get(port, "/search/?q=tide")
        time.sleep(REST_SECONDS)
        if has_model(process.pid):
            raise SystemExit("The judge's model was read too soon to measure memory without it.")
        before = memory(process.pid)
        until = time.monotonic() + MODEL_SECONDS
        while not has_model(process.pid):
            if time.monotonic() > until:
                return before, None
            time.sleep(0.5)
        time.sleep(REST_SECONDS)
        return before, memory(process.pid)


def has_model(pid: int) -> bool:
    """Return whether the process has loaded what runs the judge's model."""
    return any("onnxruntime" in Path(f"/proc/{one}/maps").read_text(encoding="utf-8") for one in family(pid))


def measure() -> list[Figure]:
    """Return the figures."""
    with folder("demo") as data:
        demo(data)
        start(data)  # bytecode and static files are there afterwards, as on every start but the first
        seconds = [start(data) for _ in range(STARTS)]
        without, with_model = rest(data)
    figures = [
        at_most("PERF-10", "cold start to the first page, median", statistics.median(seconds), 4, "s"),
        at_most("PERF-10", "idle memory after 40 pages, before the model is read (RSS)", without.rss, 250, "MB"),
        Figure("PERF-10", "the same, shared pages counted once (PSS)", round(without.pss, 1), "MB"),
    ]
    if with_model is None:
        return [
            *figures,
            Figure("PERF-10", "idle memory with the judge's model: it was not read", 0, "MB", "", met=False),
        ]
    return [
        *figures,
        at_most("PERF-10", "idle memory with the judge's model (RSS)", with_model.rss, 450, "MB"),
        Figure("PERF-10", "with the model, shared pages counted once (PSS)", round(with_model.pss, 1), "MB"),
    ]


if __name__ == "__main__":
    sys.exit(report(measure()))

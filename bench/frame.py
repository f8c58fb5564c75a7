"""What all benchmarks share: figures, the machine, throw-away papers, and processes that are asked to measure."""

import json
import math
import os
import platform
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
BROADSHEET = Path(sys.executable).with_name("broadsheet")
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Figure:
    """One number measured: `id` is the row of the design it belongs to, `reach` what was to be reached."""

    id: str
    what: str
    value: float
    unit: str = ""
    reach: str = ""
    met: bool | None = None

    def line(self) -> str:
        """Return the figure as a line of a table."""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        value = f"{self.value:,.4g} {self.unit}".rstrip()
        return f"{self.id:<10} {self.what:<78} {value:>14}  {self.reach:<10} {verdict}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return the figure as plain values."""
        return asdict(self)


def at_most(id: str, what: str, value: float, limit: float, unit: str) -> Figure:  # noqa: A002 - a line of a table
    """Return a figure that must not exceed the limit."""
    return Figure(id, what, round(value, 4), unit, f"≤ {limit:g} {unit}".rstrip(), value <= limit)


def at_least(id: str, what: str, value: float, limit: float, unit: str = "") -> Figure:  # noqa: A002
    """Return a figure that must reach the limit."""
    return Figure(id, what, round(value, 4), unit, f"≥ {limit:g} {unit}".rstrip(), value >= limit)


def report(figures: Sequence[Figure]) -> int:
    """Print the figures for people, then in one line for machines; return 1 where one was missed."""
    for figure in figures:
        print(figure.line())
    print(json.dumps({"figures": [figure.as_json() for figure in figures], "machine": machine()}, ensure_ascii=False))
    return 1 if any(figure.met is False for figure in figures) else 0


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    memory = 0
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal:"):
            memory = round(int(line.split()[1]) / 1024 / 1024)
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": memory,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "django": _version("django"),
        "wagtail": _version("wagtail"),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:  # the judge is measured without the newspaper, too
        return "none"


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values doesn't exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A data folder that is gone afterwards; BENCH_FOLDER keeps it below there, and reuses it the next time."""
    kept = os.environ.get("BENCH_FOLDER")
    if kept:
        path = Path(kept).resolve() / name
        path.mkdir(parents=True, exist_ok=True)
        yield path
        return
    path = Path(tempfile.mkdtemp(prefix=f"broadsheet-bench-{name}-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that works on the data folder, and on no other setting of this shell."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BROADSHEET_", "DJANGO_", "PORT"))}
    named = {"BROADSHEET_DATA": str(data), "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings"}
    database = os.environ.get("BENCH_DATABASE")
    if database:
        named["BROADSHEET_DATABASE"] = database
    return {**kept, **named, "BROADSHEET_LOG": "error", **more}


def broadsheet(data: Path, *arguments: str, **more: str) -> str:
    """Run the command on the data folder and return what it printed; what it says on failure is shown."""
    done = subprocess.run(
        [BROADSHEET, *arguments], env=environment(data, **more), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"broadsheet {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


class Asked:
    """A process of its own that measures when it is asked: one JSON line in, one JSON line out."""

    def __init__(self, module: str, data: Path, *arguments: str, **more: str) -> None:
        self.process = subprocess.Popen(
            [PYTHON, "-m", module, "--answer", *arguments],
            env=environment(data, **more), cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(30)

    def __call__(self, **question: Any) -> Any:
        """Return the answer to the question."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"A measuring process ended with {self.process.wait()}: see above.")
        return json.loads(line)


def answer(respond: Any) -> int:
    """Answer questions of the process that measures, until it ends."""
    for line in sys.stdin:
        print(json.dumps(respond(**json.loads(line))), flush=True)
    return 0


def get(port: int, path: str = "/", timeout: float = 30) -> tuple[int, bytes]:
    """Return status and body of one GET over a connection of its own; status 0 where nobody answers."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


@contextmanager
def serving(data: Path, port: int = 0, *, wait: float = 120) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The whole product on a free port, answering; ended afterwards."""
    port = port or free_port()
    process = subprocess.Popen(
        [BROADSHEET, "serve"], env=environment(data, PORT=str(port)), cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + wait
        while get(port, "/")[0] != 200:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("The paper could not be served: try `broadsheet serve` by hand to see why.")
            time.sleep(0.1)
        yield port, process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def django() -> None:
    """Let this process work on the folder that its environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    import django as framework

    framework.setup()

"""A paper on disk that `broadsheet check` is asked about, from outside."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

Answer = namedtuple("Answer", "status codes findings")


def run(
    folder: Path, *command: str, limits: dict[int, int] | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command on a paper of its own, with nothing inherited; `limits` are the process's."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "BROADSHEET_DATA": str(folder),
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),  # the code that is tested, wherever it lies
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "broadsheet", *command], capture_output=True, text=True, env=environment, check=False,
        preexec_fn=lambda: [resource.setrlimit(kind, (most, most)) for kind, most in (limits or {}).items()],
    )  # fmt: skip


def check(folder: Path, *, limits: dict[int, int] | None = None, **settings: str) -> Answer:
    done = run(folder, "check", "--json", limits=limits, **settings)
    assert done.stdout, done.stderr
    answer = json.loads(done.stdout)
    for finding in answer["findings"]:
        for part in ("what", "remedy"):
            assert len(finding[part].split()) > 1, finding
    return Answer(done.returncode, {finding["code"] for finding in answer["findings"]}, answer["findings"])


def sql(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "broadsheet.sqlite3") as connection:
        connection.execute(statement)
    connection.close()


def finding(answer: Answer, code: str) -> dict[str, str]:
    """Return the one of this code."""
    return next(found for found in answer.findings if found["code"] == code)

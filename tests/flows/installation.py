"""Real commands on real folders, as an operator has them: papers on one or several machines, and who publishes there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.delivery.serving import answers

COMMAND = str(Path(sys.executable).with_name("broadsheet"))
PUBLISHER = """
import sys, time
from broadsheet.cli.terminal import django
django()
from broadsheet.newsroom.actions.drafts import create_article, update_article
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.queries import archive
section = archive.section_page("en", "news")
article = publish_article(article=create_article(section=section, headline="Version 0"))
print(f"/news/{article.published_on:%Y%m%d}{article.public_id:010d}-{article.address_slug}/", flush=True)
for line in sys.stdin:
    article = publish_article(article=update_article(article=article, headline=line.strip()))
    print(time.time(), flush=True)
"""


def environment(data: Path, **settings: str) -> dict[str, str]:
    """Return what a command on this folder has around it, and nothing inherited."""
    code = os.environ.get("PYTHONPATH", "")  # that is tested, wherever it lies
    return {
        "PATH": os.environ["PATH"], "HOME": "/nowhere", "BROADSHEET_DATA": str(data), "PYTHONPATH": code, **settings,
    }  # fmt: skip


def broadsheet(data: Path, *words: str, **settings: str) -> str:
    """Run the command to its good end and return what it said."""
    done = subprocess.run(
        [COMMAND, *words], env=environment(data, **settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def start(data: Path, port: int, *words: str, **settings: str) -> subprocess.Popen[bytes]:
    """Start `broadsheet serve` there and return it when it answers; its log is `serve-PORT.log` in the folder."""
    with (data / f"serve-{port}.log").open("ab") as log:
        process = subprocess.Popen(
            [COMMAND, "serve", *words], env=environment(data, PORT=str(port), **settings), stdout=log, stderr=log
        )
    assert answers(port), (data / f"serve-{port}.log").read_text()
    return process


def end(process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Stop the process as systemd does."""
    process.send_signal(signal.SIGTERM)
    process.wait(seconds)


class Publisher:
    """A process that publishes one article again and again, as somebody at that machine's desk does."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER], env=environment(data, **settings), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.path = self.process.stdout.readline().strip()
        assert self.path, "nothing could be published"

    def publish(self, headline: str) -> float:
        """Publish the article with this headline and return when that was so."""
        self.process.stdin.write(f"{headline}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self) -> None:
        """Let the process end."""
        self.process.stdin.close()
        self.process.wait(20)


def seconds_until(shows: Callable[[], object], since: float, most: float = 10) -> float:
    """Return how long after `since` the function first returned something true."""
    while time.time() < since + most:
        if shows():
            return time.time() - since
        time.sleep(0.02)
    raise AssertionError(f"not within {most} s")

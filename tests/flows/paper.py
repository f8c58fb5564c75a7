"""A paper on disk that tests serve, publish to, kill and look at: from outside, by HTTP and SQL alone."""

import contextlib
import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.flows.workshop import STOP
from tests.papers import copy_of_new

ROOT = Path(__file__).resolve().parents[2]
SEEN = re.compile(r"Edition (\d+) of tale(\d+)\b")
ARTICLES = """
SELECT a.page_ptr_id, p.title, a.listed_at IS NOT NULL, a.content_digest <> '', a.public_id, a.published_on, a.address_slug, s.slug
FROM newsroom_articlepage a JOIN wagtailcore_page p ON p.id = a.page_ptr_id JOIN wagtailcore_page s ON s.id = a.section_id
"""


@dataclass(frozen=True)
class Stored:
    """An article as the database has it; `version` is the edition in its headline, of a draft where it isn't public."""

    id: int
    number: int
    version: int
    public: bool
    published_once: bool
    path: str


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def environment(data: Path, port: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BROADSHEET_", "PYTEST", "PORT"))}
    return {**kept, "BROADSHEET_DATA": str(data), "PORT": str(port), "BROADSHEET_LOG": "error",
            "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings"}  # fmt: skip


class Paper:
    """A paper of one edition and two sections, and the processes that work on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        environ = environment(copy_of_new(data), self.port)
        script = (
            "import django; django.setup(); from broadsheet.newsroom.models import EditionPage; "
            "from broadsheet.newsroom.actions.editions import create_section; "
            "create_section(edition=EditionPage.objects.get(), name='World', slug='world')"
        )
        subprocess.run([sys.executable, "-c", script], env=environ, check=True, capture_output=True)
        self.workshop = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.workshop"],
            env=environ, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.started: set[int] = set()
        assert self.workshop.stdout.readline() == "ready\n"

    def close(self) -> None:
        """Let nothing of it run."""
        for process in self.started:
            self.kill(process)
        self.workshop.stdin.close()
        self.workshop.wait(20)

    def start(self, command: str, argument: int) -> int:
        """Start a process and return its number."""
        self.workshop.stdin.write(f"{command} {argument}\n")
        self.workshop.stdin.flush()
        process = int(self.workshop.stdout.readline())
        self.started.add(process)
        return process

    def serve(self, port: int = 0) -> int:
        """Start a server and return its number when it answers."""
        process = self.start("serve", port or self.port)
        assert until(lambda: self.get("/", port=port)[0] == 200, 60), "the server doesn't answer"
        return process

    def publish(self, seed: int) -> int:
        """Start a publisher and return its number."""
        (self.data / STOP).unlink(missing_ok=True)
        return self.start("publish", seed)

    def let_publishers_end(self, process: int) -> None:
        """Let the publisher end after what it is at."""
        (self.data / STOP).touch()
        assert until(lambda: not alive(process), 60), "the publisher doesn't end"
        self.started.discard(process)

    def kill(self, process: int) -> None:
        """Kill the process at once, as a power cut does to it, and see it gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        assert until(lambda: not alive(process), 20), "a killed process lives"
        self.started = self.started - {process}

    def get(self, path: str, *, port: int = 0) -> tuple[int, str]:
        """Return status and text of one request; status 0 where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            response = connection.getresponse()
            return response.status, re.sub(r"</?mark>", "", response.read().decode())
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def rows(self, query: str) -> list[tuple]:
        """Return what the database answers, read from outside."""
        with contextlib.closing(sqlite3.connect(self.data / "broadsheet.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def articles(self) -> list[Stored]:
        """Return all articles as they are stored."""
        found = []
        for key, title, public, once, public_id, day, slug, section in self.rows(ARTICLES):
            version, number = SEEN.search(title).groups()
            path = f"/{section}/{(day or '').replace('-', '')}{public_id:010d}-{slug}/"
            found.append(Stored(key, int(number), int(version), bool(public), bool(once), path))
        return found

    def broken_promises(self) -> list[str]:
        """Return where a change exists without its fact, or a fact without its change."""
        facts = self.rows("SELECT name, json_extract(payload, '$.article_id') FROM kernel_fact ORDER BY id")
        published = Counter(article for name, article in facts if name == "ArticlePublished")
        last = {article: name for name, article in facts if name in {"ArticlePublished", "ArticleWithdrawn"}}
        wrong = []
        for article in self.articles():
            drafted = 0 if article.public else 1  # an unpublished article shows its draft's headline
            if not 0 <= article.version - published[article.id] <= drafted:
                wrong.append(f"tale{article.number}: edition {article.version}, {published[article.id]} facts")
            if article.public != (last.get(article.id) == "ArticlePublished"):
                wrong.append(f"tale{article.number}: public is {article.public}, its last fact {last.get(article.id)}")
        return wrong

    def differences(self, *, port: int = 0) -> list[str]:
        """Return where pages, feed and search say anything else than the database."""
        articles = self.articles()
        public = {(article.version, article.number) for article in articles if article.public}
        wrong = []
        for article in articles:
            if not article.published_once:
                continue
            status, text = self.get(article.path, port=port)
            if article.public:
                shown = SEEN.search(text)
                if status != 200 or not shown or (int(shown[1]), int(shown[2])) != (article.version, article.number):
                    wrong.append(f"{article.path}: {status}, {shown and shown[0]}, stored is edition {article.version}")
            elif status not in {404, 410}:
                wrong.append(f"{article.path}: {status}, but it is withdrawn")
            wrong += [f"{article.path} shows {stray}" for stray in mentioned(text) - public if status == 200]
        for path in ("/all-news/", "/feeds/rss.xml", "/search/?q=edition"):
            status, text = self.get(path, port=port)
            if status != 200 or mentioned(text) != public:
                wrong.append(f"{path}: {status}, {sorted(mentioned(text) ^ public)} differ")
        for path in ("/", "/news/", "/world/"):
            status, text = self.get(path, port=port)
            if status != 200 or mentioned(text) - public:
                wrong.append(f"{path}: {status}, {sorted(mentioned(text) - public)} are stale")
        return wrong

    def settle(self, seconds: float, *, port: int = 0) -> float:
        """Wait until everything shown is as stored, and nothing is owed; return the seconds that took."""
        begun = time.monotonic()
        wrong: list[str] = ["never looked"]
        while wrong and time.monotonic() - begun < seconds:
            looked = time.monotonic()
            wrong = self.differences(port=port)
            if self.rows("SELECT count(*) FROM kernel_delivery") != [(0,)]:
                wrong.append("deliveries are owed")
        assert not wrong, f"after {seconds} s: {wrong}"
        return looked - begun


def mentioned(text: str) -> set[tuple[int, int]]:
    """Return the editions of tales that a page names."""
    return {(int(version), int(number)) for version, number in SEEN.findall(text)}


def alive(process: int) -> bool:
    """Return whether the process is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Return whether the condition came to hold within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return holds()

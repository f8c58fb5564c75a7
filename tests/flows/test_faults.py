"""Processes that are killed at any moment, and others that publish meanwhile: nothing lost, nothing stale."""

import itertools
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.paper import SEEN, Paper, free_port, until
from tests.flows.workshop import HEADLINE

pytestmark = pytest.mark.files

# The promise is one second; a machine that runs the rest of the suite at the same time gets some more.
PROMISE = 1.0
PATIENCE = 6.0


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    found = Paper(tmp_path / "paper")
    yield found
    found.close()


class Readers(threading.Thread):
    """People who read meanwhile, so that pages are stored at every moment; also while nobody answers."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(daemon=True)
        self.paper = paper
        self.ended = threading.Event()
        self.statuses: set[int] = set()

    def run(self) -> None:
        dice = random.Random(1)
        while not self.ended.is_set():
            paths = [article.path for article in self.paper.articles() if article.published_once]
            for path in dice.sample(["/", "/all-news/", "/feeds/rss.xml", "/world/", *paths], 3):
                self.statuses.add(self.paper.get(path)[0])
            self.ended.wait(0.005)


def kill_and_look(paper: Paper, times: int, seed: int = 3) -> list[float]:
    """Kill publisher and server in turns, so often; return how long it took each time till all was as stored."""
    dice = random.Random(seed)
    seeds = itertools.count(seed * 1000)
    server = paper.serve()
    readers = Readers(paper)
    readers.start()
    took = []
    for turn in range(times):
        publisher = paper.publish(next(seeds))
        time.sleep(dice.uniform(0.05, 0.6))
        if turn % 2:
            paper.kill(server)
            time.sleep(dice.uniform(0, 0.2))
            paper.let_publishers_end(publisher)
            server = paper.serve()
        else:
            paper.kill(publisher)
        assert paper.broken_promises() == [], f"after kill {turn + 1}"
        took.append(paper.settle(PATIENCE))
    readers.ended.set()
    readers.join()
    assert readers.statuses <= {0, 200, 404, 410}
    assert sum(article.version for article in paper.articles()) > times / 2, "hardly anything was published"
    return sorted(took)


@pytest.mark.row("OPS-03", "ART-13")
def test_twenty_kills_lose_nothing_and_leave_nothing_stale(paper):
    took = kill_and_look(paper, 20)
    assert took[len(took) // 2] < PROMISE


@pytest.mark.slow
@pytest.mark.row("OPS-03", "ART-13")
def test_two_hundred_kills_lose_nothing_and_leave_nothing_stale(paper):
    took = kill_and_look(paper, 200, seed=5)
    assert took[len(took) // 2] < PROMISE


@pytest.mark.row("ART-13")
def test_what_another_process_publishes_shows_in_each_server_within_a_second(paper):
    other = free_port()
    paper.serve()
    paper.serve(other)
    took = []
    for seed in range(10):
        for port in (paper.port, other):
            paper.differences(port=port)
        publisher = paper.publish(seed)
        time.sleep(0.3)
        paper.let_publishers_end(publisher)
        begun = time.monotonic()
        for port in (paper.port, other):
            paper.settle(PATIENCE, port=port)
        took.append(time.monotonic() - begun)
    assert sorted(took)[len(took) // 2] < 2 * PROMISE  # both were looked at whole, one after the other
    assert paper.broken_promises() == []


@pytest.mark.row("PAGE-05")
def test_publishing_while_the_front_page_renders_never_shows_an_older_edition_again(paper):
    paper.serve()
    publisher = paper.publish(1)
    assert until(lambda: len(paper.articles()) >= 4, 30)
    shown: dict[int, list[int]] = {}
    wrong: list[str] = []
    end = time.monotonic() + 8
    lock = threading.Lock()

    def read() -> None:
        """Read the front again and again; each tale's editions may only grow."""
        newest: dict[str, int] = {}
        while time.monotonic() < end:
            status, text = paper.get("/")
            if status != 200:
                wrong.append(f"the front was answered with {status}")
            for version, number in SEEN.findall(text):
                if int(version) < newest.get(number, 0):
                    wrong.append(f"edition {version} of tale{number} after {newest[number]}")
                newest[number] = max(int(version), newest.get(number, 0))
        with lock:
            shown[threading.get_ident()] = list(newest.values())

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    paper.let_publishers_end(publisher)
    assert wrong == []
    assert all(max(versions) > 1 for versions in shown.values()), HEADLINE
    paper.settle(PATIENCE)

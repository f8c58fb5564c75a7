"""Several processes on one folder, and processes that are killed."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.delivery import serving
from tests.delivery.conftest import until
from tests.delivery.serving import ask

pytestmark = pytest.mark.row("OPS-01")


@pytest.fixture(scope="module")
def pair(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int, int]]:
    """Two processes that serve one folder."""
    folder = tmp_path_factory.mktemp("pair") / "data"
    shutil.copytree(migrated, folder)
    ports = serving.free_port(), serving.free_port()
    processes = [serving.serve(folder, port) for port in ports]
    yield folder, *ports
    for process in processes:
        process.kill()


def test_what_one_process_publishes_is_seen_in_the_other_within_a_second(pair: tuple[Path, int, int]) -> None:
    _folder, one, other = pair
    late = []
    for step in range(12):
        word = f"step {step}.".encode()
        publisher, reader = (one, other) if step % 2 else (other, one)
        ask(publisher, "/change/1/", "POST", word)
        changed = time.monotonic()
        assert until(
            lambda word=word, reader=reader: all(
                word in ask(reader, path).body for path in ("/n/1/", "/front/1/", "/slow/1/")
            ),
            3,
        )
        late.append(time.monotonic() - changed)
    assert max(late) < 1.5  # the slow page itself takes 0.15 s to render


def test_no_answer_is_older_than_a_second_while_both_publish_and_many_read(pair: tuple[Path, int, int]) -> None:
    _folder, one, other = pair
    written: list[tuple[float, int]] = []
    old: list[float] = []
    end = time.monotonic() + 6

    def publish() -> None:
        step = 1000
        while time.monotonic() < end - 1.5:
            step += 1
            ask(random.choice((one, other)), "/change/2/", "POST", f"version {step}.".encode())
            written.append((time.monotonic(), step))
            time.sleep(random.uniform(0, 0.25))

    def read(number: int) -> int:
        count = 0
        while time.monotonic() < end:
            path = random.choice(("/n/2/", "/front/2/"))
            began = time.monotonic()
            body = ask(one if number % 2 else other, path).body
            shown = int(body.split(b"version ")[1].split(b".")[0])
            newer = [at for at, step in list(written) if step > shown and at < began]
            if newer:
                old.append(began - min(newer))
            count += 1
        return count

    ask(one, "/change/2/", "POST", b"version 1000.")
    time.sleep(0.6)
    with ThreadPoolExecutor(7) as pool:
        publisher = pool.submit(publish)
        counts = list(pool.map(read, range(6)))
        publisher.result()
    assert sum(counts) > 50
    assert max(old, default=0) < 1.0


def test_two_processes_cause_one_rendering(pair: tuple[Path, int, int]) -> None:
    _folder, one, other = pair
    ask(one, "/change/3/", "POST", b"three")
    time.sleep(0.6)
    before = int(ask(one, "/count/").body) + int(ask(other, "/count/").body)
    with ThreadPoolExecutor(40) as pool:
        found = set(pool.map(lambda number: ask(one if number % 2 else other, "/slow/3/").body, range(80)))
    assert found == {b"<p>three</p>"}
    assert int(ask(one, "/count/").body) + int(ask(other, "/count/").body) == before + 1


OPEN = """
import sys, time
from pathlib import Path
import django
django.setup()
from broadsheet.delivery.engines.pagestore import PageStore
folder, begin = Path(sys.argv[1]), float(sys.argv[2])
for turn in range(20):
    time.sleep(max(0, begin + turn * 0.1 - time.time()))
    store = PageStore(folder / str(turn))
    store.open(lost=True)
    store.purge(["a"])
    store.empty()
"""


@pytest.mark.slow
def test_processes_that_begin_on_one_new_store_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    begin = str(time.time() + 6)
    command = [sys.executable, "-c", OPEN, str(tmp_path / "stores"), begin]
    options = {"env": serving.environment(tmp_path / "data"), "cwd": serving.ROOT, "stderr": subprocess.PIPE}
    processes = [subprocess.Popen(command, text=True, **options) for _number in range(5)]
    assert [process.communicate(timeout=120)[1] for process in processes] == [""] * 5


def test_process_killed_while_it_renders_and_writes_leaves_no_broken_and_no_old_page(data: Path) -> None:
    rounds = 6
    for number in range(rounds):
        port = serving.free_port()
        process = serving.serve(data, port)
        try:
            with ThreadPoolExecutor(8) as pool:
                for page in range(1, 9):
                    ask(port, f"/change/{page}/", "POST", f"round {number}.".encode())
                for page in range(1, 9):
                    pool.submit(_quietly, port, f"/n/{page}/")
                    pool.submit(_quietly, port, f"/slow/{page}/")
                time.sleep(random.uniform(0, 0.3))
                process.kill()
        finally:
            process.kill()
        for file in (data / "pages" / "www").rglob("index.html"):
            text = file.read_text()
            if "/who/" not in str(file):
                assert text.endswith("</p>")
    port = serving.free_port()
    process = serving.serve(data, port)
    try:
        for page in range(1, 9):
            assert until(lambda page=page: f"round {rounds - 1}.".encode() in ask(port, f"/n/{page}/").body)
    finally:
        process.kill()
    assert not list((data / "pages" / "www").rglob("*.new"))


def test_process_killed_between_a_change_and_its_purge_starts_with_nothing_old(data: Path) -> None:
    port = serving.free_port()
    process = serving.serve(data, port)
    ask(port, "/change/1/", "POST", b"before")
    assert until(lambda: b"before" in ask(port, "/n/1/").body)
    time.sleep(0.6)
    ask(port, "/n/1/")
    process.kill()
    assert (data / "pages" / "www" / "n" / "1" / "index.html").exists()
    writer = serving.free_port()
    away = data.with_name("away")
    (data / "pages").rename(away)  # somebody else changes it, far from this store
    second = serving.serve(data, writer)
    ask(writer, "/change/1/", "POST", b"after")
    second.kill()
    shutil.rmtree(data / "pages")
    away.rename(data / "pages")
    third = serving.serve(data, port)
    try:
        assert b"after" in ask(port, "/n/1/").body
    finally:
        third.kill()


def test_several_processes_by_one_command_share_a_port(data: Path) -> None:
    port = serving.free_port()
    process = serving.serve(data, port, processes=2)
    try:
        ask(port, "/change/1/", "POST", b"shared")
        assert until(lambda: all(b"shared" in ask(port, "/n/1/").body for _ in range(10)))
    finally:
        process.kill()


def _quietly(port: int, path: str) -> None:
    try:
        ask(port, path)
    except OSError:
        return

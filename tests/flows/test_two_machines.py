"""Two machines as docs/guides/scale.md says: a folder and a page store each, one PostgreSQL, one Redis, shared media."""

import http.client
import re
import shutil
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.delivery.serving import ask, free_port
from tests.flows.installation import Publisher, broadsheet, end, seconds_until, start
from tests.postgresql import programs, server

pytestmark = [
    pytest.mark.row("OPS-02"),
    pytest.mark.files,
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed"),
]
ADDRESS = "http://paper.test"


@dataclass
class Machine:
    data: Path
    port: int

    def get(self, path: str) -> bytes:
        answer = ask(self.port, path, host="paper.test")
        assert answer.status == 200, (path, answer.status)
        return answer.body

    def stored(self, path: str) -> Path:
        return self.data / "pages" / "www" / path.strip("/") / "index.html"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What is the same on all machines."""
    with server() as address:
        found = {"BROADSHEET_DATABASE": address, "BROADSHEET_URL": ADDRESS}
        redis = None
        if shutil.which("redis-server"):
            port = free_port()
            home = tmp_path_factory.mktemp("redis")
            redis = subprocess.Popen(
                ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(home)],
                stdout=subprocess.DEVNULL,
            )
            found["BROADSHEET_REDIS"] = f"redis://127.0.0.1:{port}/0"
        yield found
        if redis is not None:
            redis.kill()
            redis.wait(20)


@pytest.fixture(scope="module")
def machines(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Machine, Machine]]:
    home = tmp_path_factory.mktemp("machines")
    first, second = Machine(home / "first", free_port()), Machine(home / "second", free_port())
    broadsheet(first.data, "new", str(first.data), "--email", "me@paper.example", **settings)
    second.data.mkdir()
    for name in ("secret.key", "broadsheet.env"):
        shutil.copy(first.data / name, second.data / name)
    (first.data / "media").mkdir(exist_ok=True)
    (second.data / "media").symlink_to(first.data / "media")  # the folder that both have mounted
    broadsheet(second.data, "upgrade", **settings)
    processes = [start(machine.data, machine.port, **settings) for machine in (first, second)]
    yield first, second
    for process in processes:
        end(process)


def test_what_one_machine_publishes_shows_on_the_other_within_a_second(machines, settings):
    first, second = machines
    publisher = Publisher(first.data, **settings)
    took = []
    try:
        for number in range(1, 9):
            for path in ("/", publisher.path):
                for machine in machines:
                    machine.get(path)  # stored on both, before it changes
            headline = f"Version {number}"
            at = publisher.publish(headline)
            shown = headline.encode()
            took.append(
                seconds_until(lambda: all(shown in second.get(path) for path in ("/", publisher.path)), at)  # noqa: B023
            )
            time.sleep(0.4)
        assert seconds_until(second.stored(publisher.path).exists, time.time()) >= 0
    finally:
        publisher.close()
    assert sorted(took)[len(took) // 2] < 1.0, took
    assert all(machine.stored("/").exists() for machine in machines)


def test_a_machine_that_was_away_shows_nothing_old_when_it_is_back(machines, settings):
    first, second = machines
    publisher = Publisher(first.data, **settings)
    third = Machine(second.data.with_name("third"), free_port())
    shutil.copytree(second.data, third.data, symlinks=True, ignore=shutil.ignore_patterns("pages"))
    try:
        process = start(third.data, third.port, **settings)
        third.get(publisher.path)
        assert seconds_until(third.stored(publisher.path).exists, time.time()) >= 0
        end(process)
        assert third.stored(publisher.path).exists()
        publisher.publish("While it was away")
        process = start(third.data, third.port, **settings)
        assert b"While it was away" in third.get(publisher.path)
    finally:
        publisher.close()
        end(process)


def test_every_machine_is_well_and_has_nothing_to_complain_of(machines, settings):
    for machine in machines:
        assert ask(machine.port, "/health", host="paper.test").status == 200
        said = broadsheet(machine.data, "check", **{**settings, "BROADSHEET_URL": "", "PORT": str(machine.port)})
        assert "error" not in said


def log_in(machine: Machine, jar: dict[str, str]) -> str:
    """Try a wrong password as a browser does; return what the page says."""
    connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=20)
    cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
    connection.request("GET", "/accounts/login/", headers={"Host": "paper.test", "Cookie": cookies})
    answer = connection.getresponse()
    form = answer.read().decode()
    for line in answer.headers.get_all("Set-Cookie", []):
        name, _, value = line.partition(";")[0].partition("=")
        jar[name] = value
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": "me@paper.example", "password": "wrong" * 4})
    cookies = "; ".join(f"{name}={value}" for name, value in jar.items())
    connection.request("POST", "/accounts/login/", body, {
        "Host": "paper.test", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Origin": ADDRESS,
    })  # fmt: skip
    answer = connection.getresponse()
    found = answer.read().decode()
    connection.close()
    return f"{answer.status} {found}"


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="Redis is not installed")
def test_wrong_passwords_are_counted_over_both_machines(machines):
    first, second = machines
    jar: dict[str, str] = {}
    answers = [log_in((first, second)[number % 2], jar) for number in range(8)]
    assert answers[0].startswith("200")
    assert "too many attempts" in answers[6] or answers[6].startswith("429")
    assert "too many attempts" in answers[7] or answers[7].startswith("429"), "the other machine has counted as well"

"""Two machines that answer readers and one that works, on one PostgreSQL and one Redis (OPS-02): all that goes out goes once.

As docs/guides/scale.md says under "A machine that only works".
"""

import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.serving import ROOT, ask, free_port
from tests.flows.installation import COMMAND, broadsheet, end, environment, seconds_until, start
from tests.flows.test_two_machines import ADDRESS, Machine, log_in
from tests.notifications.mail_server import Post, listening
from tests.notifications.push_sink import Sink, sinking
from tests.postgresql import programs, server

pytestmark = [
    pytest.mark.row("OPS-02"),
    pytest.mark.slow,
    pytest.mark.files,
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed"),
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="Redis is not installed"),
]
BROWSERS = 40


class Desk:
    """Somebody at a machine's desk."""

    def __init__(self, data: Path, **settings: str) -> None:
        around = {**environment(data, **settings), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.newsdesk"], env=around, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __call__(self, *words: Any) -> Any:
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(20)


@dataclass
class Hub:
    """A hub for feeds that, when it is told, fetches each at once."""

    port: int = 0
    asks: int = 0  # the machine whose feeds it fetches
    fetched: list[tuple[str, str, str]] = field(default_factory=list)  # address, its Link header, what it said


@dataclass
class Installation:
    """Machines a and b, a worker, and what is around them."""

    a: Machine
    b: Machine
    worker: "Worker"
    desk: Desk
    post: Post
    sink: Sink
    hub: Hub


class Worker:
    """The machine that works."""

    def __init__(self, data: Path, settings: dict[str, str]) -> None:
        self.data, self.settings = data, settings
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.data / "work.log").open("ab") as log:
            self.process = subprocess.Popen(
                [COMMAND, "work"], env=environment(self.data, **self.settings), stdout=log, stderr=log
            )

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    told = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.send_response(204)
            self.end_headers()
            for address in urllib.parse.parse_qs(body)["hub.url"]:
                answer = ask(told.asks, urllib.parse.urlsplit(address).path, host="paper.test")
                told.fetched.append((address, answer.headers.get("link", ""), answer.body.decode()))

        def log_message(self, *_words: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        told.port = running.server_address[1]
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield told
        running.shutdown()


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    home = tmp_path_factory.mktemp("redis")
    process = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(home)],
        stdout=subprocess.DEVNULL,
    )
    yield f"redis://127.0.0.1:{port}/0"
    process.kill()
    process.wait(20)


@pytest.fixture(scope="module")
def all_of_it(hub: Hub, redis: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("machines")
    a, b = Machine(home / "a", free_port()), Machine(home / "b", free_port())
    hub.asks = b.port
    with server() as database, listening(Post()) as post, sinking() as sink:
        settings = {
            "BROADSHEET_DATABASE": database, "BROADSHEET_URL": ADDRESS, "BROADSHEET_REDIS": redis,
            "BROADSHEET_MAIL": f"smtp://127.0.0.1:{post.port}", "BROADSHEET_MAIL_FROM": "newsroom@paper.test",
            "BROADSHEET_PUSH_LOCAL": "on", "BROADSHEET_WEBSUB_HUBS": f"http://127.0.0.1:{hub.port}/",
            "BROADSHEET_WORK": "off",
        }  # fmt: skip
        broadsheet(a.data, "new", str(a.data), "--email", "me@paper.example", **settings)
        for other in (b.data, home / "worker"):
            other.mkdir()
            for name in ("secret.key", "broadsheet.env", "push.key"):
                shutil.copy(a.data / name, other / name)
            (other / "media").symlink_to(a.data / "media")
        processes = [start(machine.data, machine.port, **settings) for machine in (a, b)]
        worker, desk = Worker(home / "worker", settings), Desk(a.data, **settings)
        worker.start()
        yield Installation(a, b, worker, desk, post, sink, hub)
        desk.close()
        for process in (*processes, worker.process):
            end(process)


def settled(desk: Desk, seconds: float = 40) -> dict[str, dict[str, int]]:
    """Wait until nothing is due or under way any more, and return how all stands."""
    over = {"sent", "unanswered", "dropped"}
    until = time.time() + seconds
    found = desk("states")
    while time.time() < until and (found["facts"]["owed"] or not over >= {*found["mail"], *found["push"]}):
        time.sleep(0.1)
        found = desk("states")
    assert found["facts"]["owed"] == 0, found
    assert over >= {*found["mail"], *found["push"]}, found
    return found


def listen(machine: Machine, number: str, heard: list[str], listening_now: threading.Event) -> threading.Thread:
    """Listen to the article's live stream there, in a thread of its own."""

    def hear() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=30)
        connection.request("GET", f"/live/{number}/stream", headers={"Host": "paper.test"})
        answer = connection.getresponse()
        listening_now.set()
        while line := answer.readline():
            heard.append(line.decode())
            if "answer of mine" in heard[-1]:
                break
        connection.close()

    thread = threading.Thread(target=hear, daemon=True)
    thread.start()
    return thread


def post_comment(machine: Machine, article: int, parent: int, cookie: str, text: str) -> int:
    """Answer a comment by the form, as a browser without scripts does; return the status."""
    path = f"/accounts/comment/{article}/?reply={parent}"
    jar = {cookie.partition("=")[0]: cookie.partition("=")[2]}
    for sent in (False, True):
        connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=30)
        headers = {"Host": "paper.test", "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        if not sent:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            assert answer.status == 200, page
            for line in answer.headers.get_all("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                jar[name] = value
            form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        else:
            body = urllib.parse.urlencode({**form, "text": text, "do": "post"})
            form_type = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ADDRESS}
            connection.request("POST", path.partition("?")[0], body, {**headers, **form_type})
            answer = connection.getresponse()
            answer.read()
        connection.close()
    return answer.status


def test_what_one_machine_publishes_is_everywhere_and_goes_out_once_though_the_worker_is_killed(all_of_it):
    one = all_of_it
    begun = one.desk("begin", one.sink.origin, BROWSERS)
    settled(one.desk)
    assert one.sink.taken == [], "what was published before they subscribed is no news"

    # An article at A: on both machines within a second or so, pushed to each browser once, its feeds fetched by the hub.
    path = one.desk("publish", "The bridge is open")
    seconds_until(lambda: all(b"The bridge is open" in machine.get("/") for machine in (one.a, one.b)), time.time())
    assert b"The bridge is open" in one.b.get(path)
    seconds_until(lambda: len(one.sink.taken) >= BROWSERS, time.time(), 40)
    settled(one.desk)
    assert set(one.sink.count().values()) == {1}
    assert len(one.sink.count()) == BROWSERS
    seconds_until(lambda: len(one.hub.fetched) >= 6, time.time(), 40)
    for address, link, said in one.hub.fetched[-6:]:
        assert "The bridge is open" in said, f"{address} was fetched before it had changed"
        assert f'<http://127.0.0.1:{one.hub.port}/>; rel="hub"' in link
        assert f'<{address}>; rel="self"' in link

    # An answer posted at A: seen on B's stream, and mailed once to the reader who chose that.
    heard: list[str] = []
    ready = threading.Event()
    thread = listen(one.b, begun["public"], heard, ready)
    assert ready.wait(20)
    cookie = f"{one.desk('cookie')}={begun['session']}"
    assert post_comment(one.a, begun["article"], begun["comment"], cookie, "An answer of mine: it came at noon.") == 302
    one.desk("show")
    thread.join(30)
    assert any("answer of mine" in line for line in heard), heard[-5:]
    seconds_until(lambda: one.post.mails, time.time(), 40)
    settled(one.desk)
    (mail,) = one.post.mails
    assert mail["To"] == "ines@mail.example"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    kill_the_worker_again_and_again(one)


def kill_the_worker_again_and_again(one: Installation) -> None:
    """Kill it while mail and push are under way: nothing is lost, nothing comes twice."""
    one.post.mails.clear()
    one.sink.taken.clear()
    queued: list[str] = []
    for round_ in range(3):
        queued += one.desk("queue", 30)
        one.desk("publish", f"Flood warning {round_}")
        came = len(one.post.mails) + len(one.sink.taken)
        seconds_until(lambda: len(one.post.mails) + len(one.sink.taken) > came + 5, time.time(), 60)  # noqa: B023
        one.worker.kill()
        one.worker.start()
    found = settled(one.desk, 90)
    mails, pushes = one.post.count(), one.sink.count()
    assert max(mails.values()) == 1, "a mail came twice"
    assert max(pushes.values()) <= 3, "a push came twice"
    assert len([name for name in queued if name not in mails]) <= found["mail"].get("unanswered", 0) <= 3
    assert sum(pushes.values()) >= 3 * BROWSERS - found["push"].get("unanswered", 0)
    assert sum(found["push"].values()) == 4 * BROWSERS, "each browser once an article"


def test_the_machines_that_answer_readers_do_none_of_the_work(all_of_it):
    one = all_of_it
    one.worker.kill()
    before = len(one.post.mails)
    one.desk("queue", 3)
    time.sleep(3)
    assert len(one.post.mails) == before
    one.worker.start()
    seconds_until(lambda: len(one.post.mails) == before + 3, time.time(), 40)
    assert Counter(one.post.count().values()).keys() == {1}
    assert ask(one.a.port, "/health", host="paper.test").status == 200


def test_wrong_passwords_are_counted_together(all_of_it):
    jar: dict[str, str] = {}
    answers = [log_in((all_of_it.a, all_of_it.b)[number % 2], jar) for number in range(8)]
    assert answers[0].startswith("200")
    assert "too many attempts" in answers[7] or answers[7].startswith("429")


def test_the_worker_ends_when_it_is_told(all_of_it):
    begun = time.time()
    end(all_of_it.worker.process)
    assert all_of_it.worker.process.returncode == 0
    assert time.time() - begun < 15
    all_of_it.worker.start()

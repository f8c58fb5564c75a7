"""Commands as an operator types them: exit codes, sentences, JSON."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.row("OPS-01", "OPS-04"), pytest.mark.files]
LINK = re.compile(r"http://localhost:(\d+)/accounts/link/[\w-]{20,}/")


def run(*command: str, data: Path | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere", **settings}
    if data is not None:
        environment["BROADSHEET_DATA"] = str(data)
    return subprocess.run(
        [sys.executable, "-m", "broadsheet", *command], capture_output=True, text=True, env=environment, check=False
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper") / "mine"
    done = run("new", str(folder), "--name", "The Courier", "--email", "me@courier.example", "--port", "9123")
    assert done.returncode == 0, done.stderr
    assert LINK.search(done.stdout).group(1) == "9123"
    return folder


def test_help_names_every_command_and_starts_nothing(tmp_path):
    done = run("--help", data=tmp_path / "nothing")
    assert done.returncode == 0
    for name in ("backup", "check", "demo", "export", "import", "new", "restore", "serve", "staff", "upgrade"):
        assert re.search(rf"^  {name} ", done.stdout, re.MULTILINE)
    assert not (tmp_path / "nothing").exists()


def test_an_unknown_command_is_refused_with_status_2():
    done = run("publsh")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_a_folder_with_something_in_it_is_left_as_it_is(paper):
    before = {path: path.stat().st_mtime for path in paper.rglob("*")}
    done = run("new", str(paper))
    assert done.returncode == 1
    assert "was left as it is" in done.stderr
    assert {path: path.stat().st_mtime for path in paper.rglob("*")} == before


@pytest.mark.parametrize("command", [["serve"], ["staff", "list"], ["search", "rebuild"], ["export", "x.zip"]])
def test_commands_that_need_a_paper_say_so_where_there_is_none(tmp_path, command):
    done = run(*command, data=tmp_path / "empty")
    assert done.returncode == 69
    assert "broadsheet new" in done.stderr
    assert "Traceback" not in done.stderr


def test_staff_are_made_listed_and_given_links(paper):
    done = run("staff", "add", "Ed@Courier.example", "--name", "Ed Vane", "--role", "editor", data=paper)
    assert done.returncode == 0, done.stderr
    first = LINK.search(done.stdout).group(0)
    again = run("staff", "link", "ed@courier.example", data=paper)
    assert LINK.search(again.stdout).group(0) != first
    rows = json.loads(run("staff", "list", "--json", data=paper).stdout)
    editor = next(row for row in rows if row["email"] == "ed@courier.example")
    assert editor["role"] == "Editors"
    assert editor["second_factor"] is False
    assert {row["role"] for row in rows} == {"operator", "Editors"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "not-an-address"], "no e-mail address"),
        (["link", "stranger@paper.example"], "not an account of the newsroom"),
    ],
)
def test_refusals_are_sentences_and_status_1(paper, arguments, words):
    done = run("staff", *arguments, data=paper)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_refuses_other_addresses_than_loopback(tmp_path):
    done = run("demo", "--bind", "0.0.0.0", data=tmp_path / "demo")
    assert done.returncode == 1
    assert "this machine alone" in done.stderr
    assert not (tmp_path / "demo").exists()


def test_the_demo_prints_no_link_under_a_public_address(tmp_path):
    done = run("demo", "--no-serve", data=tmp_path / "demo", BROADSHEET_URL="https://paper.example")
    assert done.returncode != 0
    assert "for this machine alone" in done.stderr
    assert "/accounts/link/" not in done.stdout + done.stderr
    assert not (tmp_path / "demo").exists()


def test_the_demo_leaves_a_real_paper_alone(paper):
    done = run("demo", "--no-serve", data=paper)
    assert done.returncode == 1
    assert "not the demo" in done.stderr
    assert not (paper / "demo").exists()


def test_the_folder_can_be_named_on_the_command_line(paper):
    done = run("--data", str(paper), "search", "rebuild")
    assert done.returncode == 0, done.stderr
    assert "0 articles" in done.stdout


@pytest.mark.parametrize("command", ["upgrade", "new"])
def test_a_database_out_of_reach_is_told_in_a_sentence(tmp_path, command):
    words = [command, str(tmp_path / "mine")] if command == "new" else [command]
    done = run(*words, data=tmp_path, BROADSHEET_DATABASE="postgresql://nobody@127.0.0.1:9/none")
    assert done.returncode == 69
    assert "can't be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_upgrading_is_safe_to_repeat(paper):
    for _number in range(2):
        assert run("upgrade", data=paper).returncode == 0


def test_serve_answers_until_it_is_stopped(paper):
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "serve", "--port", str(port)],
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", "BROADSHEET_DATA": str(paper)},
        stderr=subprocess.PIPE,
    )
    try:
        for _number in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    body = answer.read().decode()
                    break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        assert answer.status == 200
        assert "The Courier" in body
        assert "Set-Cookie" not in answer.headers
    finally:
        server.terminate()
        assert server.wait(20) in {0, -15, 143}

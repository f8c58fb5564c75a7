"""`broadsheet judge copies` and `judge --remember` as programs."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.standards.campaigns import campaign, same_opinion

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
PROGRAM = [sys.executable, "-m", "broadsheet", "judge"]


def judge(*arguments: str, given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], input=given, capture_output=True, text=True, timeout=120, check=False)


def line(id_: object, text: str, minute: int) -> str:
    about = {"id": id_, "text": text, "author": f"a{id_}", "thread": f"t{minute % 2}", "lang": "fr"}
    return json.dumps({**about, "at": f"2026-11-01T12:{minute:02}:00Z"}) + "\n"


MOB = [line(at, text, at) for at, text in enumerate(campaign("tramway")[:12])]
OTHERS = [line(f"o{at}", text, at) for at, text in enumerate(same_opinion()["trains"])]


def test_one_cluster_a_line_with_who_and_where_and_when() -> None:
    done = judge("copies", "-", given="".join([*OTHERS[:10], *MOB, *OTHERS[10:]]))
    assert done.returncode == 0, done.stderr
    (found,) = (json.loads(one) for one in done.stdout.splitlines())
    assert found["flash_mob"] is True
    assert found["comments"] == found["accounts"] == len(found["ids"])
    assert len(found["ids"]) >= 11
    assert set(found["ids"]) <= set(range(12))
    assert found["likest"] in found["ids"]
    assert found["text"] == campaign("tramway")[found["likest"]]
    assert found["threads"] == ["t0", "t1"]
    assert found["from"] == "2026-11-01T12:00:00+00:00"
    assert set(found["authors"]) == {f"a{id_}" for id_ in found["ids"]}


def test_options_say_what_a_mob_is_and_what_cannot_be_read_is_told() -> None:
    done = judge("copies", "-", "--accounts", "30", given="".join([*MOB, "broken\n"]))
    assert done.returncode == 1
    assert "1 lines" in done.stderr
    assert [json.loads(one)["flash_mob"] for one in done.stdout.splitlines()] == [False]


def test_plain_lines_each_by_another_account() -> None:
    text = campaign("tramway")[0]
    done = judge("copies", "-", given=f"{text}\n" * 5 + "Something else that nobody has said before.\n")
    (found,) = (json.loads(one) for one in done.stdout.splitlines())
    assert (found["ids"], found["accounts"], found["authors"]) == ([1, 2, 3, 4, 5], 5, [])
    assert (found["flash_mob"], found["from"]) == (True, None)


def test_a_terminal_gets_a_table_without_signs_that_it_would_obey(tmp_path: Path) -> None:
    file = tmp_path / "comments.txt"
    file.write_text(f"{campaign('tramway')[0]} \x1b[31m\n" * 6, encoding="utf-8")
    ours, theirs = pty.openpty()
    subprocess.run(
        [*PROGRAM, "copies", str(file)], stdout=theirs, stderr=subprocess.DEVNULL, timeout=120, check=True,
        env={**os.environ, "COLUMNS": "150", "NO_COLOR": "1"},
    )  # fmt: skip
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:
        pass
    assert "flash mob" in said.decode()
    assert "tramway" in said.decode()
    assert b"\x1b[31m" not in said


def test_earlier_lines_count_where_that_is_asked_for() -> None:
    def held(*options: str) -> int:
        done = judge("-", *options, given="".join(MOB))
        assert done.returncode == 0, done.stderr
        return sum("FLASHMOB" in json.loads(one)["clauses"] for one in done.stdout.splitlines())

    assert held() == 0
    assert held("--remember", "--json") >= 6

"""`broadsheet judge` as a program: what comes in and out, and that it needs no Django."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
PROGRAM = [sys.executable, "-m", "broadsheet", "judge"]


def judge(*arguments: str, given: str | bytes = b"", folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    data = given.encode() if isinstance(given, str) else given
    return subprocess.run([*PROGRAM, *arguments], input=data, capture_output=True, cwd=folder, timeout=120, check=False)


def answers(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_json_lines_in_and_out_in_order() -> None:
    given = '{"id": "b", "text": "You f**king liar"}\n\n{"id": "a", "text": "A fine day.", "lang": "en"}\n'
    done = judge("-", given=given)
    assert done.returncode == 0, done.stderr
    first, second = answers(done)
    assert (first["id"], first["outcome"]) == ("b", "hold")
    assert (second["id"], second["outcome"], second["findings"]) == ("a", "publish", [])


def test_plain_lines_bad_bytes_and_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "comments.txt"
    file.write_bytes(b"\xef\xbb\xbfA fine day.\r\nshit\xff\n\nnul \x00 here")
    done = judge(str(file))
    assert done.returncode == 0, done.stderr
    assert [(one["id"], one["outcome"]) for one in answers(done)] == [
        (1, "publish"),
        (2, "hold"),
        (3, "publish"),
        (4, "publish"),
    ]


def test_a_line_that_cannot_be_read_is_told_and_the_others_are_judged() -> None:
    done = judge("-", given='{"text": "fine"}\n{"text": 1}\nbroken\n{"text": "\\ud800 fine"}\n')
    assert done.returncode == 1
    assert [one["outcome"] for one in answers(done)] == ["publish", "not_scored", "not_scored", "publish"]
    assert b"2 lines" in done.stderr


def test_a_file_named_like_a_subcommand_needs_its_folder(tmp_path: Path) -> None:
    (tmp_path / "explain").write_text("A fine day.\n", encoding="utf-8")
    done = judge("./explain", folder=tmp_path)
    assert [one["outcome"] for one in answers(done)] == ["publish"]
    missing = judge("nowhere.txt", folder=tmp_path)
    assert missing.returncode == 2
    assert b"nowhere.txt" in missing.stderr


def test_explains_what_each_detector_saw() -> None:
    done = judge("explain", "call 07911 123456, you f**k \x1b[31m")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert said.startswith("hold")
    assert "PROFANITY" in said
    assert "personal_data" in said
    assert "\x1b[31m" not in said


def test_explains_a_word_once_however_many_ways_it_is_read() -> None:
    said = judge("explain", "you are a f.u.c.k.i.n.g idiot").stdout.decode().splitlines()
    assert sum(line.startswith("PROFANITY") and " words " in line for line in said) == 1
    assert sum(line.startswith("INSULT") and " words " in line for line in said) == 1


def test_a_terminal_gets_a_table_unless_json_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "comments.txt"
    file.write_text("what a shit\n", encoding="utf-8")

    def on_a_terminal(*arguments: str) -> str:
        ours, theirs = pty.openpty()
        subprocess.run(
            [*PROGRAM, str(file), *arguments], stdout=theirs, stderr=subprocess.DEVNULL, timeout=120, check=True
        )
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
        except OSError:
            pass
        return said.decode()

    assert "outcome" in on_a_terminal()
    assert json.loads(on_a_terminal("--json"))["outcome"] == "hold"


def test_starts_without_django() -> None:
    code = (
        "import sys; from broadsheet.cli.main import root; root(['judge', '-'], standalone_mode=False); "
        "sys.exit(any(name.split('.')[0] in {'django', 'wagtail'} for name in sys.modules))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], input=b"fine\n", capture_output=True, timeout=120, check=False
        ).returncode
        == 0
    )

"""`broadsheet judge evaluate` as a program: figures, what another rulebook changes, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadsheet.cli.main import root
from broadsheet.standards.rulebook import load

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
FOUND = load().clauses["DRUGS"].forbidden["en"][0].texts[0]


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(root, ["judge", "evaluate", *map(str, arguments)])


def own(folder: Path, *lines: object) -> Path:
    path = folder / "own.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def milder(folder: Path) -> Path:
    """A newsroom's rulebook over the shipped one: profanity is flagged, no more held."""
    book = folder / "standards"
    (book / "clauses").mkdir(parents=True)
    (book / "rulebook.toml").write_text("version = 2\neffective = 2026-12-02\n", encoding="utf-8")
    (book / "clauses" / "PROFANITY.toml").write_text('version = 2\nhandling = "flag"\n', encoding="utf-8")
    return book


def test_measures_a_set_of_ones_own_and_says_it_in_json_without_texts(tmp_path: Path) -> None:
    rows = [
        {"text": "What utter shit.", "clauses": ["PROFANITY"]},
        {"text": "A fine day at the harbour.", "clauses": []},
    ]
    done = evaluate("--sets", own(tmp_path, *rows), "--clause", "PROFANITY", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    (figures,) = [one for one in found["clauses"] if (one["kind"], one["among"]) == ("set", "own")]
    assert (figures["name"], figures["rows"], figures["true"]) == ("PROFANITY", 2, 1)
    assert (figures["recall"]["count"], figures["recall"]["of"], figures["wrongly_found"]["count"]) == (1, 1, 0)
    assert {one["name"] for one in found["clauses"]} == {"PROFANITY"}
    assert "harbour" not in done.stdout


def test_shows_what_another_rulebook_changes_with_the_texts(tmp_path: Path) -> None:
    file = own(
        tmp_path,
        {"text": "What utter shit \x1b[31m.", "clauses": ["PROFANITY"], "id": "no-1"},
        {"text": "Fine.", "clauses": []},
    )
    arguments = ("--sets", file, "--rulebook", milder(tmp_path), "--against", "shipped", "--clause", "PROFANITY")
    done = evaluate(*arguments)
    assert done.exit_code == 0, done.output
    assert "hold → flag" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if "no-1" in line]
    assert "PROFANITY hold → flag (worse)" in line
    assert "What utter shit" in line
    assert "\x1b[31m" not in done.stdout
    turned = json.loads(evaluate(*arguments, "--json").stdout)["changes"]
    assert {"id": "no-1", "set": "own", "before": "hold", "after": "flag", "turns": [{"clause": "PROFANITY", "before": "hold", "after": "flag", "better": False}]} in turned  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--card", "card.md"), "--data"),
        (("--choose", "0.01"), "--data"),
        (("--data", ".", "--card", "card.md", "--clause", "HATE"), "--card goes without"),
        (("--data", ".", "--choose", "0.1", "--against", "shipped"), "--choose looks"),
        (("--clause", "HAT"), "no clause HAT"),
        (("--against", "nowhere"), "no folder nowhere"),
        (("--sets", "nowhere"), "nowhere"),
        (("--choose", "2"), "--choose"),
    ],
)
def test_what_does_not_go_is_said_before_anything_is_measured(arguments: tuple[str, ...], said: str) -> None:
    done = evaluate(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.row("OPS-04")
def test_a_set_or_rulebook_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    broken = evaluate("--sets", own(tmp_path, {"text": "a", "clauses": []}, {"text": "b"}))
    assert broken.exit_code == 1
    assert "own.jsonl:2: is to have either" in broken.stderr
    book = milder(tmp_path)
    (book / "clauses" / "PROFANITY.toml").write_text("version = 2\nhandlng = 1\n", encoding="utf-8")
    wrong = evaluate("--rulebook", book)
    assert wrong.exit_code == 1
    assert "clauses/PROFANITY.toml:2" in wrong.stderr
    nothing = evaluate("--data", tmp_path, "--choose", "0.01")
    assert nothing.exit_code == 1
    assert "holds no train*.parquet" in nothing.stderr


def test_measures_without_django(tmp_path: Path) -> None:
    file = own(tmp_path, {"text": FOUND, "clauses": ["DRUGS"]})
    code = (
        "import sys; from broadsheet.cli.main import root; root(sys.argv[1:], standalone_mode=False); "
        "sys.exit(any(name.split('.')[0] in {'django', 'wagtail', 'pyarrow', 'sklearn'} for name in sys.modules))"
    )
    arguments = ["judge", "evaluate", "--clause", "DRUGS", "--sets", str(file)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert [line.split()[:4] for line in lines if line.startswith("own") and "DRUGS" in line] == [
        ["own", "DRUGS", "1", "1"]
    ]

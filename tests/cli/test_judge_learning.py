"""`broadsheet judge learn`, `backtest`, `shadow`, `alarm` as programs: from decisions to a head that judges."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.standards.learning.stories import BEGUN, OTHERS, SPOILERS, newsroom

pytestmark = [pytest.mark.row("STD-05"), pytest.mark.row("STD-06"), pytest.mark.files]
PROGRAM = [sys.executable, "-m", "broadsheet", "judge"]


def judge(*arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)], input=given, capture_output=True, text=True, timeout=300, check=False,
        env=environment,
    )  # fmt: skip


def lines(each: int) -> str:
    return "".join(
        json.dumps({"id": one.id, "at": one.at.isoformat(), "by": one.by, "clauses": sorted(one.clauses), "text": one.submission.text})
        + "\n"
        for one in newsroom(each)
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with decisions, the first dozen of them apart, and a head learned from those."""
    folder = tmp_path_factory.mktemp("learning")
    (folder / "first.jsonl").write_text(lines(6), encoding="utf-8")
    (folder / "all.jsonl").write_text(lines(24), encoding="utf-8")
    done = judge("learn", "--decisions", folder / "first.jsonl", "--clause", "SPOILER", "--out", folder / "head.json")
    assert done.returncode == 0, done.stderr
    assert "6 comments that break it and 6 that don't" in done.stdout
    assert "AUROC" in done.stdout
    assert "Not switched on" in done.stdout
    return folder


@pytest.mark.slow
def test_from_decisions_over_a_back_test_to_a_head_that_judges(folder: Path) -> None:
    comments = "".join(
        json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate((SPOILERS[20], OTHERS[20]))
    )
    early = judge("-", "--head", folder / "head.json", given=comments)
    assert early.returncode == 1
    assert "not switched on" in early.stderr
    shown = judge("backtest", "--decisions", folder / "all.jsonl", "--head", folder / "head.json")
    assert shown.returncode == 0, shown.stderr
    assert "36 comments judged; 12 decided before" in shown.stdout
    assert "SPOILER" in shown.stdout
    assert not any(text[:20] in shown.stdout for text in SPOILERS + OTHERS)
    done = judge(
        "backtest", "--decisions", folder / "all.jsonl", "--head", folder / "head.json", "--json", "--switch-on"
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["judged"], result["too_early"], result["refusal"]) == (36, 12, None)
    assert json.loads((folder / "head.json").read_text())["head"]["switched_on"]["judged"] == 36
    again = ("learn", "--decisions", folder / "all.jsonl", "--clause", "SPOILER", "--out")
    assert "name another file" in judge(*again, folder / "head.json").stderr
    assert judge(*again, folder / "next.json", "--after", folder / "head.json").returncode == 0
    assert json.loads((folder / "next.json").read_text())["head"]["version"] == 2
    walked = judge("backtest", "--decisions", folder / "all.jsonl", "--head", folder / "next.json", "--walk", "--json")
    assert json.loads(walked.stdout)["judged"] == 29
    live = judge("-", "--head", folder / "head.json", given=comments)
    assert live.returncode == 0, live.stderr
    first, second = map(json.loads, live.stdout.splitlines())
    assert "SPOILER" in first["clause_scores"]
    assert first["clause_scores"]["SPOILER"] > second["clause_scores"]["SPOILER"]


def test_what_does_worse_is_switched_on_by_name_and_reason_alone(folder: Path, tmp_path: Path) -> None:
    head = tmp_path / "spoiler.json"
    turned = [
        json.dumps({**json.loads(line), "clauses": [] if json.loads(line)["clauses"] else ["SPOILER"]})
        for line in lines(24).splitlines()
    ]
    decisions = tmp_path / "turned.jsonl"
    decisions.write_text("\n".join(turned), encoding="utf-8")
    judge("learn", "--decisions", folder / "first.jsonl", "--clause", "SPOILER", "--out", head)
    asked = ("backtest", "--decisions", decisions, "--head", head, "--switch-on")
    done = judge(*asked)
    assert done.returncode == 1
    assert "would disagree with people" in done.stderr
    assert json.loads(head.read_text())["head"]["switched_on"] is None
    done = judge(*asked, "--override-by", "Mara", "--reason", "We sort by it.")
    assert done.returncode == 0, done.stderr
    record = json.loads(head.read_text())["head"]["switched_on"]
    assert (record["by"], record["reason"], record["overridden"]) == ("Mara", "We sort by it.", "worse")


def test_refusals_are_said_in_words(folder: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(lines(6).splitlines(keepends=True)[:11]), encoding="utf-8")
    done = judge("learn", "--decisions", few, "--clause", "SPOILER", "--out", tmp_path / "x.json")
    assert done.returncode == 1
    assert "A head needs 12 English comments" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.json").exists()
    done = judge("learn", "--decisions", few, "--clause", "SPOILER", "--out", tmp_path / "nowhere" / "x.json")
    assert done.returncode == 2
    assert "there is no folder" in done.stderr
    done = judge("backtest", "--decisions", folder / "all.jsonl")
    assert done.returncode == 2
    assert "--rulebook or --head" in done.stderr
    few.write_text('{"id": 1, "text": "a", "clauses": [], "at": "2026-01-01T00:00:00Z"}\n', encoding="utf-8")
    done = judge("learn", "--decisions", few, "--clause", "SPOILER", "--out", tmp_path / "x.json")
    assert done.returncode == 1
    assert "Line 1: `by` is to name the person" in done.stderr
    broken = tmp_path / "broken.json"
    broken.write_text((folder / "head.json").read_text()[:-9], encoding="utf-8")
    done = judge("-", "--head", broken, given="A fine day.\n")
    assert done.returncode == 1
    assert "can't be read" in done.stderr


def test_shadow_mode_prints_the_live_verdicts_and_keeps_differences(folder: Path, tmp_path: Path) -> None:
    comments = tmp_path / "comments.jsonl"
    comments.write_text(
        "".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(SPOILERS[:3] + OTHERS[:2])),
        encoding="utf-8",
    )
    differences = tmp_path / "shadow.jsonl"
    done = judge("shadow", "run", comments, "--head", folder / "head.json", "--out", differences)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0, 1, 2, 3, 4]
    assert "SPOILER" not in done.stdout
    assert "scene" not in differences.read_text()
    report = json.loads(judge("shadow", "report", differences, "--json").stdout)
    assert (report["judged"], report["failed"]) == (5, 0)
    assert report["differ"] == report["only_beside"].get("SPOILER", 0) >= 2
    assert "5 comments judged" in judge("shadow", "report", differences).stdout


def test_alarm_ends_with_3_where_something_jumped(tmp_path: Path) -> None:
    file = tmp_path / "verdicts.jsonl"

    def verdicts(jumped: int) -> str:
        return "".join(
            json.dumps(
                {"at": (BEGUN + timedelta(days=day, minutes=at)).isoformat(), "clauses": ["SPAM"] * (at < found)}
            )
            + "\n"
            for day in range(12)
            for found in (jumped if day == 11 else 5,)
            for at in range(100)
        )

    file.write_text(verdicts(5), encoding="utf-8")
    done = judge("alarm", "--findings", file)
    assert (done.returncode, done.stdout) == (0, "Nothing jumped.\n")
    file.write_text(verdicts(60), encoding="utf-8")
    done = judge("alarm", "--findings", file, "--json")
    assert done.returncode == 3
    (alarm,) = json.loads(done.stdout)
    assert (alarm["what"], alarm["direction"], alarm["found"], alarm["judged"]) == ("SPAM", "up", 60, 100)
    day_before = (BEGUN + timedelta(days=11)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    assert judge("alarm", "--findings", file, "--until", day_before).returncode == 0


def test_a_verdict_says_when_where_the_comment_did() -> None:
    at = datetime(2026, 11, 1, 8, tzinfo=UTC).isoformat()
    first, second = judge("-", given=f'{{"text": "fine", "at": "{at}"}}\n{{"text": "fine"}}\n').stdout.splitlines()
    assert json.loads(first)["at"] == at
    assert "at" not in json.loads(second)

"""docs/guides/perspective.md done word for word: its files made, its server started, each snippet run."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standards.serving.served import PATIENCE, Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
GUIDE = (Path(__file__).resolve().parents[3] / "docs/guides/perspective.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
ADDRESS = "127.0.0.1:8080"


def block(language: str, holding: str) -> str:
    """The one snippet of the language that holds the words."""
    [found] = [text for name, text in BLOCKS if name == language and holding in text]
    return found


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("guide")
    subprocess.run(["bash", "-ec", block("sh", "> keys")], cwd=folder, check=True, timeout=PATIENCE)
    command = shlex.split(block("sh", "judge serve"))
    assert command[:3] == ["broadsheet", "judge", "serve"]
    options = [str(folder / word) if (folder / word).is_file() else word for word in command[3:]]
    server = Served(folder, *options, "--timeout", "90").loaded()
    yield server
    server.end()


def run(server: Served, command: list[str], text: str) -> str:
    """What the snippet prints, run where the guide's files lie, asking the test's server."""
    assert ADDRESS in text
    done = subprocess.run(
        [*command, text.replace(ADDRESS, f"127.0.0.1:{server.port}")], cwd=server.log.parent,
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def check_scores(printed: str) -> None:
    scores = dict(line.split() for line in printed.splitlines())
    assert set(scores) == {"TOXICITY", "INSULT"}
    assert all(0 <= float(score) <= 1 for score in scores.values())


def test_health(guided: Served) -> None:
    assert json.loads(run(guided, ["bash", "-ec"], block("sh", "/health")))["ready"] is True


def test_curl(guided: Served) -> None:
    answer = json.loads(run(guided, ["bash", "-ec"], block("sh", "comments:analyze")))
    check_scores("\n".join(f"{name} {one['summaryScore']['value']}" for name, one in answer["attributeScores"].items()))


def test_python(guided: Served) -> None:
    check_scores(run(guided, [sys.executable, "-c"], block("python", "urlopen")))


def test_the_official_client(guided: Served) -> None:
    check_scores(run(guided, [sys.executable, "-c"], block("python", "googleapiclient")))


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_javascript(guided: Served) -> None:
    check_scores(run(guided, ["node", "--input-type=module", "-e"], block("js", "fetch")))


def test_coral(guided: Served) -> None:
    assert json.loads(run(guided, ["bash", "-ec"], block("sh", "/coral/moderate")))["status"] == "SYSTEM_WITHHELD"


def test_whole_verdicts(guided: Served) -> None:
    verdict = json.loads(run(guided, ["bash", "-ec"], block("sh", "/v1/judge")))
    assert (verdict["id"], verdict["outcome"]) == (1, "hold")


def test_every_snippet_is_run() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    run_here = {block(*found) for found in re.findall(r'block\("(\w+)", "([^"]+)"\)', source)}
    assert run_here == {text for _name, text in BLOCKS}

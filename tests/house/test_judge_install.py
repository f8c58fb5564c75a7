"""The judge's install: what it brings, what it leaves out, and that the container file and the guide really make it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.container import Image, build, ignored_everywhere, steps

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "deploy" / "judge.Containerfile"
GUIDE = (ROOT / "docs" / "guides" / "judge-alone.md").read_text(encoding="utf-8")
LARGEST = 350  # MB by `du -sm`: issue 4, "Alone"
GET_PAPER = "This needs the newspaper: pip install 'broadsheet[paper]'"
SAMPLE = '{"id": "b", "text": "You f**king liar"}\n{"id": "a", "text": "A fine day."}\n'


def test_the_container_file_runs_no_shell_pins_no_digest_and_copies_what_its_context_has() -> None:
    found = steps(FILE)
    assert [rest for name, rest in found if name in {"RUN", "ENTRYPOINT"} and not rest.startswith("[")] == []
    assert {rest.split()[0] for name, rest in found if name == "FROM"} == {"python:3.11-slim"}
    copied = {word for name, rest in found if name == "COPY" and "--from" not in rest for word in rest.split()[:-1]}
    assert {"src", "requirements-judge.lock"} < copied
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    assert sent == copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    with tempfile.TemporaryDirectory() as folder:  # hundreds of megabytes, of which pytest would keep three
        yield build(FILE, ROOT, Path(folder))


def run(image: Image, *words: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the container."""
    return subprocess.run(
        image.command(list(words)), input=given, capture_output=True, text=True, cwd=image.root, timeout=120,
        env=image.surroundings(**settings), check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_the_container_judges_by_its_command_and_writes_nothing(image: Image) -> None:
    before = set(image.root.rglob("*"))
    done = run(image, image.entrypoint[0], "judge", "-", given=SAMPLE)
    assert done.returncode == 0, done.stderr
    rude, fine = map(json.loads, done.stdout.splitlines())
    assert (rude["id"], rude["outcome"]) == ("b", "hold")
    assert ["f**king"] in [finding["words"] for finding in rude["findings"] if finding["clause"] == "PROFANITY"]
    assert (fine["id"], fine["outcome"]) == ("a", "publish")
    assert set(image.root.rglob("*")) == before


@pytest.mark.slow
def test_the_containers_user_is_nobody_and_may_read_all_of_it(image: Image) -> None:
    assert int(image.user.partition(":")[0]) > 0
    there = [path for path in image.place("/opt").rglob("*") if not path.is_symlink()]
    assert len(there) > 1000
    assert [path for path in there if path.stat().st_mode & (0o5 if path.is_dir() else 0o4) == 0] == []


@pytest.mark.slow
def test_the_install_holds_no_newspaper_and_stays_small(image: Image) -> None:
    venv = image.place("/opt/judge")
    there = {path.name.lower() for path in (venv / "lib").glob("python3*/site-packages/*")}
    assert "onnxruntime" in there
    assert there & {"django", "wagtail", "allauth", "psycopg", "redis", "lxml", "pil", "torch"} == set()
    for name in ("django", "wagtail", "psycopg"):
        assert run(image, "/opt/judge/bin/python", "-c", f"import {name}").returncode == 1
    size = subprocess.run(["du", "-sm", venv], capture_output=True, text=True, check=True).stdout
    assert int(size.split()[0]) <= LARGEST
    assert run(image, "/opt/judge/bin/python", "-m", "pip", "check").returncode == 0


@pytest.mark.slow
def test_the_wheel_holds_one_package_once_and_the_model_with_it(image: Image) -> None:
    [wheel] = (image.root.parent / "build" / "wheels").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert len(set(names)) == len(names)
    assert {name.split("/")[0] for name in names} == {"broadsheet", wheel.name.rsplit("-", 3)[0] + ".dist-info"}
    for name in ("__init__.py", "standards/model/files/encoder.onnx", "standards/rulebook/preset/clauses/HATE.toml"):
        assert [one for one in names if one.endswith(name) and one.startswith("broadsheet/" + name[:4])] == [
            f"broadsheet/{name}"
        ]


@pytest.mark.slow
def test_help_names_the_judge_and_how_the_newspaper_is_had(image: Image) -> None:
    done = run(image, "/opt/judge/bin/broadsheet", "--help")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^  ([a-z-]+)  ", done.stdout.split("Commands:")[1], re.MULTILINE) == ["judge"]
    assert "pip install 'broadsheet[paper]'" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["serve", "new paper", "import page x.html", "demo", "--data x check", "serve --help"]
)
def test_commands_of_the_newspaper_end_with_one_sentence(image: Image, words: str) -> None:
    done = run(image, "/opt/judge/bin/broadsheet", *words.split())
    assert done.returncode == 69
    assert (done.stdout, done.stderr.strip()) == ("", GET_PAPER)


@pytest.mark.slow
def test_the_container_serves_and_says_that_it_is_well(image: Image) -> None:
    assert image.environment["BROADSHEET_JUDGE_SERVE_HOST"] == "0.0.0.0"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = {"BROADSHEET_JUDGE_SERVE_PORT": str(listener.getsockname()[1])}
    assert run(image, *image.healthcheck, **port).returncode != 0
    server = subprocess.Popen(
        image.command(image.entrypoint), env=image.surroundings(**port), cwd=image.root, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while (asked := run(image, *image.healthcheck, **port)).returncode and server.poll() is None:
            assert time.monotonic() < until, asked.stderr
        assert server.poll() is None, server.stderr.read().decode()
    finally:
        server.terminate()
        assert server.wait(30) in {0, -signal.SIGTERM}


def block(heading: str) -> str:
    """Return the code beneath a heading of the guide."""
    return re.search(rf"^## {heading}\n.*?^```\w+\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[1]


@pytest.mark.slow
def test_the_guides_lines_install_a_judge_that_judges(image: Image) -> None:
    lines = block("By pip").splitlines()
    assert len(lines) <= 5
    folder = image.root.parent / "guide"
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements-judge.lock"):
        shutil.copy(ROOT / name, sources)
    shutil.copytree(ROOT / "src", sources / "src", ignore=shutil.ignore_patterns(*ignored_everywhere(ROOT)))
    base = Path(image.command(["python"])[0])
    said = ""
    for line in lines:
        shell = line.replace("/opt/judge", str(folder / "judge")).replace("python3 ", f"{base} ", 1)
        done = subprocess.run(
            ["/bin/sh", "-c", shell], cwd=sources, env=_clean(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        said = done.stdout
    assert json.loads(said)["outcome"] == "hold"


def _clean() -> dict[str, str]:
    """Return this environment without what may lead to another Broadsheet."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}


@pytest.mark.slow
def test_the_guides_program_runs_in_the_install(image: Image) -> None:
    program = block("As a library")
    assert len([line for line in program.splitlines() if line]) == 5
    done = run(image, "/opt/judge/bin/python", "-c", program)
    assert done.returncode == 0, done.stderr
    assert "outcome='hold'" in done.stdout
    assert "f**king" in done.stdout

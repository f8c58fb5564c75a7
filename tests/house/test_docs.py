"""What the docs say exists: commands with their options, settings, files, metrics, and the pages they point to."""

import re
import shlex
from pathlib import Path

import click
import pytest

from broadsheet.cli.judge import FileOrCommand, judge
from broadsheet.cli.main import root
from broadsheet.config.env import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
WRITTEN_BY_HAND = [
    path
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if "Written by `make docs`" not in path.read_text(encoding="utf-8")
]
# Read by the tests and benchmarks, not by the product.
NOT_SETTINGS = {"BROADSHEET_SHARED"}
OPTIONS_OF_THE_JUDGE = {
    f"BROADSHEET_JUDGE_{name}_{option.name}".upper()
    for name, command in judge.commands.items()
    for option in command.params
    if isinstance(option, click.Option)
}
pytestmark = pytest.mark.files


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(text: str) -> list[str]:
    """The lines of code of a page: those of its blocks, and what stands between backticks."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line for block in [*blocks, *inline] for line in block.splitlines()]


def commands(text: str) -> list[list[str]]:
    """The words of every `broadsheet …` command line of a page, without what stands before and after."""
    found = []
    for line in code(text):
        match = re.search(r"(?:^|/bin/|[A-Z_]+=\S+ +)broadsheet +((?!#).+?)(?:\s+[>|]|\s*$)", line)
        if match and re.match(r"--?[a-z]|[a-z]", match[1]):
            try:
                found.append(shlex.split(match[1], comments=True))
            except ValueError:
                continue
    return found


def mistakes(words: list[str]) -> list[str]:
    """What is not so in a command line."""
    command: click.Command = root
    wrong = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        options = {
            name: option for option in command.params if isinstance(option, click.Option) for name in option.opts
        }
        if word.startswith("-") and word not in {"-", "-h", "--help", "--version"}:
            name, equals, _value = word.partition("=")
            if name not in options:
                wrong.append(f"{command.name} has no option {name}")
            elif not options[name].is_flag and not equals and rest:
                rest.pop(0)
        elif isinstance(command, click.Group) and word.isascii() and re.fullmatch("[a-z][a-z-]*", word):
            inner = command.get_command(click.Context(command), word)
            if inner is None:
                wrong.append(f"there is no command {word} in {command.name}")
                break
            command = inner
        elif isinstance(command, FileOrCommand):  # a file to judge: the options after it are those of judging
            command = command.commands["lines"]
    return wrong


def test_there_are_pages_to_look_at():
    assert len(WRITTEN_BY_HAND) >= 12
    assert sum(len(commands(path.read_text(encoding="utf-8"))) for path in WRITTEN_BY_HAND) >= 30


@pytest.mark.row("OPS-04")
@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=named)
def test_every_command_and_option_named_exists(path):
    text = path.read_text(encoding="utf-8")
    assert [(" ".join(words), wrong) for words in commands(text) if (wrong := mistakes(words))] == []


@pytest.mark.row("OPS-03")
@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=named)
def test_every_setting_named_exists(path):
    known = {setting.name for setting in SETTINGS} | NOT_SETTINGS | OPTIONS_OF_THE_JUDGE
    assert set(re.findall(r"\bBROADSHEET_[A-Z_]+\b", path.read_text(encoding="utf-8"))) - known == set()


@pytest.mark.row("OPS-03")
def test_every_setting_of_the_guides_stands_in_the_reference():
    reference = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in reference] == []


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=named)
def test_every_link_within_the_docs_leads_somewhere(path):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file) if file else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as they are made of their words."""
    headings = re.findall(r"^#+ +(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=named)
def test_every_file_of_the_repository_named_exists(path):
    text = path.read_text(encoding="utf-8")
    named_files = set(re.findall(r"\b((?:deploy|docs|src|tests|tools|bench)/[\w./@-]*[\w])", text))
    assert [
        name for name in sorted(named_files) if not (ROOT / name).exists() and not (path.parent / name).exists()
    ] == []


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=named)
def test_every_make_target_named_exists(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    lines = "\n".join(code(path.read_text(encoding="utf-8")))
    asked = set(re.findall(r"\bmake(?: -C \S+)? ([a-z-]+)", lines))
    assert asked - targets == set()


@pytest.mark.row("OPS-03")
@pytest.mark.django_db
def test_every_metric_named_is_told(client):
    told = client.get("/metrics", headers={"host": "localhost"}).content.decode()
    text = (ROOT / "docs" / "guides" / "operate.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"`(broadsheet_[a-z_]+)", text))
    assert len(asked) >= 8
    assert {name for name in asked if name not in told} == set()


def test_every_unit_names_a_command_that_exists():
    for unit in sorted((ROOT / "deploy" / "systemd").glob("*.service")):
        for line in re.findall(r"/bin/broadsheet ([^\n']+)", unit.read_text(encoding="utf-8")):
            assert mistakes(shlex.split(line)) == [], unit.name

"""The project's own labelled sets as tests read them: one half to tune on, one to measure on."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import broadsheet.standards
from broadsheet.standards.lines import submission
from broadsheet.standards.submission import Submission

FOLDER = Path(broadsheet.standards.__file__).parent / "evaluation" / "sets"
Half = Literal["tuned", "measured"]
_LINE = re.compile(r"([+-])(\w+) \| (.+)")


@dataclass(frozen=True)
class Case:
    """A text and whether it is to be found."""

    submission: Submission
    found: bool

    @property
    def text(self) -> str:
        return self.submission.text


def half(name: str, which: Half) -> list[Case]:
    """Return the cases of a set in all its languages: of each file's groups, or lines of JSON, every second one."""
    files = sorted([*FOLDER.glob(f"{name}.txt"), *FOLDER.glob(f"{name}.??.txt"), *FOLDER.glob(f"{name}.jsonl")])
    assert files, name
    return [case for path in files for case in _half(path, which)]


def _half(path: Path, which: Half) -> Iterator[Case]:
    groups = list(_objects(path) if path.suffix == ".jsonl" else _groups(path))
    for at, group in enumerate(groups):
        if (at % 2 == 0) == (which == "tuned"):
            yield from group


def _groups(path: Path) -> Iterator[list[Case]]:
    """Yield pairs; where a block is a list of one kind, each of its lines."""
    named = re.fullmatch(r".+\.([a-z]{2})", path.stem)
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [_LINE.fullmatch(line) for line in block.splitlines() if not line.startswith("#") and line]
        assert all(lines), block
        cases = [
            Case(Submission(one[3], edition_language=named[1] if named else "en"), one[1] == "+")
            for one in lines
            if one
        ]
        if len(cases) == 2:
            yield cases
        else:
            yield from ([case] for case in cases)


def _objects(path: Path) -> Iterator[list[Case]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for first, second in zip(rows[::2], rows[1::2], strict=True):
        yield [Case(submission(row), next(iter(row["labels"].values()))) for row in (first, second)]

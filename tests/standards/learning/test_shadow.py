"""Shadow mode: the live verdict whatever happens beside it, differences without texts, and a report that adds them up."""

import json
from collections.abc import Iterator, Mapping

import pytest

from broadsheet.standards.detectors import Sighting
from broadsheet.standards.judging import judge
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.learning.shadow import EVERY, Shadow, report
from broadsheet.standards.senses import Senses
from tests.standards.small_rulebook import Book, Clause, Use, saying

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.files]
LIVE = Book({"PROFANITY": Clause((Use("words", 0.6, handling="hold"),))})
MILDER = Book({"PROFANITY": Clause((Use("words", 0.6, handling="flag"),)), "FORM": Clause((Use("capitals", 0.6),))})
TEXTS = ("A fine day.", "What a shit idea.", "WHY DOES NOBODY EVER READ THE WHOLE THING BEFORE WRITING", "Fuck that.")


class Broken(Mapping[str, Clause]):
    """Clauses that can't be read."""

    def __getitem__(self, key: str) -> Clause:
        raise RuntimeError("secret text")

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("secret text")

    def __len__(self) -> int:
        return 1


def test_differences_are_written_without_texts_and_the_live_verdict_stands(senses: Senses) -> None:
    lines: list[str] = []
    shadow = Shadow((LIVE, senses), (MILDER, senses), lines.append)
    for at, text in enumerate(TEXTS):
        assert shadow.judge(f"c{at}", saying(text)) == judge(saying(text), LIVE, senses)
    shadow.close()
    written = [json.loads(line) for line in lines]
    assert [one.get("id") for one in written] == ["c1", "c2", "c3", None]
    assert written[0]["live"] == {"outcome": "hold", "clauses": ["PROFANITY"]}
    assert written[0]["beside"] == {"outcome": "flag", "clauses": ["PROFANITY"]}
    assert list(written[1]["scores"]) == ["FORM"]
    assert written[1]["scores"]["FORM"][0] == 0.0
    assert written[3] == {"kind": "count", "judged": 4, "failed": 0}
    assert not any(word in "".join(lines) for word in ("shit", "idea", "WHOLE", "Fuck"))


def test_what_fails_beside_changes_nothing_and_is_counted(senses: Senses) -> None:
    lines: list[str] = []
    shadow = Shadow((LIVE, senses), (Book(Broken()), senses), lines.append)
    assert shadow.judge(1, saying("What a shit idea.")).outcome == "hold"
    shadow.close()
    assert json.loads(lines[-1]) == {"kind": "count", "judged": 1, "failed": 1}
    assert "secret" not in "".join(lines)


def test_a_detector_that_fails_beside_is_a_difference(senses: Senses) -> None:
    class Odd:
        name, version, cost = "odd", 1, 1
        needs: tuple[str, ...] = ()
        clauses: Mapping[str, Mapping[str, object]] = {}
        languages: frozenset[str] = frozenset()

        def look(self, seen: object, submission: object, use: object) -> Iterator[Sighting]:
            raise RuntimeError

    lines: list[str] = []
    other = Senses({**senses.detectors, "odd": Odd()})
    shadow = Shadow((LIVE, senses), (Book({"A": Clause((Use("odd"),))}), other), lines.append)
    assert shadow.judge(1, saying("A fine day.")).outcome == "publish"
    assert json.loads(lines[0])["beside"]["outcome"] == "not_scored"


def test_the_report_adds_up_and_leaves_out_a_line_cut_short(senses: Senses) -> None:
    lines: list[str] = []
    shadow = Shadow((LIVE, senses), (MILDER, senses), lines.append)
    for at in range(EVERY + 1):
        shadow.judge(at, saying(TEXTS[at % 4]))
    assert sum("count" in line for line in lines) == 1  # counted before anybody closes
    shadow.close()
    found = report([*lines, '{"kind": "differ'])
    assert (found.judged, found.differ, found.failed) == (EVERY + 1, 75, 0)
    assert found.moves == {("hold", "flag"): 50, ("publish", "hold"): 25}
    assert found.only_beside == {"FORM": 25}
    assert found.only_live == {}
    assert len(found.ids) == 75


def test_another_file_is_refused_with_its_line() -> None:
    with pytest.raises(LearningError, match="Line 2"):
        report(['{"kind": "count", "judged": 1, "failed": 0}\n', '{"id": 1}\n'])

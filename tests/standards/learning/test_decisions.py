"""Decisions as lines: what is read, in which order, and what is refused with its line."""

import json

import pytest

from broadsheet.standards.learning.decisions import read_by, read_decisions
from broadsheet.standards.lines import UnreadableError
from broadsheet.standards.model.encoder import Encoder

pytestmark = [pytest.mark.row("STD-05"), pytest.mark.files]
GOOD = {"id": "a", "at": "2026-11-01T10:00:00+01:00", "by": "Mara", "clauses": ["SPOILER"], "text": "He dies."}


def line(**changed: object) -> str:
    return json.dumps({name: value for name, value in {**GOOD, **changed}.items() if value is not None})


def test_decisions_come_in_the_order_of_time_each_comments_last_one() -> None:
    found = read_decisions([
        line(id=2, at="2026-11-03T10:00:00Z", clauses=[]), "\n", line(),
        line(id=2, at="2026-11-02T10:00:00Z"), line(at="2026-11-05T10:00:00", clauses=["A", "B"], lang="fr"),
    ])  # fmt: skip
    assert [(one.id, sorted(one.clauses)) for one in found] == [("2", []), ("a", ["A", "B"])]
    assert found[1].submission.language == "fr"
    assert found[1].at.isoformat() == "2026-11-05T10:00:00+00:00"
    assert read_decisions([]) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "Line 2 is not JSON"),
        ("[]", "Line 2: is to be a JSON object"),
        (line(text=None), "`text` is missing"),
        (line(text=5), "`text` is to be a text"),
        (line(id=None), "`id`"),
        (line(id=True), "`id`"),
        (line(clauses=None), "`clauses`"),
        (line(clauses="SPOILER"), "`clauses`"),
        (line(clauses=[""]), "`clauses`"),
        (line(by=None), "only people's decisions teach"),
        (line(by="  "), "`by`"),
        (line(at=None), "`at` is missing"),
        (line(at="yesterday"), "`at` is to be a time"),
        (line(embedding=["x"], scores={}, model="m"), "`embedding` is to be a list of numbers"),
        (line(embedding=[0.1]), "`scores`"),
    ],
)
def test_a_line_that_is_no_decision_is_refused_with_its_number(wrong: str, said: str) -> None:
    with pytest.raises(UnreadableError, match="Line 2") as refused:
        read_decisions([line(), wrong])
    assert said in str(refused.value)


def test_what_a_model_said_stands_in_for_the_text_of_the_same_model_alone(encoder: Encoder) -> None:
    (text,) = read_by(read_decisions([line()]), encoder)
    assert text.known
    kept = {"embedding": [float(x) for x in text.known.embedding], "scores": dict(text.known.scores)}
    same, other = (
        read_by(read_decisions([line(text=None, **kept, model=model)]), encoder)[0]
        for model in (encoder.fingerprint, "another")
    )
    assert same.known
    assert same.known.scores == text.known.scores
    assert other.known is None
    less = read_decisions([line(text=None, **{**kept, "scores": {"insult": 0.1}}, model=encoder.fingerprint)])
    assert read_by(less, encoder)[0].known is None

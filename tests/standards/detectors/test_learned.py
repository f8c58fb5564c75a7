"""Learned heads while judging: found from the threshold on, not covered in other languages, not scored where in doubt."""

import logging
from dataclasses import replace

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.learning.learn import Start, learn
from broadsheet.standards.model.encoder import Encoder, ModelError
from broadsheet.standards.model.learned import HeadError, LearnedHead, SwitchedOn
from broadsheet.standards.senses import Senses
from tests.standards.learning.stories import BEGUN, OTHERS, SPOILERS, newsroom
from tests.standards.small_rulebook import Book, Clause, Use, saying

pytestmark = [pytest.mark.row("STD-02"), pytest.mark.row("STD-05"), pytest.mark.files]
ASKS = Book({"SPOILER": Clause((Use("learned", 0.5),))})
TEXT = "They tell you in the last scene that the nurse is the murderer."


@pytest.fixture(scope="module")
def head(whole: Senses) -> LearnedHead:
    assert isinstance(whole.encoder, Encoder)
    found = learn(newsroom(20), "SPOILER", whole.encoder, start=Start(), made=BEGUN.date())
    return replace(found, switched_on=SwitchedOn("", BEGUN, 40, 20, 2))


def test_what_was_learned_is_found_from_the_threshold_on(head: LearnedHead, whole: Senses) -> None:
    senses = whole.with_heads([head])
    verdicts = [judge(saying(text), ASKS, senses) for text in (TEXT, *SPOILERS[20:], *OTHERS[20:])]
    found = ["SPOILER" in {finding.clause for finding in one.findings} for one in verdicts]
    assert sum(found[:5]) >= 4
    assert sum(found[5:]) <= 1
    assert [one.scores["SPOILER"] >= 0.5 for one in verdicts] == found
    (finding,) = judge(saying(SPOILERS[0]), ASKS, senses).findings
    assert (finding.detector, finding.version, finding.handling) == ("learned", head.version, "hold")


def test_a_score_it_corrects_names_the_words_of_the_shipped_one(head: LearnedHead, whole: Senses) -> None:
    senses = whole.with_heads([replace(head, base="insult")])
    text = "You are an idiot and a fool."
    (finding,) = judge(saying(text), Book({"SPOILER": Clause((Use("learned", 0.0),))}), senses).findings
    assert all(text[start:end] == word for (start, end), word in zip(finding.spans, finding.words, strict=True))


def test_another_language_is_not_covered_and_not_held(head: LearnedHead, whole: Senses) -> None:
    verdict = judge(
        saying("Le meurtrier est le majordome, on l'apprend à la fin.", language="fr"), ASKS, whole.with_heads([head])
    )
    assert (verdict.outcome, verdict.not_covered) == ("publish", ("SPOILER",))


@pytest.mark.parametrize(
    "change",
    [{"model": "0" * 64}, {"weights": (0.1,) * 5}, {"heads": ("nonsense",)}, {"base": "nonsense"}, {"clause": "OTHER"}],
)
def test_a_head_of_another_model_of_another_size_or_none_means_not_scored(
    change: dict[str, object], head: LearnedHead, whole: Senses, caplog: pytest.LogCaptureFixture
) -> None:
    senses = whole.with_heads([replace(head, **change)])  # type: ignore[arg-type]
    with caplog.at_level(logging.ERROR):
        verdict = judge(saying(TEXT), ASKS, senses)
    assert (verdict.outcome, verdict.not_scored, verdict.findings) == ("not_scored", ("learned",), ())
    assert "learned" in caplog.text
    assert "murderer" not in caplog.text


def test_a_clause_that_asks_for_a_head_nobody_gave_is_not_scored(whole: Senses) -> None:
    assert judge(saying(TEXT), ASKS, whole).not_scored == ("learned",)


def test_without_the_model_nothing_is_learned_from(head: LearnedHead, whole: Senses, senses: Senses) -> None:
    with pytest.raises(HeadError, match="model"):
        senses.with_heads([head])
    broken = replace(whole, encoder=ModelError("gone"), plans={}).with_heads([head])
    assert judge(saying(TEXT), ASKS, broken).outcome == "not_scored"


def test_only_heads_that_were_switched_on_judge_unless_they_are_on_trial(head: LearnedHead, whole: Senses) -> None:
    off = replace(head, switched_on=None)
    with pytest.raises(HeadError, match="not switched on"):
        whole.with_heads([off])
    assert judge(saying(SPOILERS[0]), ASKS, whole.with_heads([off], trial=True)).outcome == "hold"
    with pytest.raises(HeadError, match="two learned heads"):
        whole.with_heads([head, head])

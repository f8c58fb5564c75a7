"""The time machine: counts by hand, heads judged on later decisions alone, no text anywhere, and who may switch on."""

import logging
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from broadsheet.standards.learning.backtest import Backtest, Compared, Side, backtest
from broadsheet.standards.learning.decisions import Decision, read_by
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.learning.switching import may_switch_on, switch_on
from broadsheet.standards.learning.trial import with_head
from broadsheet.standards.learning.walking import walk_forward
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import LearnedHead
from broadsheet.standards.senses import Senses
from broadsheet.standards.verdict import Outcome
from tests.standards.learning.stories import BEGUN, OTHERS, SPOILERS, decided, newsroom
from tests.standards.small_rulebook import Book, Clause, Use

pytestmark = [pytest.mark.row("STD-05"), pytest.mark.row("STD-06"), pytest.mark.files]
EMPTY = Book({})
LOOSE = Book({"PROFANITY": Clause((Use("words", 0.6, handling="hold"),))})
NOW = BEGUN + timedelta(days=30)


def words(threshold: float, handling: str = "hold") -> Book:
    return Book({"PROFANITY": Clause((Use("words", threshold, handling=handling),))})


GIVEN = [
    *decided(["What a shit idea.", "Fuck off, all of you."], "PROFANITY"),
    *decided(["A fine day.", "The shit hit the fan, said the minister."], start=30),
    *decided(["You are slow in the head."], "INSULT", start=60),
]


def test_a_change_is_counted_against_what_people_decided(senses: Senses) -> None:
    found = backtest(GIVEN, EMPTY, senses, LOOSE, senses)
    assert found.outcomes("before") == {
        "held": {"removed": 0, "approved": 0},
        "marked": {"removed": 0, "approved": 0},
        "through": {"removed": 3, "approved": 2},
    }
    assert found.outcomes("after")["held"] == {"removed": 2, "approved": 1}
    before, after = found.tally("before"), found.tally("after")
    assert (before.hits, before.false, before.missed, before.right, before.wrong) == (0, 0, 3, 2, 3)
    assert (after.hits, after.false, after.missed, after.right, after.wrong) == (2, 1, 1, 1, 2)
    assert (after.precision.value, after.recall.value) == pytest.approx((2 / 3, 2 / 3))
    assert after.agreement.value == pytest.approx(3 / 5)
    clause = found.tally("after", "PROFANITY")
    assert (clause.hits, clause.false, clause.missed, clause.right, clause.elsewhere) == (2, 1, 0, 1, 1)
    assert [one.id for one in found.flips] == ["PROFANITY-0", "PROFANITY-1", "ok-31"]
    assert all(one.after.scores["PROFANITY"] >= 0.6 for one in found.flips)
    assert found.exchange() == (2, 1, 1.0)
    assert {day.day: dict(counts) for day, counts in found.days.items()} == {
        1: {"judged": 2, "removed": 2, "before": 0, "after": 2},
        2: {"judged": 2, "removed": 0, "before": 0, "after": 1},
        3: {"judged": 1, "removed": 1, "before": 0, "after": 0},
    }


def test_another_handling_of_the_same_finding_is_a_flip(senses: Senses) -> None:
    found = backtest(GIVEN, LOOSE, senses, words(0.6, "flag"), senses)
    assert found.outcomes("after")["marked"] == {"removed": 2, "approved": 1}
    assert len(found.flips) == 3
    assert found.tally("before").wrong == found.tally("after").wrong


def test_no_text_is_kept_or_logged(senses: Senses, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        said = str(backtest(GIVEN, EMPTY, senses, LOOSE, senses).as_json())
    assert "PROFANITY-0" in said
    for word in ("shit", "minister", "slow in"):
        assert word not in said
        assert word not in caplog.text


def test_decisions_without_text_are_counted_and_not_judged(senses: Senses) -> None:
    bare = replace(GIVEN[0], submission=replace(GIVEN[0].submission, text=""))
    found = backtest([bare, *GIVEN[1:]], EMPTY, senses, LOOSE, senses)
    assert (len(found.compared), found.without_text) == (4, 1)


def test_a_head_judges_only_what_was_decided_after_it_had_learned(dozen: LearnedHead, whole: Senses) -> None:
    given = newsroom(24)
    assert dozen.until == given[11].at or dozen.until == max(one.at for one in newsroom(6))
    after = whole.with_heads([dozen], trial=True)
    found = backtest(given, EMPTY, whole, with_head(EMPTY, dozen), after)
    learned_from = {one.id for one in newsroom(6)}
    assert not learned_from & {one.id for one in found.compared}
    assert (len(found.compared), found.too_early) == (36, 12)
    assert found.heads == {"SPOILER": dozen.identity}
    assert found.tally("after").wrong < found.tally("before").wrong == 18
    assert may_switch_on(found) is None


def test_a_head_is_switched_on_after_its_own_back_test(dozen: LearnedHead, whole: Senses) -> None:
    after = whole.with_heads([dozen], trial=True)
    found = backtest(newsroom(24), EMPTY, whole, with_head(EMPTY, dozen), after)
    head = switch_on(dozen, found, at=NOW)
    assert head.switched_on
    assert (head.switched_on.judged, head.switched_on.wrong_before, head.switched_on.overridden) == (36, 18, "")
    assert head.switched_on.wrong_after < 18
    whole.with_heads([head])
    other = replace(dozen, weights=(0.0,) * len(dozen.weights))
    with pytest.raises(LearningError) as refused:
        switch_on(other, found, at=NOW, override_by="Mara", reason="I want it")
    assert refused.value.refusal.code == "another-head"


def made(*rows: tuple[int, str, str, str], heads: dict[str, str] | None = None) -> Backtest:
    """Return a back-test of so many comments each: decided, outcome before, outcome after."""
    compared = []
    for many, clause, before, after in rows:
        for at in range(many):
            sides = [
                Side(outcome, frozenset({"SPOILER"} if outcome not in {"publish", "not_scored"} else ()), {})
                for outcome in (before, after)
            ]
            compared.append(Compared(f"{clause}{at}", BEGUN, frozenset({clause} if clause else ()), *sides))
    return Backtest(tuple(compared), heads=heads or {})


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (made((10, "SPOILER", "publish", "flag"), (20, "", "publish", "publish")), None),
        (made((10, "SPOILER", "publish", "publish"), (20, "", "publish", "publish")), None),
        (made((10, "SPOILER", "publish", "flag"), (19, "", "publish", "publish")), "too-few"),
        (made((4, "SPOILER", "publish", "flag"), (60, "", "publish", "publish")), "too-few"),
        (made(), "too-few"),
        (
            made((10, "SPOILER", "publish", "flag"), (40, "", "publish", "publish"), (11, "", "publish", "hold")),
            "worse",
        ),
        (made((10, "SPOILER", "flag", "publish"), (40, "", "publish", "publish")), "worse"),
        (
            made((10, "SPOILER", "publish", "flag"), (40, "", "publish", "publish"), (1, "", "publish", "not_scored")),
            "fails",
        ),
    ],
)
def test_what_does_worse_or_was_hardly_tried_may_not_be_switched_on(result: Backtest, code: str | None) -> None:
    refusal = may_switch_on(result)
    assert (refusal.code if refusal else None) == code


def test_a_clause_that_gets_worse_is_refused_also_where_the_outcome_does_not() -> None:
    """Each comment is held as before, but for a clause that people don't name."""
    hold: Outcome = "hold"
    compared = tuple(
        Compared(str(at), BEGUN, frozenset({"A"}), Side(hold, frozenset({"A"}), {}), Side(hold, frozenset({"B"}), {}))
        for at in range(40)
    )
    refusal = may_switch_on(Backtest(compared))
    assert refusal
    assert refusal.code == "worse"
    assert "A would disagree with people 40 times, before 0" in refusal.what


def test_an_override_needs_name_and_reason_and_is_kept_in_the_head(dozen: LearnedHead) -> None:
    worse = made((10, "SPOILER", "publish", "flag"), (40, "", "publish", "hold"), heads={"SPOILER": dozen.identity})
    with pytest.raises(LearningError) as refused:
        switch_on(dozen, worse, at=NOW)
    assert refused.value.refusal.code == "worse"
    for by, reason in (("Mara", " "), ("", "It helps us sort.")):
        with pytest.raises(LearningError) as refused:
            switch_on(dozen, worse, at=NOW, override_by=by, reason=reason)
        assert refused.value.refusal.code == "override"
    record = switch_on(dozen, worse, at=NOW, override_by="Mara", reason="It helps us sort.").switched_on
    assert record
    assert (record.by, record.reason, record.overridden) == ("Mara", "It helps us sort.", "worse")
    assert (record.wrong_before, record.wrong_after, record.at) == (10, 40, NOW)


def test_walking_forward_judges_each_part_by_what_was_decided_before(dozen: LearnedHead, whole: Senses) -> None:
    found = walk_forward(dozen, newsroom(24), EMPTY, whole)
    # 48 decisions in five parts; nine are too few to learn from, 19 and more are not.
    assert (len(found.compared), found.too_early) == (29, 19)
    assert found.tally("after").wrong < found.tally("before").wrong
    assert found.heads == {"SPOILER": dozen.identity}
    with pytest.raises(LearningError, match="0 examples"):
        walk_forward(dozen, newsroom(24), EMPTY, whole, (("He dies.", True),))


def test_walking_forward_finds_nothing_in_decisions_of_chance(
    dozen: LearnedHead, whole: Senses, encoder: Encoder
) -> None:
    draw = random.Random(5)
    given: list[Decision] = [
        replace(one, clauses=frozenset({"SPOILER"} if draw.random() < 0.5 else ())) for one in newsroom(24)
    ]
    found = walk_forward(dozen, read_by(given, encoder), EMPTY, whole)
    after = found.tally("after")
    assert after.hits + after.right < 0.8 * len(found.compared)  # its own rows it would know by heart


def test_a_corrected_score_takes_the_shipped_ones_place_and_any_other_only_flags(dozen: LearnedHead) -> None:
    rules = Book({"INSULT": Clause((Use("words"), Use("encoder", 0.8, {"head": "insult"}, "hold")), handling="warn")})
    corrected = with_head(rules, replace(dozen, clause="INSULT", base="insult")).clauses["INSULT"]
    assert [(use.name, use.threshold, use.handling) for use in corrected.detectors] == [
        ("words", 0.6, "hold"),
        ("learned", 0.8, "hold"),
    ]
    assert corrected.handling == "warn"
    beside = with_head(rules, replace(dozen, clause="INSULT")).clauses["INSULT"]
    assert [(use.name, use.handling) for use in beside.detectors][2:] == [("learned", "flag")]
    assert [use.name for use in with_head(rules, dozen).clauses["SPOILER"].detectors] == ["learned"]
    asked = Book({"SPOILER": Clause((Use("learned", 0.7),))})
    assert with_head(asked, dozen) is asked
    with pytest.raises(LearningError) as refused:
        with_head(Book({"SPOILER": Clause((), handling="human")}), dozen)
    assert refused.value.refusal.code == "people-decide"


def test_the_texts_of_the_stories_are_told_once() -> None:
    assert len(set(SPOILERS) | set(OTHERS)) == 48

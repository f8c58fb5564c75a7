"""The order of the queue: expected harm × readers now × uncertainty (MOD-01)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.rules.priority import HARM, WORST, harm_of, priority, readers_factor, uncertainty
from broadsheet.moderation.rules.reasons import in_words, joined

pytestmark = pytest.mark.row("MOD-01")
HARMS = st.floats(0, 200)
SCORES = st.floats(0, 1)
LATELY = st.integers(0, 10_000)


@given(HARMS, HARMS, LATELY, LATELY, SCORES, st.booleans())
def test_more_harm_and_more_readers_never_come_later(harm, more, few, many, score, hidden):
    def place(harm: float, lately: int) -> float:
        return priority(harm, lately=lately, uncertain=uncertainty(score), hidden=hidden)

    low, high = sorted((harm, more))
    fewer, most = sorted((few, many))
    assert place(low, fewer) <= place(high, fewer) <= place(high, most)


@given(SCORES)
def test_what_could_be_either_comes_before_what_a_machine_is_sure_of(score):
    assert 1.0 <= uncertainty(score) <= uncertainty(0.5) == 2.0
    assert uncertainty(score) == pytest.approx(uncertainty(1 - score))


@given(HARMS, LATELY, SCORES)
def test_readers_count_for_nothing_where_nothing_can_be_read(harm, lately, score):
    hidden = priority(harm, lately=lately, uncertain=uncertainty(score), hidden=True)
    assert hidden == priority(harm, lately=0, uncertain=uncertainty(score), hidden=False)
    assert readers_factor(lately) >= 1.0


def test_the_worst_clauses_are_first_and_a_newsrooms_own_one_is_as_an_insult():
    assert harm_of("MINORS") == harm_of("SUICIDE") == max(HARM.values()) == WORST
    assert harm_of("OURS") == harm_of("INSULT")
    assert harm_of("OURS", top=True) == WORST


@given(
    st.lists(
        st.fixed_dictionaries(
            {"code": st.sampled_from(["care", "finding", "report"]), "clause": st.sampled_from("ABC")}
        )
    )
)
def test_a_reason_stands_once_however_often_it_is_heard(reasons):
    once = joined([], reasons)
    assert joined(once, reasons) == once
    assert joined(once, []) == once


@pytest.mark.parametrize(
    "reason",
    [
        {"code": "finding", "clause": "INSULT", "score": 0.83}, {"code": "report", "clause": "INSULT", "number": 1},
        {"code": "notice", "clause": "LAW", "report": 3}, {"code": "mob", "number": 40}, {"code": "lively", "number": 12},
        *({"code": code} for code in ("judge", "not_scored", "mode", "shield", "moderator", "care", "flood", "letter",
                                      "same-person", "annulment", "asked", "left-out")),
    ],
    ids=lambda reason: reason["code"],
)  # fmt: skip
def test_every_reason_is_a_sentence(reason):
    said = in_words(reason, "No insults")
    assert said.endswith(".")
    assert "%(" not in said
    assert said != reason["code"]

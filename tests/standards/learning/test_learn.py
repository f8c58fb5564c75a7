"""Learning a head: from a dozen decisions on, drawn to the shipped score, unmoved by copies, order and a few mistakes."""

import random
from dataclasses import replace

import numpy as np
import pytest

from broadsheet.standards.learning.decisions import Decision, read_by
from broadsheet.standards.learning.distinct import OTHERS as WEIGHT_OF_OTHERS
from broadsheet.standards.learning.distinct import distinct
from broadsheet.standards.learning.learn import Start, learn, start_of
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import LearnedHead
from broadsheet.standards.text import Seen
from tests.standards.learning.stories import BEGUN, OTHERS, SPOILERS, decided, newsroom
from tests.standards.small_rulebook import Clause, Use

pytestmark = [pytest.mark.row("STD-05"), pytest.mark.files]
START, INSULTED = Start(), Start("insult", 0.8)


def learned(decisions: list[Decision], encoder: Encoder, start: Start = START) -> LearnedHead:
    return learn(decisions, "SPOILER", encoder, start=start, made=BEGUN.date())


def scores(head: LearnedHead, texts: tuple[str, ...], encoder: Encoder) -> list[float]:
    return [head.score(one.embedding, one.scores) for one in encoder.read([Seen(text) for text in texts])]


def told_apart(head: LearnedHead, encoder: Encoder, skip: int) -> float:
    """Return how often a spoiler that was not learned from scores above another such comment."""
    high, low = (scores(head, texts[skip:], encoder) for texts in (SPOILERS, OTHERS))
    return float(np.mean([a > b for a in high for b in low]))


def test_a_new_clause_works_from_a_dozen_decisions(dozen: LearnedHead, encoder: Encoder) -> None:
    assert (dozen.counts.breaking, dozen.counts.kept) == (6, 6)
    assert told_apart(dozen, encoder, 6) > 0.9
    assert dozen.quality.folds == 12
    assert dozen.quality.auroc.low < dozen.quality.auroc.value <= dozen.quality.auroc.high
    assert dozen.quality.auroc.high - dozen.quality.auroc.low > 0.1  # a dozen prove little, and the interval says so
    assert dozen.switched_on is None


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (newsroom(6)[:-1], "too-few", "6 comments break SPOILER and 5 don't"),
        (decided(SPOILERS, "SPOILER"), "one-kind", "24 comments break SPOILER and 0 don't"),
        (decided(OTHERS), "one-kind", "No decision names the clause SPOILER"),
        (decided(OTHERS, "INSULT"), "one-kind", "Clauses that are named: INSULT"),
        (decided(SPOILERS[:2] * 10, "SPOILER") + decided(OTHERS[:9]), "too-few", "2 comments break SPOILER and 9"),
        ([], "one-kind", "No decision names"),
    ],
)
def test_too_little_or_one_kind_alone_is_refused_in_words(
    given: list[Decision], code: str, said: str, encoder: Encoder
) -> None:
    with pytest.raises(LearningError) as refused:
        learned(given, encoder)
    assert refused.value.refusal.code == code
    assert said in str(refused.value)


def test_the_same_decisions_in_any_order_give_the_same_head(dozen: LearnedHead, encoder: Encoder) -> None:
    shuffled = newsroom(6)
    random.Random(7).shuffle(shuffled)
    assert learned(shuffled, encoder) == dozen


def test_copies_of_one_comment_count_once_whoever_decides_them(dozen: LearnedHead, encoder: Encoder) -> None:
    copies = [f"{OTHERS[0][:-1]}{sign}" for sign in ("!", "!!", "...", " :)", " ?")] * 8
    flooded = learned(newsroom(6) + decided(copies, start=500), encoder)
    assert (flooded.counts.breaking, flooded.counts.kept, flooded.counts.copies) == (6, 6, 40)
    assert scores(flooded, SPOILERS[6:12], encoder) == pytest.approx(scores(dozen, SPOILERS[6:12], encoder), abs=0.05)


def test_the_same_letters_decided_both_ways_are_one_comment_in_doubt(encoder: Encoder) -> None:
    both = decided(["It was fine!"] * 3, "SPOILER") + decided(["it was FINE"], start=9)
    (row,) = distinct(read_by(both, encoder), "SPOILER")
    assert (row.label, row.copies, row.weight) == (0.75, 3, 1.0)


def test_comments_removed_under_other_clauses_count_less_as_permitted(encoder: Encoder) -> None:
    rows = distinct(read_by(decided(OTHERS[:1], "INSULT") + decided(OTHERS[1:2], start=5), encoder), "SPOILER")
    assert sorted(row.weight for row in rows) == [WEIGHT_OF_OTHERS, 1.0]


def test_one_mistake_in_ten_does_not_turn_it(encoder: Encoder) -> None:
    given = newsroom(20)
    for at in (3, 11, 25, 33):
        given[at] = replace(given[at], clauses=frozenset() if given[at].clauses else frozenset({"SPOILER"}))
    assert told_apart(learned(given, encoder), encoder, 20) > 0.85


def test_a_shipped_clause_begins_with_its_score_and_few_decisions_change_little(encoder: Encoder) -> None:
    texts = ("You are a complete idiot.", "What a lovely morning in town.", "Shut up, you clown.", "I quite agree.")
    shipped = [reading.scores["insult"] for reading in encoder.read([Seen(text) for text in texts])]
    head = learned(newsroom(6), encoder, start=INSULTED)
    nothing = replace(head, weights=(0.0,) * len(head.weights), intercept=0.0, scale=1.0, shift=0.0)
    assert scores(nothing, texts, encoder) == pytest.approx(shipped, abs=1e-4)
    odds = np.log(
        np.array([shipped, scores(head, texts, encoder)]) / (1 - np.array([shipped, scores(head, texts, encoder)]))
    )
    assert (np.sign(odds[0]) == np.sign(odds[1])).all()  # a dozen that have nothing to do with it turn nothing
    assert np.abs(odds[1]).max() < np.abs(odds[0]).max() + 1.5
    new = learned(newsroom(6), encoder)
    assert np.linalg.norm(head.weights) < np.linalg.norm(new.weights)
    assert head.quality.shipped is not None


def test_many_decisions_do_correct_a_shipped_score(encoder: Encoder) -> None:
    few, many = (learned(newsroom(each), encoder, start=INSULTED) for each in (6, 20))
    assert told_apart(many, encoder, 20) >= told_apart(few, encoder, 20)
    assert many.quality.auroc.value > 0.8
    assert many.threshold == INSULTED.threshold


def test_what_the_model_cannot_read_is_left_out_and_counted(encoder: Encoder) -> None:
    given = newsroom(6) + decided(["Le tueur est le majordome."], "SPOILER", start=300, language="fr")
    given += decided(["", "!!!", "word " * 20_000], start=310)
    counts = learned(given, encoder).counts
    assert (counts.breaking, counts.kept, counts.other_language, counts.unreadable) == (6, 6, 1, 3)


def test_examples_help_a_new_clause_and_never_a_shipped_one(encoder: Encoder) -> None:
    examples = tuple((text, True) for text in SPOILERS[12:18]) + tuple((text, False) for text in OTHERS[12:18])
    head = learned(newsroom(6), encoder, start=Start(examples=examples))
    assert (head.counts.examples, head.counts.breaking, head.quality.folds) == (12, 6, 12)
    with pytest.raises(LearningError) as refused:
        learned(newsroom(5), encoder, start=Start(examples=examples))  # examples are none of the dozen
    assert refused.value.refusal.code == "too-few"
    with pytest.raises(LearningError):
        learned(newsroom(6), encoder, start=replace(INSULTED, examples=examples))


def test_a_head_starts_from_the_first_shipped_head_of_its_clause() -> None:
    uses = (Use("words"), Use("encoder", 0.9, {"head": "insult"}), Use("encoder", 0.8, {"head": "threat"}))
    assert start_of(Clause(uses)) == Start("insult", 0.9)
    assert start_of(Clause((Use("links"),))) == start_of(None) == Start()

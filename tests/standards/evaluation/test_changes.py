"""What another rulebook changes, and thresholds that are chosen."""

from dataclasses import replace

import pytest

from broadsheet.standards.evaluation.changes import Summary, changes, summaries
from broadsheet.standards.evaluation.choosing import choose, scored
from broadsheet.standards.evaluation.heldout import NEWS
from broadsheet.standards.evaluation.judged import judged
from broadsheet.standards.rulebook import Handling, Rulebook, load
from broadsheet.standards.senses import Senses
from tests.standards.evaluation.verdicts import row, said

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
BOOK = load()
WORDS = ("rain", "bridge", "council", "harbour", "tax", "school", "you are a liar", "team", "garden", "what rubbish")
NEWS_ROWS = [
    row(f"The {word} again, and nobody asked number {n}.", clean=n % 3 > 0, name=NEWS, hate=n % 3 == 0)
    for n, word in enumerate(WORDS * 3)
]


def with_uses(code: str, **changed: object) -> Rulebook:
    clause = BOOK.clauses[code]
    uses = tuple(replace(use, **changed) for use in clause.detectors)  # type: ignore[arg-type]
    return replace(BOOK, clauses={**BOOK.clauses, code: replace(clause, detectors=uses)})


def test_what_turns_is_told_by_clause_and_by_what_people_said() -> None:
    texts = [row("1", hate=True), row("2", hate=False), row("3"), row("4")]
    before = [
        said(texts[0]),
        said(texts[1], "hold", {"HATE": "hold"}),
        said(texts[2]),
        said(texts[3], "flag", {"SPAM": "flag"}),
    ]
    after = [
        said(texts[0], "hold", {"HATE": "hold"}), said(texts[1], "hold", {"INSULT": "hold"}),
        said(texts[2], "publish", {"HATE": "human"}), said(texts[3], "hold", {"SPAM": "hold"}),
    ]  # fmt: skip
    found = changes(before, after)
    assert [(one.judged.row.id, one.before, one.after) for one in found] == [
        ("1", "publish", "hold"), ("2", "hold", "hold"), ("4", "flag", "hold"),
    ]  # fmt: skip
    assert summaries(found) == [
        Summary("HATE", "hold", "publish", 1, 1, 0),
        Summary("HATE", "publish", "hold", 1, 1, 0),
        Summary("INSULT", "publish", "hold", 1, 0, 0),
        Summary("SPAM", "flag", "hold", 1, 0, 0),
    ]


def test_a_comment_that_is_no_longer_scored_is_told_without_a_clause() -> None:
    (found,) = changes([said(row())], [said(row(), "not_scored")])
    assert (found.after, found.turns) == ("not_scored", ())


def test_a_milder_rulebook_lets_comments_through_and_the_same_one_changes_nothing(senses: Senses) -> None:
    rows = [row("you f**king idiot", profanity=True), row("A fine day.", profanity=False)]
    before = judged(rows, BOOK, senses)
    assert changes(before, judged(rows, BOOK, senses)) == []
    milder = with_uses("PROFANITY", handling=Handling.FLAG)
    turns = [turn for change in changes(before, judged(rows, milder, senses)) for turn in change.turns]
    assert [(turn.clause, turn.before, turn.after, turn.better) for turn in turns] == [
        ("PROFANITY", "hold", "flag", False)
    ]


def test_a_chosen_threshold_lets_the_rate_of_clean_comments_reach_it_and_no_lower_one_does(whole: Senses) -> None:
    chosen = choose(NEWS_ROWS, BOOK, whole, 0.1, lambda _done: None)
    assert {one.detector for one in chosen.choices} <= {"encoder", "ngrams"}
    (hate,) = [one for one in chosen.choices if (one.clause, one.detector, one.head) == ("HATE", "encoder", "hate")]
    assert hate.chosen.value is not None
    assert hate.chosen.wrong.of == sum(one.clean for one in NEWS_ROWS)
    assert hate.chosen.wrong.value <= 0.1
    uses = scored(NEWS_ROWS, BOOK, whole)
    (scores,) = [one.scores for one in uses if (one.clause, one.use.name, one.head) == ("HATE", "encoder", "hate")]
    lower = hate.chosen.value - 0.001
    assert (
        sum(one.clean and score >= lower for one, score in zip(NEWS_ROWS, scores, strict=True))
        > hate.chosen.wrong.count
    )


def test_the_judge_at_the_chosen_thresholds_does_what_was_foretold(whole: Senses) -> None:
    chosen = choose(NEWS_ROWS, BOOK, whole, 0.2, lambda _done: None)
    values = {(one.clause, one.detector, one.head): one.chosen.value for one in chosen.choices}
    clauses = {
        code: replace(clause, detectors=tuple(
            replace(use, threshold=2.0 if values[place] is None else values[place])
            if (place := (code, use.name, str(use.options.get("head", "")))) in values else use
            for use in clause.detectors
        ))
        for code, clause in BOOK.clauses.items()
    }  # fmt: skip
    clean = [one for one in judged(NEWS_ROWS, replace(BOOK, clauses=clauses), whole) if one.row.clean]
    foretold = chosen.chosen
    assert foretold.wrongly_held is not None
    assert foretold.wrongly_noticed is not None
    assert sum(one.is_held for one in clean) == foretold.wrongly_held.count
    assert sum(one.is_noticed for one in clean) == foretold.wrongly_noticed.count

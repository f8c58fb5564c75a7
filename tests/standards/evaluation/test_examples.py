"""The preset's own examples, judged by all that is shipped: what the published standards promise is tried on each."""

from collections import defaultdict
from functools import cache

import pytest

from broadsheet.standards.evaluation.examples import examples
from broadsheet.standards.evaluation.labelled import Labelled
from broadsheet.standards.judging import judge
from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from broadsheet.standards.verdict import Verdict

pytestmark = [pytest.mark.row("STD-01"), pytest.mark.row("STD-08"), pytest.mark.files]
LANGUAGES = ("en", "fr", "ar")
LEFT_TO_PEOPLE = ("LAW", "RESPECT", "PUBLISHER", "TROLLING")
BY_RULE = ("FLOOD", "FLASHMOB", "FORM", "LANGUAGE")  # the same for every machine: no weights, nothing to be unsure of


@cache
def judged() -> list[tuple[Labelled, list[Verdict]]]:
    senses, rulebook = Senses.load(), load()
    return [(row, [judge(one, rulebook, senses) for one in row.submissions]) for row in examples(rulebook)]


def clause_of(row: Labelled) -> str:
    return next(iter(row.labels))


def found(row: Labelled, verdicts: list[Verdict]) -> bool:
    return any(finding.clause == clause_of(row) for verdict in verdicts for finding in verdict.findings)


def test_every_example_of_every_language_is_judged_to_an_end() -> None:
    assert {row.language for row, _verdicts in judged()} >= set(LANGUAGES)
    broken = [row.id for row, verdicts in judged() if any(one.outcome == "not_scored" for one in verdicts)]
    assert broken == []


@pytest.mark.row("STD-02")
@pytest.mark.parametrize("clause", LEFT_TO_PEOPLE)
def test_no_machine_decides_about_clauses_left_to_people(clause: str) -> None:
    assert not [row.id for row, verdicts in judged() if clause_of(row) == clause and found(row, verdicts)]


@pytest.mark.parametrize("clause", BY_RULE)
def test_what_a_rule_counts_is_right_in_each_example(clause: str) -> None:
    wrong = [
        row.id for row, verdicts in judged() if clause_of(row) == clause and found(row, verdicts) != row.labels[clause]
    ]
    assert wrong == []


def test_no_permitted_example_is_taken_for_forbidden_more_often_than_a_forbidden_one() -> None:
    """Weights are a matter of degree: where a clause has any finding in English, those fall on its forbidden side."""
    sides: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for row, verdicts in judged():
        if row.language == "en":
            sides[clause_of(row), row.labels[clause_of(row)]].append(found(row, verdicts))
    for clause, broken in sides:
        if broken and any(sides[clause, True]):
            assert sum(sides[clause, True]) > sum(sides[clause, False]), clause


@pytest.mark.row("STD-04")
def test_nineteen_in_twenty_permitted_examples_are_held_by_nothing() -> None:
    held = [any(one.outcome in {"hold", "not_scored"} for one in verdicts) for row, verdicts in judged() if row.clean]
    assert sum(held) <= len(held) / 20

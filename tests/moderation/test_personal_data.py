"""What a reader is shown and given of decisions about them is in words (ACC-10)."""

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.personal_data import holdings
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.moderation.rules.sanctions import Kind, State
from broadsheet.readers.rules.readable import LABELS, WORDS
from tests.factories.moderation import make_decision

pytestmark = [pytest.mark.row("ACC-10", "MOD-03"), pytest.mark.django_db, pytest.mark.usefixtures("article")]


def test_each_value_has_a_name_in_words(reader):
    decide(decision=make_decision(reader, measures=(Measure.BLOCK, Measure.DELETE_ACCOUNT)), now=clock.now())
    held = {holding.name: list(holding.rows(reader.pk)) for holding in holdings()}
    assert len(held["moderation.decisions"]) == 1
    assert len(held["moderation.sanctions"]) == 2
    for row in (*held["moderation.decisions"], *held["moderation.sanctions"]):
        assert set(row) <= set(LABELS)
    assert {str(kind) for kind in Kind} == set(WORDS["measure"])
    assert {str(state) for state in State} == set(WORDS["stands"])


def test_whoever_decided_is_named_by_role_alone(reader):
    made = make_decision(reader)
    decide(decision=made, now=clock.now())
    (row,) = next(list(holding.rows(reader.pk)) for holding in holdings() if holding.name == "moderation.decisions")
    assert "a moderator" in row["text"]
    assert str(made.actor.reader_id) not in {str(value) for value in row.values()}

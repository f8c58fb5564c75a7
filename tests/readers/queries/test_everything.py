"""What is held is shown in the reader's words, none of the program's (ACC-10, ACC-11)."""

import ast
from pathlib import Path

import pytest

import broadsheet
from broadsheet.discussion import conf
from broadsheet.kernel.personal_data import holdings
from broadsheet.newsroom.conf import NoteState
from broadsheet.notifications.models.message import State
from broadsheet.readers.actions import accept_policy
from broadsheet.readers.actions.account_mail import _makers as purposes
from broadsheet.readers.models import Block
from broadsheet.readers.queries.acceptances import PRIVACY, STANDARDS, TERMS
from broadsheet.readers.rules.readable import LABELS, WORDS
from tests.readers.actions.test_erase_account import furnished

pytestmark = [pytest.mark.row("ACC-10"), pytest.mark.row("ACC-11"), pytest.mark.django_db]


def test_every_value_that_is_held_has_a_name_in_words():
    reader = furnished()
    for holding in holdings():
        for row in holding.rows(reader.pk):
            assert set(row) <= set(LABELS), holding.name


def test_every_name_that_a_holding_may_give_has_words():
    package = Path(broadsheet.__file__).parent
    sources = [*package.glob("*/personal_data.py"), *package.glob("*/personal_data/*.py")]
    names = {
        key.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    }
    assert len(names) > 30
    assert names <= set(LABELS)


def test_what_is_kept_as_a_word_of_the_program_is_shown_in_words():
    ways = {getattr(accept_policy, name) for name in ("REGISTRATION", "LOGIN", "SOCIAL", "GATE")}
    assert ways <= set(WORDS["way"])
    assert {PRIVACY, TERMS, STANDARDS} <= set(WORDS["kind"])
    assert set(Block.values) == set(WORDS["block"])
    states = {*State.values, *conf.State.values, *conf.Reported.values, *NoteState.values}
    assert states == set(WORDS["state"])
    assert set(conf.HeldFor.values) == set(WORDS["held_because"])
    assert set(conf.Badge.values) == set(WORDS["badge"])
    assert set(purposes) <= set(WORDS["purpose"])

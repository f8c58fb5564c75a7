"""Whoever decides and is killed leaves decisions that are whole, and none that is half made (MOD-03)."""

import random
import time
from collections.abc import Callable

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.models import AuditEntry, DecisionRow, Incident, Sanction, Statement
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.rules.decisions import Decision
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.standing import may_post
from tests.factories.accounts import make_reader
from tests.factories.moderation import make_actor, make_decision
from tests.notifications.sending import child, kill

pytestmark = [pytest.mark.row("MOD-03", "MOD-09"), pytest.mark.django_db(transaction=True)]


def deciding(decisions: list[Decision]) -> Callable[[], None]:
    def work() -> None:
        for one in decisions:
            decide(decision=one, now=clock.now())

    return work


@pytest.mark.parametrize("kills", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_a_process_that_is_killed_leaves_whole_decisions_alone(kills):
    chance, actor = random.Random(), make_actor()
    people = [make_reader() for _number in range(40 * kills)]
    for turn in range(kills):
        own = people[turn * 40 : (turn + 1) * 40]
        before = DecisionRow.objects.count()
        number = child(deciding([make_decision(reader, actor=actor) for reader in own]))
        for _look in range(2000):
            if DecisionRow.objects.count() > before:
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        kill(number)
        assert DecisionRow.objects.count() > before
    made = DecisionRow.objects.count()
    for model in (Statement, AuditEntry, Sanction, Incident):
        assert model.objects.count() == made
    assert FactRecord.objects.filter(name="DecisionMade").count() == made
    assert verify().faults == ()
    decided = set(DecisionRow.objects.values_list("reader_id", flat=True))
    for reader in people:
        assert (may_post(reader.pk, "en", clock.now()) is not None) == (reader.pk in decided)
        assert bool(Reader.objects.get(pk=reader.pk).block) == (reader.pk in decided)

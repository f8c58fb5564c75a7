"""Whoever decides and is killed leaves decisions that are whole, and none that is half made (MOD-03)."""

import random
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.decide_many import carry_on, carry_on_all
from broadsheet.moderation.actions.open_many import open_mob
from broadsheet.moderation.models import AuditEntry, Case, DecisionRow, Incident, Sanction, Statement
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.rules.decisions import Decision, Measure
from broadsheet.moderation.rules.orders import Order
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.standing import may_post
from tests.factories.accounts import make_reader
from tests.factories.cases import BASIS, make_moderator
from tests.factories.moderation import make_actor, make_decision, visible_comment
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


@pytest.mark.row("MOD-01")
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_a_mob_whose_deciding_is_killed_again_and_again_is_decided_once(article, kills):
    author, me, size = make_reader(), make_moderator(), 30 * kills
    comments = [visible_comment(article, author) for _number in range(size)]
    number = open_mob(mob_id=1, comment_ids=[one.pk for one in comments], now=clock.now())
    assert number is not None
    with transaction.atomic():
        Case.objects.filter(pk=number).update(
            plan=Order(me.actor, uuid4(), BASIS, (Measure.REMOVE,)).as_json(), ordered_at=clock.now()
        )
    for _kill in range(kills):
        before = DecisionRow.objects.count()
        process = child(lambda: carry_on(case_id=number, now=clock.now(), seconds=60))
        for _look in range(2000):
            if DecisionRow.objects.count() > before:
                break
            time.sleep(0.01)
        kill(process)
    while carry_on_all(now=clock.now()):
        pass
    assert Case.objects.get(pk=number).state == "decided"
    assert DecisionRow.objects.count() == Statement.objects.count() == size
    assert FactRecord.objects.filter(name="DecisionMade").count() == size
    assert verify().faults == ()

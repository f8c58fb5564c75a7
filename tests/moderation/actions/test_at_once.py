"""Two persons who decide at the same moment: one comes first, and the log has both."""

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.decide import Decided, decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.queries.sanctions import next_that_counts
from broadsheet.moderation.rules.decisions import Measure
from tests.at_once import at_once
from tests.factories.moderation import make_actor, make_decision

pytestmark = [pytest.mark.row("MOD-04", "MOD-06"), pytest.mark.django_db(transaction=True)]


def test_of_two_blocks_one_is_the_second_and_of_two_who_undo_one_is_refused(reader):
    now, made = clock.now(), [make_decision(reader) for _number in range(2)]
    both = at_once(*(lambda one=one: decide(decision=one, now=now) for one in made))
    assert sorted(one.ordinal for one in both if isinstance(one, Decided)) == [1, 2]
    assert next_that_counts(reader.pk) == 3
    assert verify().faults == ()
    warned = decide(decision=make_decision(reader, measures=(Measure.WARN,)), now=now)
    actors = [make_actor(), make_actor()]

    def undone(actor) -> bool:
        try:
            undo(decision_id=warned.decision_id, by=actor, now=now)
        except Refused:
            return False
        return True

    assert sorted(at_once(*(lambda one=one: undone(one) for one in actors))) == [False, True]
    assert verify().faults == ()

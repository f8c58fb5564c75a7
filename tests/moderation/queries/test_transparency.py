"""What the public is told of decisions are numbers (MOD-11)."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.queries.transparency import figures_of
from broadsheet.moderation.rules.decisions import Measure, Noticed
from tests.factories.moderation import INSULT, LAW, make_actor, make_approval, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db]


def test_decisions_are_counted_by_clause(article, reader):
    now = clock.now()
    comments = [visible_comment(article, reader) for _number in range(3)]
    decide(decision=make_decision(reader, comments[0], measures=(Measure.REMOVE,), clauses=(INSULT, LAW), law="§ 1",
                                  noticed=Noticed(detectors=("encoder",))), now=now)  # fmt: skip
    gone = decide(decision=make_decision(reader, comments[1], measures=(Measure.REMOVE, Measure.WARN)), now=now)
    undo(decision_id=gone.decision_id, by=make_actor(), now=now)
    decide(decision=make_approval(reader, comments[2], considered=("HATE",)), now=now)
    insult, law = figures_of("en", now, now + timedelta(seconds=1))
    assert (insult.code, insult.decisions, insult.measures) == ("INSULT", 2, {"remove": 2, "warn": 1})
    assert (insult.by_machine, insult.undone, insult.granted) == (1, 1, 0)
    assert (law.code, law.decisions, law.by_machine, law.undone) == ("LAW", 1, 1, 0)
    assert figures_of("fr", now, now + timedelta(seconds=1)) == []
    assert figures_of("en", now - timedelta(days=1), now) == []

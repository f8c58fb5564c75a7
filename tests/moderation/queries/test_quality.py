"""How well it is decided (MOD-10)."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.queries.quality import (
    FEW,
    Agreement,
    Overturned,
    agreement,
    overturned_by_clause,
    overturned_by_detector,
    overturned_by_moderator,
)
from broadsheet.moderation.rules.decisions import Measure, Noticed
from tests.factories.moderation import make_actor, make_approval, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-10"), pytest.mark.django_db]


def test_overturned_decisions_are_told_by_clause_detector_and_moderator(article, reader):
    now, one, other = clock.now(), make_actor(), make_actor()
    span = ("en", now - timedelta(days=1), now + timedelta(days=1))
    made = [
        decide(
            decision=make_decision(reader, actor=actor, measures=(Measure.WARN,), noticed=Noticed(detectors=detectors)),
            now=now,
        )
        for actor, detectors in ((one, ("lexicon",)), (one, ()), (other, ("lexicon",)), (other, ("ngrams",)))
    ]
    undo(decision_id=made[0].decision_id, by=other, now=now)
    assert overturned_by_clause(*span) == [Overturned("INSULT", 4, 1)]
    assert overturned_by_detector(*span) == [Overturned("lexicon", 2, 1), Overturned("ngrams", 1, 0)]
    by_person = {row.name: (row.decisions, row.overturned) for row in overturned_by_moderator(*span)}
    assert by_person == {str(one.reader_id): (2, 1), str(other.reader_id): (2, 0)}
    assert overturned_by_clause("fr", *span[1:]) == []


def test_two_who_decide_of_one_text_agree_or_not(article, reader):
    now, one, other = clock.now(), make_actor(), make_actor()
    span = ("en", now - timedelta(days=1), now + timedelta(days=1))
    first, second = visible_comment(article, reader), visible_comment(article, reader)
    decide(decision=make_approval(reader, first, actor=one), now=now)
    decide(decision=make_decision(reader, first, actor=other, measures=(Measure.REMOVE,)), now=now)
    decide(decision=make_approval(reader, second, actor=one), now=now)
    decide(decision=make_approval(reader, second, actor=other), now=now)
    decide(decision=make_approval(reader, second, actor=other), now=now)  # oneself again is no second view
    assert agreement(*span) == Agreement(2, 1)
    assert agreement(*span).rate == 0.5


def test_few_decisions_say_nothing_and_many_wrong_ones_do():
    assert not Overturned("INSULT", FEW - 1, FEW - 1).is_too_often
    assert Overturned("INSULT", FEW, FEW).is_too_often
    assert not Overturned("INSULT", FEW, 0).is_too_often
    assert Overturned("INSULT", 0, 0).rate == Agreement(0, 0).rate == 0.0

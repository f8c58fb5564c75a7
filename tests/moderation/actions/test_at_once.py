"""Two persons who decide at the same moment: one comes first, and the log has both."""

import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.case_decisions import remove_case
from broadsheet.moderation.actions.claim_case import claim_next
from broadsheet.moderation.actions.decide import Decided, decide
from broadsheet.moderation.actions.keep_case import keep_case
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import Case, Statement
from broadsheet.moderation.queries.audit import verify
from broadsheet.moderation.queries.cases import EVERYTHING
from broadsheet.moderation.queries.sanctions import next_that_counts
from broadsheet.moderation.rules.decisions import Measure
from tests.at_once import at_once
from tests.factories.cases import BASIS, make_case, make_moderator
from tests.factories.discussion import FOUL, make_comment
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


@pytest.mark.row("MOD-01")
def test_of_many_who_ask_at_once_no_two_get_one_case(article):
    numbers = {make_case(article.edition_id) for _number in range(3)}
    people = [make_moderator() for _number in range(5)]

    def asked(scope):
        return lambda: claim_next(moderator_id=scope.reader_id, wanted=EVERYTHING, now=clock.now())

    given = [one for one in at_once(*map(asked, people)) if one is not None]
    assert sorted(given) == sorted(numbers)
    assert verify().faults == ()


@pytest.mark.row("MOD-01")
def test_what_comes_at_once_about_one_comment_is_one_case(article, reader):
    comment = make_comment(article, reader, text=FOUL)
    found = at_once(*(lambda: keep_case(comment_id=comment.pk, now=clock.now()) for _time in range(4)))
    assert len(set(found)) == Case.objects.count() == 1


@pytest.mark.row("MOD-01", "MOD-02")
def test_of_two_who_decide_a_case_at_once_one_is_told_that_it_is_closed(article, reader):
    comment, people = make_comment(article, reader, text=FOUL), [make_moderator(), make_moderator()]
    number = keep_case(comment_id=comment.pk, now=clock.now())

    def decided(scope):
        def work() -> str:
            try:
                remove_case(case_id=number, by=scope.actor, basis=BASIS, version=1, now=clock.now())
            except Refused as refused:
                return refused.refusal.code
            return ""

        return work

    assert sorted(map(str, at_once(*map(decided, people)))) == ["", "case-closed"]
    assert Statement.objects.count() == 1

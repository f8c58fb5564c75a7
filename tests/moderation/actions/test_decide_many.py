"""A mob decided as one, a flood stopped in one action (MOD-01)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions import decide_many
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.decide_many import carry_on, carry_on_all, decide_mob, stop_flood, undo_many
from broadsheet.moderation.actions.open_many import open_flood, open_mob
from broadsheet.moderation.models import DecisionRow, Statement
from broadsheet.moderation.queries.cases import case
from broadsheet.moderation.queries.sanctions import next_that_counts
from broadsheet.moderation.rules.basis import Basis, Block
from broadsheet.readers.queries.standing import may_post
from tests.factories.cases import BASIS, make_moderator
from tests.factories.discussion import make_comment
from tests.factories.moderation import make_decision

pytestmark = [pytest.mark.row("MOD-01", "MOD-02"), pytest.mark.django_db]


@pytest.fixture
def me(article):
    return make_moderator()


@pytest.fixture
def mob(article):
    comments = [make_comment(article) for _number in range(7)]
    return open_mob(mob_id=1, comment_ids=[one.pk for one in comments], now=clock.now()), comments


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def test_each_comment_of_a_mob_gets_its_decision_and_statement(mob, me):
    number, comments = mob
    done = decide_mob(case_id=number, by=me.actor, basis=BASIS, key=uuid4(), now=clock.now())
    assert (done.done, done.left) == (7, 0)
    assert set(states()) == {"removed"}
    assert set(DecisionRow.objects.values_list("comment_id", flat=True)) == {one.pk for one in comments}
    assert Statement.objects.count() == 7
    assert case(number).outcome == "removed"


def test_an_order_goes_on_after_its_process_was_killed(mob, me, monkeypatch):
    monkeypatch.setattr(decide_many, "PORTION", 2)
    monkeypatch.setattr(decide_many, "AT_ONCE", 0.0)
    number, _comments = mob
    done = decide_mob(case_id=number, by=me.actor, basis=BASIS, key=uuid4(), now=clock.now())
    assert done.left
    assert case(number).in_progress
    with pytest.raises(Refused) as refused:
        decide_mob(case_id=number, by=me.actor, basis=BASIS, key=uuid4(), now=clock.now())
    assert refused.value.refusal.code == "ordered"
    assert carry_on_all(now=clock.now()) == 1
    assert carry_on_all(now=clock.now()) == 0
    assert set(states()) == {"removed"}
    assert DecisionRow.objects.count() == 7
    assert done.left + done.done == 7


def test_what_was_changed_or_is_the_moderators_own_is_left_out(mob, me):
    number, comments = mob
    edit_comment(author_id=comments[1].author_id, comment_id=comments[1].pk, text="Another thing.", now=clock.now())
    Comment.objects.filter(pk=comments[2].pk).update(author_id=me.reader_id)
    decide_mob(case_id=number, by=me.actor, basis=BASIS, key=uuid4(), now=clock.now())
    assert [place for place, state in enumerate(states()) if state == "visible"] == [1, 2]


def test_a_mob_can_be_approved(mob, me):
    number, _comments = mob
    decide_mob(case_id=number, by=me.actor, basis=None, key=uuid4(), now=clock.now())
    assert set(states()) == {"visible"}
    assert case(number).outcome == "approved"
    assert Statement.objects.count() == 0


def test_what_no_decision_can_be_made_of_is_refused_before_it_begins(mob, me):
    number, _comments = mob
    with pytest.raises(Refused):
        decide_mob(case_id=number, by=me.actor, basis=Basis((), ""), key=uuid4(), now=clock.now())
    assert set(states()) == {"visible"}
    assert not case(number).in_progress


@pytest.mark.row("MOD-07")
def test_a_mob_is_undone_as_one(mob, me):
    number, _comments = mob
    decide_mob(case_id=number, by=me.actor, basis=BASIS, key=uuid4(), now=clock.now())
    undo_many(case_id=number, by=me.actor, key=uuid4(), now=clock.now())
    assert set(states()) == {"visible"}
    assert case(number).state == "open"
    decide_mob(case_id=number, by=me.actor, basis=BASIS, key=uuid4(), now=clock.now())
    assert set(states()) == {"removed"}


@pytest.mark.row("MOD-04")
def test_a_flood_is_stopped_at_once_counts_once_and_is_undone(article, reader, me, later):
    old = make_comment(article, reader)
    later.pass_(hours=2)
    flood = []
    for _number in range(4):
        later.pass_(seconds=30)
        flood.append(make_comment(article, reader))
    number = open_flood(author_id=reader.pk, comment_id=flood[-1].pk, now=clock.now())
    stop_flood(
        case_id=number, by=me.actor, basis=BASIS, since=timedelta(hours=1), key=uuid4(), now=clock.now(),
        block=Block(ends=clock.now() + timedelta(days=1)),
    )  # fmt: skip
    assert states() == ["visible", *["removed"] * 4]
    assert Comment.objects.get(pk=old.pk).state == "visible"
    assert may_post(reader.pk, "en", clock.now()) is not None
    assert next_that_counts(reader.pk) == 2
    undo_many(case_id=number, by=me.actor, key=uuid4(), now=clock.now())
    assert set(states()) == {"visible"}
    assert may_post(reader.pk, "en", clock.now()) is None
    assert next_that_counts(reader.pk) == 1


@pytest.mark.row("MOD-04")
def test_a_second_block_with_an_end_is_refused_before_anything_is_done(article, reader, me):
    flood = make_comment(article, reader)
    decide(decision=make_decision(reader), now=clock.now())
    number = open_flood(author_id=reader.pk, comment_id=flood.pk, now=clock.now())
    with pytest.raises(Refused) as refused:
        stop_flood(
            case_id=number, by=me.actor, basis=BASIS, since=timedelta(hours=1), key=uuid4(), now=clock.now(),
            block=Block(ends=clock.now() + timedelta(days=1)),
        )  # fmt: skip
    assert refused.value.refusal.code == "second-has-no-end"
    assert states() == ["visible"]
    assert carry_on(case_id=number, now=clock.now()).left == 0

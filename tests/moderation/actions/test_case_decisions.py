"""What somebody who moderates does with a case (MOD-02)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.outbox import deliver_due
from broadsheet.moderation.actions.case_decisions import (
    approve_case,
    ask_case,
    block_case,
    delete_account_case,
    hold_case,
    note_case,
    redact_case,
    remove_case,
    undo_case,
    warn_case,
)
from broadsheet.moderation.actions.claim_case import claim, claim_next
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.models import Case, CaseNote, DecisionRow, Statement
from broadsheet.moderation.queries.case_details import case_detail
from broadsheet.moderation.queries.cases import EVERYTHING, case, case_of_comment
from broadsheet.moderation.rules.basis import Basis, Block
from broadsheet.readers.queries.standing import may_post
from tests.factories.cases import BASIS, make_moderator
from tests.factories.discussion import FOUL, make_comment
from tests.factories.moderation import make_decision

pytestmark = [pytest.mark.row("MOD-02"), pytest.mark.django_db]


@pytest.fixture
def me(article):
    return make_moderator()


@pytest.fixture
def foul(article, reader):
    """A comment that the judge holds, and its case."""
    comment = make_comment(article, reader, text=FOUL)
    assert comment.state == "held"
    deliver_due()
    return comment


def state(comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


def code_of(work) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.refusal.code


def number_of(comment) -> int:
    found = case_of_comment(comment.pk)
    assert found is not None
    return found.id


def test_a_case_shows_all_that_a_decision_needs(foul, article, me, reader):
    detail = case_detail(number_of(foul))
    assert detail is not None
    assert detail.case.kind == "held"
    assert detail.comment.comment.text == FOUL
    assert any(one.words for one in detail.comment.findings)
    assert detail.article.id == article.pk
    assert detail.author.id == reader.pk
    assert [one.id for one in detail.history] == [foul.pk]
    assert detail.suggestion.clause in {one.clause for one in detail.comment.findings}
    assert detail.suggestion.facts
    assert detail.would_be == 1
    assert detail.version == 1
    assert len(detail.why) >= 2
    assert all(detail.why)


def test_approving_shows_the_comment_and_closes_the_case(foul, me):
    number = number_of(foul)
    approve_case(case_id=number, by=me.actor, version=1, now=clock.now())
    assert state(foul) == "visible"
    deliver_due()
    assert case_of_comment(foul.pk) is None
    assert case(number).outcome == "approved"
    assert case(number).closed_by_id == me.reader_id


def test_removing_makes_a_statement_and_the_same_form_twice_makes_one(foul, me):
    number, key = number_of(foul), uuid4()
    made = [
        remove_case(case_id=number, by=me.actor, basis=BASIS, version=1, key=key, now=clock.now()) for _time in range(2)
    ]
    assert made[0] == made[1]
    assert state(foul) == "removed"
    assert Statement.objects.count() == DecisionRow.objects.count() == 1
    assert (
        code_of(lambda: remove_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now()))
        == "case-closed"
    )
    deliver_due()
    assert case_of_comment(foul.pk) is None


@pytest.mark.row("MOD-03")
def test_deciding_itself_twice_with_one_key_is_one_decision(reader, article):
    key, made = uuid4(), make_decision(reader)
    first, second = (decide(decision=made, now=clock.now(), key=key) for _time in range(2))
    assert first == second
    assert Statement.objects.count() == 1


def test_the_clause_is_cited_as_the_standards_say_it_and_another_is_refused(foul, me):
    number = number_of(foul)
    unknown = Basis(("NOSUCH",), "Facts.")
    assert (
        code_of(lambda: remove_case(case_id=number, by=me.actor, basis=unknown, version=1, now=clock.now()))
        == "no-such-clause"
    )
    bare = Basis((), "Facts.")
    assert (
        code_of(lambda: remove_case(case_id=number, by=me.actor, basis=bare, version=1, now=clock.now())) == "no-clause"
    )
    empty = Basis(("INSULT",), " ")
    assert (
        code_of(lambda: remove_case(case_id=number, by=me.actor, basis=empty, version=1, now=clock.now())) == "no-facts"
    )
    assert state(foul) == "held"
    remove_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now())
    text = Statement.objects.get().text
    assert "moderators@estuary.example" in text
    assert BASIS.facts in text


def test_a_decision_about_a_text_that_was_changed_meanwhile_is_refused(foul, reader, me):
    number = number_of(foul)
    edit_comment(author_id=reader.pk, comment_id=foul.pk, text="I disagree with that.", now=clock.now())
    for work in (
        lambda: approve_case(case_id=number, by=me.actor, version=1, now=clock.now()),
        lambda: remove_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now()),
    ):
        assert code_of(work) == "edited-since"
    assert case(number).state == "open"
    approve_case(case_id=number, by=me.actor, version=2, now=clock.now())


def test_who_is_out_of_bounds_or_late_decides_nothing(foul, reader, me, article):
    number, other = number_of(foul), make_moderator(editions=[article.edition_id + 100])
    for who, code in ((other, "out-of-bounds"),):
        assert code_of(lambda w=who: approve_case(case_id=number, by=w.actor, version=1, now=clock.now())) == code
    you = make_moderator()
    claim(case_id=number, moderator_id=you.reader_id, now=clock.now())
    assert code_of(lambda: approve_case(case_id=number, by=me.actor, version=1, now=clock.now())) == "claimed"
    assert code_of(lambda: note_case(case_id=number, by=other.actor, text="Hm", now=clock.now())) == "out-of-bounds"
    assert state(foul) == "held"


def test_redacting_a_visible_comment_blacks_words_out(article, reader, me):
    comment = make_comment(article, reader, text="Her number is below, said the man at the door.")
    number = make_case_of(comment)
    redact_case(
        case_id=number,
        by=me.actor,
        basis=Basis(("PRIVACY",), "It tells a number."),
        version=1,
        spans=[(0, 3)],
        now=clock.now(),
    )
    assert Comment.objects.get(pk=comment.pk).redactions == [[0, 3]]
    assert state(comment) == "visible"
    assert case(number).outcome == "redacted"


def make_case_of(comment) -> int:
    from tests.factories.cases import make_case

    return make_case(
        comment.thread.edition_id, subject_id=comment.pk, comment_id=comment.pk, thread_id=comment.thread_id,
        reader_id=comment.author_id,
    )  # fmt: skip


def test_a_warning_leaves_a_held_comment_to_be_decided(foul, me):
    number = number_of(foul)
    warn_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now())
    assert (state(foul), case(number).state) == ("held", "open")
    approve_case(case_id=number, by=me.actor, version=1, now=clock.now())
    assert case(number).state == "decided"


def test_holding_a_visible_comment_keeps_its_case_open(article, reader, me):
    comment = make_comment(article, reader)
    number = make_case_of(comment)
    hold_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now())
    deliver_due()
    assert (state(comment), case(number).state, case(number).kind) == ("held", "open", "held")


@pytest.mark.row("MOD-04")
def test_the_desk_says_before_that_a_block_would_be_the_second(article, reader, me):
    first, second = (make_case_of(make_comment(article, reader)) for _number in range(2))
    ends = clock.now() + timedelta(days=1)
    work = {"by": me.actor, "basis": BASIS, "version": 1, "now": clock.now()}
    assert case_detail(first).would_be == 1
    block_case(case_id=first, block=Block(ends=ends), **work)
    assert may_post(reader.pk, "en", clock.now()) is not None
    assert case_detail(second).would_be == 2
    assert code_of(lambda: block_case(case_id=second, block=Block(ends=ends), **work)) == "second-has-no-end"
    block_case(case_id=second, block=Block(), **work)
    assert set(Comment.objects.values_list("state", flat=True)) == {"removed"}


def test_a_block_for_one_discussion_lets_the_reader_into_others(article, reader, me):
    comment = make_comment(article, reader)
    number = make_case_of(comment)
    block_case(
        case_id=number,
        by=me.actor,
        basis=BASIS,
        version=1,
        block=Block(everywhere=False),
        remove=False,
        now=clock.now(),
    )
    assert state(comment) == "visible"
    assert may_post(reader.pk, "en", clock.now()) is None
    with pytest.raises(Refused):
        make_comment(article, reader)


def test_chiefs_alone_delete_accounts(foul, me, article):
    number, chief = number_of(foul), make_moderator(chief=True)
    work = {"case_id": number, "basis": BASIS, "version": 1, "now": clock.now()}
    assert code_of(lambda: delete_account_case(by=me.actor, **work)) == "no-chief"
    from broadsheet.moderation.rules.decisions import Actor, Role

    posing = Actor(me.reader_id, Role.CHIEF)
    assert code_of(lambda: delete_account_case(by=posing, **work)) == "no-chief"
    delete_account_case(by=chief.actor, **work)
    assert case(number).outcome == "account-deleted"


def test_a_colleague_who_is_asked_gets_it_and_nobody_else(foul, me, article):
    number, you, third = number_of(foul), make_moderator(), make_moderator()
    out = make_moderator(editions=[article.edition_id + 9])
    ask = {"case_id": number, "by": me.actor, "text": "Is this irony?", "now": clock.now()}
    for wrong in (out.reader_id, me.reader_id):
        assert code_of(lambda w=wrong: ask_case(colleague_id=w, **ask)) == "wrong-colleague"
    assert CaseNote.objects.count() == 0
    ask_case(colleague_id=you.reader_id, **ask)
    for who, expected in ((me, None), (third, None), (you, number)):
        assert claim_next(moderator_id=who.reader_id, wanted=EVERYTHING, now=clock.now()) == expected
    assert [one.text for one in case_detail(number).notes] == ["Is this irony?"]


@pytest.mark.row("MOD-07")
def test_undoing_brings_comment_and_case_back(foul, me, later):
    number = number_of(foul)
    remove_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now())
    deliver_due()
    later.pass_(days=29)
    undo_case(case_id=number, by=me.actor, now=clock.now())
    deliver_due()
    assert (state(foul), case(number).state) == ("held", "open")
    assert Case.objects.filter(state="open").count() == 1
    remove_case(case_id=number, by=me.actor, basis=BASIS, version=1, now=clock.now())
    later.pass_(days=30)
    assert code_of(lambda: undo_case(case_id=number, by=me.actor, now=clock.now())) == "too-late-to-undo"


@pytest.mark.row("MOD-07")
def test_approving_what_a_decision_removed_undoes_that_decision(foul, me, article):
    removed = remove_case(case_id=number_of(foul), by=me.actor, basis=BASIS, version=1, now=clock.now())
    number = make_case_of(foul)
    assert approve_case(case_id=number, by=make_moderator().actor, version=1, now=clock.now()) == removed
    assert DecisionRow.objects.get(pk=removed).undone_at is not None
    assert case(number).outcome == "undone"
    assert state(foul) == "held"  # as it was before it was removed

"""A decision takes effect at once, with all it causes, and is reversed exactly (MOD-03, MOD-04, MOD-07)."""

from datetime import timedelta

import pytest

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.models import Bar, Comment, Thread
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.personal_data import holdings
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.expire_due import expire_due
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.models import AuditEntry, DecisionRow, Incident, Sanction, Statement
from broadsheet.moderation.queries.decisions import decision, decisions_like, decisions_of, statement
from broadsheet.moderation.queries.exports import statements
from broadsheet.moderation.queries.known_decisions import known_decisions
from broadsheet.moderation.queries.sanctions import next_that_counts, sanctions_of
from broadsheet.moderation.rules.decisions import Actor, Measure, Role
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.readers.models import Closure, Reader
from broadsheet.readers.queries.standing import may_post
from tests.factories.accounts import make_reader
from tests.factories.moderation import WORDS, make_actor, make_approval, make_decision, visible_comment

pytestmark = [pytest.mark.row("MOD-03", "MOD-04", "MOD-07"), pytest.mark.django_db]


def refused(code: str, call) -> None:
    with pytest.raises(Refused) as found:
        call()
    assert found.value.refusal.code == code


def facts(name: str) -> list[dict]:
    return [row.payload for row in FactRecord.objects.filter(name=name).order_by("pk")]


def look(comment: Comment) -> tuple:
    """Return all that can be seen of a comment and its thread."""
    comment.refresh_from_db()
    thread = Thread.objects.get(pk=comment.thread_id)
    return (
        comment.state,
        comment.held_for,
        comment.text,
        comment.html,
        comment.redactions,
        thread.visible,
        thread.roots,
    )


@pytest.mark.parametrize("measure", [Measure.REMOVE, Measure.HOLD, Measure.REDACT])
def test_a_comment_s_decision_takes_effect_and_is_undone_exactly(article, reader, measure):
    comment = visible_comment(article, reader)
    before = look(comment)
    actor = make_actor()
    spans = ((4, 9),) if measure == Measure.REDACT else ()
    made = decide(
        decision=make_decision(reader, comment, measures=(measure,), redactions=spans, actor=actor), now=clock.now()
    )
    during = look(comment)
    assert during[0] == {Measure.REMOVE: "removed", Measure.HOLD: "held", Measure.REDACT: "visible"}[measure]
    assert during[5] == (1 if measure == Measure.REDACT else 0)
    assert ("mayor" in during[3]) == (measure != Measure.REDACT)
    assert facts("DecisionMade") == [
        {"decision_id": made.decision_id, "reader_id": reader.pk, "comment_id": comment.pk, "edition": "en", "restricts": True,
         "month": f"{clock.now():%Y-%m}"}
    ]  # fmt: skip
    assert not made.ordinal, "what is decided of a comment doesn't count"
    undo(decision_id=made.decision_id, by=actor, now=clock.now())
    assert look(comment) == before
    assert facts("DecisionUndone")[0]["reason"] == "undone"
    refused("nothing-to-undo", lambda: undo(decision_id=made.decision_id, by=actor, now=clock.now()))


def test_a_statement_is_there_at_once_and_in_the_reader_s_file(article, reader):
    comment = visible_comment(article, reader)
    made = decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE,)), now=clock.now())
    written = statement(made.decision_id)
    assert written is not None
    assert written.puid == made.puid
    assert WORDS in written.text
    assert reader.public_id in written.text
    held = {holding.name: list(holding.rows(reader.pk)) for holding in holdings()}
    assert held["moderation.decisions"][0]["text"] == written.text
    seen = decisions_of(reader.pk)
    assert [(one.clauses, one.measures) for one in seen] == [(("INSULT",), ("remove",))]
    spans = [(edition_by_code("en"), clock.now() - timedelta(hours=1), clock.now())]
    assert [one["puid"] for one in statements(spans)] == [made.puid]


def test_an_approval_shows_the_comment_and_tells_nobody(article, reader):
    comment = visible_comment(article, reader)
    first = decide(decision=make_decision(reader, comment, measures=(Measure.HOLD,)), now=clock.now())
    made = decide(decision=make_approval(reader, comment, considered=("INSULT",)), now=clock.now())
    assert look(comment)[0] == "visible"
    assert not Statement.objects.filter(pk=made.decision_id).exists()
    assert facts("DecisionMade")[1]["restricts"] is False
    refused("later-decision", lambda: undo(decision_id=first.decision_id, by=make_actor(), now=clock.now()))
    undo(decision_id=made.decision_id, by=make_actor(), now=clock.now())
    assert look(comment)[0] == "held"
    undo(decision_id=first.decision_id, by=make_actor(), now=clock.now())
    assert look(comment)[0] == "visible"


def test_what_a_decision_removed_is_not_approved_but_that_decision_undone(article, reader):
    comment = visible_comment(article, reader)
    gone = decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE,)), now=clock.now())
    refused("removed-before", lambda: decide(decision=make_approval(reader, comment), now=clock.now()))
    undo(decision_id=gone.decision_id, by=make_actor(), now=clock.now())
    decide(decision=make_approval(reader, comment), now=clock.now())
    assert look(comment)[0] == "visible"


def test_another_s_comment_and_a_text_that_changed_meanwhile_are_refused_and_leave_nothing(article, reader):
    comment = visible_comment(article, reader)
    other = make_reader()
    refused(
        "other-comment",
        lambda: decide(decision=make_decision(other, comment, measures=(Measure.REMOVE,)), now=clock.now()),
    )
    made = make_decision(reader, comment, measures=(Measure.REMOVE, Measure.BLOCK))
    Comment.objects.filter(pk=comment.pk).update(version=2)
    refused("edited-since", lambda: decide(decision=made, now=clock.now()))
    assert not DecisionRow.objects.exists()
    assert not Incident.objects.exists()
    assert not AuditEntry.objects.exists()
    assert may_post(reader.pk, "en", clock.now()) is None


def test_a_block_holds_at_once_and_ends_by_itself_and_still_counts(reader, later):
    made = decide(decision=make_decision(reader, days=10, now=clock.now()), now=clock.now())
    assert (made.ordinal, made.final) == (1, False)
    refusal = may_post(reader.pk, "en", clock.now())
    assert refusal is not None
    assert refusal.code == "blocked"
    assert may_post(reader.pk, "fr", clock.now()) is not None
    later.pass_(days=10)
    assert may_post(reader.pk, "en", clock.now()) is None, "at that very moment, whatever the job does"
    assert expire_due(now=clock.now()) == 1
    assert expire_due(now=clock.now()) == 0
    reader.refresh_from_db()
    assert reader.block == ""
    assert [one.state for one in sanctions_of(reader.pk)] == ["expired"]
    assert next_that_counts(reader.pk) == 2
    assert facts("SanctionExpired")


def test_a_block_for_one_discussion_does_not_count(article, reader):
    now = clock.now()
    comment = visible_comment(article, reader)
    made = decide(decision=make_decision(reader, comment, scope=article.pk), now=now)
    assert made.ordinal == 0
    assert Bar.objects.get().thread_id == article.pk
    assert may_post(reader.pk, "en", now) is None
    undo(decision_id=made.decision_id, by=make_actor(), now=now)
    assert not Bar.objects.exists()


def test_several_measures_for_one_incident_count_once(article, reader):
    now = clock.now()
    comment = visible_comment(article, reader)
    first = decide(decision=make_decision(reader, comment, measures=(Measure.REMOVE, Measure.BLOCK)), now=now)
    second = decide(decision=make_decision(reader, comment, measures=(Measure.DELETE_ACCOUNT,)), now=now)
    assert (first.ordinal, second.final) == (1, False)
    assert next_that_counts(reader.pk) == 2
    assert Closure.objects.filter(reader=reader).exists()
    assert Incident.objects.count() == 1
    told = statement(second.decision_id)
    assert told is not None
    assert "This measure counts" in told.text


def test_the_second_that_counts_has_no_end_and_is_final(reader):
    now = clock.now()
    decide(decision=make_decision(reader, days=1), now=now)
    refused("second-has-no-end", lambda: decide(decision=make_decision(reader, days=300), now=now))
    made = decide(decision=make_decision(reader), now=now)
    assert (made.ordinal, made.final) == (2, True)
    text = statement(made.decision_id)
    assert text is not None
    assert "restoration is impossible for everyone" in text.text
    refused("second-block", lambda: undo(decision_id=made.decision_id, by=make_actor(), now=now))
    first = DecisionRow.objects.order_by("pk").first()
    assert first is not None
    refused("second-block", lambda: undo(decision_id=first.pk, by=make_actor(Role.CHIEF), now=now))


def test_a_first_block_that_is_undone_leaves_the_count_and_the_account_as_it_was(reader):
    now = clock.now()
    before = Reader.objects.filter(pk=reader.pk).values().get()
    made = decide(decision=make_decision(reader, measures=(Measure.BLOCK, Measure.DELETE_ACCOUNT)), now=now)
    assert Reader.objects.get(pk=reader.pk).is_active is False
    undo(decision_id=made.decision_id, by=make_actor(), now=now)
    assert Reader.objects.filter(pk=reader.pk).values().get() == before
    assert next_that_counts(reader.pk) == 1
    assert {one.state for one in sanctions_of(reader.pk)} == {"undone"}


def test_undoing_ends_after_30_days_and_goes_on_by_letter_with_another_person(reader, later):
    actor = make_actor()
    made = decide(decision=make_decision(reader, actor=actor, now=clock.now()), now=clock.now())
    later.pass_(days=30)
    number, now = made.decision_id, clock.now()
    refused("too-late-to-undo", lambda: undo(decision_id=number, by=actor, now=now))
    refused("first-decider", lambda: undo(decision_id=number, by=actor, now=now, letter_came=now))
    later.pass_(days=170)
    undo(decision_id=number, by=make_actor(), now=clock.now(), letter_came=now)
    assert facts("DecisionUndone")[0]["reason"] == "granted"
    assert may_post(reader.pk, "en", clock.now()) is None


@pytest.mark.parametrize(
    ("code", "who"), [("staff-account", "staff"), ("own-case", "self"), ("account-not-there", "nobody")]
)
def test_whom_nobody_decides_about(reader, code, who):
    staff = make_reader(is_staff=True)
    about = {"staff": staff, "self": reader, "nobody": Reader(pk=10**9)}[who]
    actor = Actor(reader.pk, Role.MODERATOR) if who == "self" else make_actor()
    refused(code, lambda: decide(decision=make_decision(about, actor=actor), now=clock.now()))
    assert not Sanction.objects.exists()


@pytest.mark.row("STD-01")
def test_only_persons_of_the_newsroom_decide_and_undo_and_never_for_themselves(article, reader):
    comment = visible_comment(article, reader)
    for actor in (
        Actor(make_reader().pk, Role.CHIEF),
        Actor(10**9, Role.CHIEF),
        Actor(make_reader(is_staff=True, is_active=False).pk, Role.CHIEF),
    ):
        made = make_decision(reader, comment, measures=(Measure.REMOVE,), actor=actor)
        refused("not-of-newsroom", lambda made=made: decide(decision=made, now=clock.now()))
    colleague = make_reader(is_staff=True)
    own = visible_comment(article, colleague)
    by = Actor(colleague.pk, Role.CHIEF)
    refused("own-case", lambda: decide(decision=make_approval(colleague, own, actor=by), now=clock.now()))
    gone = decide(decision=make_decision(colleague, own, measures=(Measure.REMOVE,)), now=clock.now())
    refused("own-case", lambda: undo(decision_id=gone.decision_id, by=by, now=clock.now()))


def test_a_block_whose_end_is_over_is_refused(reader, later):
    made = make_decision(reader, days=1, now=clock.now())
    later.pass_(days=1)
    refused("no-duration", lambda: decide(decision=made, now=clock.now()))


def test_like_cases_and_what_the_judge_may_learn(article, reader):
    now = clock.now()
    texts = ["first words", "second words", "third words"]
    comments = [visible_comment(article, reader, text) for text in texts]
    decide(decision=make_decision(reader, comments[0], measures=(Measure.REMOVE,)), now=now)
    decide(decision=make_approval(reader, comments[1], considered=("INSULT",)), now=now)
    warned = decide(decision=make_decision(reader, comments[2], measures=(Measure.WARN,)), now=now)
    gone = decide(decision=make_decision(reader, comments[2], measures=(Measure.HOLD,)), now=now)
    undo(decision_id=gone.decision_id, by=make_actor(), now=now)
    learned = list(known_decisions(article.edition_id, now - timedelta(days=1)))
    assert [(one.id, one.clauses, one.submission.text) for one in learned] == [
        (str(comments[0].pk), {"INSULT"}, texts[0]), (str(comments[1].pk), frozenset(), texts[1]),
    ]  # fmt: skip
    assert len(decisions_like("INSULT", edition="en", limit=3)) == 3
    assert decisions_like("HATE") == []
    assert decision(warned.decision_id) is not None


def test_words_written_after_the_decision_stay(article, reader):
    """An author who mends a held comment keeps the new words when the decision is undone."""
    comment = visible_comment(article, reader)
    made = decide(decision=make_decision(reader, comment, measures=(Measure.HOLD,)), now=clock.now())
    edit_comment(author_id=reader.pk, comment_id=comment.pk, text="The council met on Tuesday, and the vote was close.",
                 insists=True, now=clock.now())  # fmt: skip
    undo(decision_id=made.decision_id, by=make_actor(), now=clock.now())
    assert look(comment)[2].startswith("The council met")

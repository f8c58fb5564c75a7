"""What moderation does to comments is taken back exactly, in whatever order authors and moderators act."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from broadsheet.discussion.actions.bar_reader import bar_reader, lift_bar
from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.hold_comment import hold_comment
from broadsheet.discussion.actions.pick_comment import pick_comment, unpick_comment
from broadsheet.discussion.actions.put_back import put_back
from broadsheet.discussion.actions.redact_comment import redact_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.engines.markup import BLACKED
from broadsheet.discussion.models import Bar, Comment, Judgement, Thread
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from tests.factories.discussion import FOUL, PLAIN, assert_counters_are_true, counted, make_comment

pytestmark = [pytest.mark.row("MOD-07"), pytest.mark.django_db]
FIELDS = ("state", "held_for", "placed", "text", "html", "redactions", "replies", "version", "picked_at")


def snapshot(article) -> list:
    comments = list(Comment.objects.filter(thread_id=article.pk).order_by("pk").values_list("pk", *FIELDS))
    return [*comments, *Thread.objects.filter(pk=article.pk).values_list("visible", "roots", "last_id", "last_at")]


def refused(action, **fields) -> str:
    with pytest.raises(Refused) as caught:
        action(**fields)
    return caught.value.refusal.code


@pytest.mark.parametrize(
    "action", [remove_comment, hold_comment, lambda comment_id: redact_comment(comment_id=comment_id, spans=[[0, 3]])]
)
@pytest.mark.parametrize("which", ["root", "reply"])
def test_each_is_taken_back_exactly_and_twice_does_no_harm(article, action, which):
    root = make_comment(article, text=PLAIN)
    reply = make_comment(article, parent_id=root.pk, text="Yes, and the mayor knows it.")
    pick_comment(comment_id=root.pk, now=clock.now())
    before = snapshot(article)
    inverse = action(comment_id={"root": root, "reply": reply}[which].pk)
    assert snapshot(article) != before
    assert_counters_are_true(article.pk)
    for _time in range(2):
        put_back(inverse=inverse)
        assert snapshot(article) == before


def test_what_was_shown_goes_back_to_waiting_without_a_place(article):
    comment = make_comment(article, text=FOUL)
    before = snapshot(article)
    inverse = show_comment(comment_id=comment.pk)
    assert counted(article.pk) == (1, 1)
    put_back(inverse=inverse)
    assert snapshot(article)[0] == before[0]
    assert counted(article.pk) == (0, 0)


def test_what_was_answered_meanwhile_keeps_its_place(article):
    comment = make_comment(article, text=FOUL)
    inverse = show_comment(comment_id=comment.pk)
    make_comment(article, parent_id=comment.pk)
    put_back(inverse=inverse)
    after = Comment.objects.get(pk=comment.pk)
    assert (after.state, after.placed, after.replies) == ("held", True, 1)
    assert_counters_are_true(article.pk)


@pytest.mark.row("MOD-02")
def test_redacted_words_are_black_and_the_text_is_kept(article):
    comment = make_comment(article, text=PLAIN)
    first = redact_comment(comment_id=comment.pk, spans=[[4, 11]])
    second = redact_comment(comment_id=comment.pk, spans=[[16, 25], [2, 5], [9_000, 9_001]])
    after = Comment.objects.get(pk=comment.pk)
    assert after.redactions == [[2, 11], [16, 25]]
    assert after.html.count(BLACKED) == 2
    assert "council" not in after.html
    assert after.text == PLAIN
    assert refused(put_back, inverse=first) == "decided-since"
    put_back(inverse=second)
    put_back(inverse=first)
    assert Comment.objects.get(pk=comment.pk).html == comment.html
    assert refused(redact_comment, comment_id=comment.pk, spans=[[500, 600], [3, 3]]) == "nothing-to-redact"


def test_a_later_decision_is_not_undone_with_an_earlier_one(article):
    comment = make_comment(article)
    held = hold_comment(comment_id=comment.pk)
    removed = remove_comment(comment_id=comment.pk)
    assert refused(put_back, inverse=held) == "decided-since"
    put_back(inverse=removed)
    assert Comment.objects.get(pk=comment.pk).state == "held"
    put_back(inverse=held)
    assert Comment.objects.get(pk=comment.pk).state == "visible"


def test_what_its_author_deleted_is_not_brought_back(article):
    comment = make_comment(article)
    inverse = hold_comment(comment_id=comment.pk)
    withdraw_comment(author_id=comment.author_id, comment_id=comment.pk)
    put_back(inverse=inverse)
    assert Comment.objects.get(pk=comment.pk).state == "withdrawn"
    assert refused(show_comment, comment_id=comment.pk) == "withdrawn"
    assert refused(hold_comment, comment_id=comment.pk) == "deleted"


@pytest.mark.row("STD-02")
def test_a_text_written_meanwhile_is_not_shown_where_the_judge_would_hold_it(article):
    comment = make_comment(article)
    inverse = hold_comment(comment_id=comment.pk)
    edit_comment(author_id=comment.author_id, comment_id=comment.pk, text=FOUL, insists=True, now=clock.now())
    put_back(inverse=inverse)
    after = Comment.objects.get(pk=comment.pk)
    assert (after.state, after.held_for) == ("held", "judge")


def test_a_comment_edited_a_second_ago_is_not_decided_on_as_it_was(article):
    comment = make_comment(article)
    edit_comment(author_id=comment.author_id, comment_id=comment.pk, text=PLAIN, now=clock.now())
    for action in (remove_comment, hold_comment, show_comment):
        assert refused(action, comment_id=comment.pk, version=1) == "edited-since"
    assert refused(redact_comment, comment_id=comment.pk, spans=[[0, 1]], version=1) == "edited-since"
    remove_comment(comment_id=comment.pk, version=2)


def test_what_is_gone_takes_the_stored_page_of_the_article_at_once(article):
    comment = make_comment(article)
    remove_comment(comment_id=comment.pk)
    assert FactRecord.objects.get(name="CommentRemoved").keys == [f"thread:{article.pk}", f"discussion:{article.pk}"]


@pytest.mark.row("MOD-04")
def test_bars_are_taken_back_exactly(article):
    comment = make_comment(article)
    reader, until = comment.author_id, clock.now() + timedelta(days=3)
    inverse = bar_reader(reader_id=reader, thread_id=article.pk, until=until, sanction_id=5)
    lifted = lift_bar(sanction_id=5)
    put_back(inverse=lifted)
    assert list(Bar.objects.values_list("reader_id", "thread_id", "until")) == [(reader, article.pk, until)]
    put_back(inverse=inverse)
    assert not Bar.objects.exists()
    put_back(inverse=lift_bar(sanction_id=99))


@pytest.mark.row("DIS-10")
def test_a_pick_is_shown_while_the_comment_is_and_kept(article):
    comment = make_comment(article)
    pick_comment(comment_id=comment.pk, now=clock.now())
    inverse = remove_comment(comment_id=comment.pk)
    put_back(inverse=inverse)
    assert Comment.objects.get(pk=comment.pk).picked_at is not None
    unpick_comment(comment_id=comment.pk)
    hold_comment(comment_id=comment.pk)
    assert refused(pick_comment, comment_id=comment.pk, now=clock.now()) == "not-visible"


class Moderated(RuleBasedStateMachine):
    """Authors and moderators act on a few comments; counters stay true, and decisions come back in their order."""

    article = None

    def __init__(self) -> None:
        super().__init__()
        Thread.objects.all().delete()
        self.root = make_comment(self.article, text=PLAIN)
        reply = make_comment(self.article, parent_id=self.root.pk, text="Yes, and the mayor knows it.")
        held = make_comment(self.article, text=FOUL)
        self.numbers = [self.root.pk, reply.pk, held.pk]
        self.done: list[tuple[list, dict]] = []

    @rule(
        which=st.integers(0, 2), action=st.sampled_from([show_comment, hold_comment, remove_comment]), version=st.none()
    )
    def decide(self, which, action, version):
        before = snapshot(self.article)
        try:
            self.done.append((before, action(comment_id=self.numbers[which], version=version)))
        except Refused:
            assert snapshot(self.article) == before

    @rule(which=st.integers(0, 2), start=st.integers(0, 40), length=st.integers(1, 20))
    def redact(self, which, start, length):
        before = snapshot(self.article)
        try:
            self.done.append((before, redact_comment(comment_id=self.numbers[which], spans=[[start, start + length]])))
        except Refused:
            assert snapshot(self.article) == before

    @rule()
    def take_back_the_latest(self):
        if self.done:
            before, inverse = self.done.pop()
            put_back(inverse=inverse)
            after = snapshot(self.article)
            assert after[:-1] == before[:-1]
            assert after[-1][:2] == before[-1][:2]

    @rule(which=st.integers(0, 2))
    def take_back_any_other(self, which):
        if self.done:
            _before, inverse = self.done[which % len(self.done)]
            before = snapshot(self.article)
            try:
                put_back(inverse=inverse)
            except Refused as caught:
                assert caught.refusal.code == "decided-since"
                assert snapshot(self.article) == before
            else:
                self.done.clear()

    @invariant()
    def counters_are_true(self):
        assert_counters_are_true(self.article.pk)

    @invariant()
    def nothing_is_visible_unjudged(self):
        for comment in Comment.objects.filter(state="visible"):
            assert Judgement.objects.filter(comment=comment, version=comment.version).exists()


def test_decisions_in_any_order(article):
    Moderated.article = article
    run_state_machine_as_test(Moderated, settings=settings(max_examples=12, stateful_step_count=15))

"""Authors change and delete their own comments, and nobody else's."""

from datetime import timedelta

import pytest

from broadsheet.discussion.actions.bar_reader import bar_reader
from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.hold_comment import hold_comment
from broadsheet.discussion.actions.redact_comment import redact_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import set_thread_mode
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.errors import Warned
from broadsheet.discussion.models import Comment, Judgement, TextVersion
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN, assert_counters_are_true, counted, make_comment

pytestmark = [pytest.mark.row("DIS-03"), pytest.mark.django_db]
MENDED = "Other figures came from the mayor."


def edit(comment, text=MENDED, *, author_id=None, **fields):
    values = {"now": clock.now(), **fields}
    return edit_comment(author_id=author_id or comment.author_id, comment_id=comment.pk, text=text, **values)


def refused(action, *args, **fields) -> str:
    with pytest.raises(Refused) as caught:
        action(*args, **fields)
    return caught.value.refusal.code


def test_an_own_comment_is_edited_years_later_in_a_closed_thread_and_what_it_said_is_kept(article):
    comment = make_comment(article, text=PLAIN)
    set_thread_mode(article_id=article.pk, mode="closed", slow_seconds=3600)
    at = clock.now() + timedelta(days=1000)
    assert edit(comment, now=at).state == "visible"
    after = Comment.objects.get(pk=comment.pk)
    assert (after.text, after.html, after.version, after.edited_at) == (MENDED, f'<p dir="auto">{MENDED}</p>', 2, at)
    assert list(TextVersion.objects.values_list("version", "text", "at")) == [(1, PLAIN, comment.created_at)]
    assert list(Judgement.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    edit(after, PLAIN, now=at + timedelta(days=1))
    assert list(TextVersion.objects.order_by("version").values_list("text", "at"))[1] == (MENDED, at)
    assert FactRecord.objects.filter(name="CommentEdited").count() == 2


def test_the_same_words_again_are_no_edit(article):
    comment = make_comment(article, text=PLAIN)
    edit(comment, f"{PLAIN}  \n")
    assert Comment.objects.get(pk=comment.pk).edited_at is None
    assert not TextVersion.objects.exists()


def test_an_edit_is_screened_and_never_turns_held_into_visible(article):
    comment = make_comment(article)
    with pytest.raises(Warned):
        edit(comment, FOUL)
    assert Comment.objects.get(pk=comment.pk).version == 1
    assert edit(comment, FOUL, insists=True).state == "held"
    assert counted(article.pk) == (0, 0)
    assert (edit(comment, MENDED).state, Comment.objects.get(pk=comment.pk).held_for) == ("held", "judge")
    assert counted(article.pk) == (0, 0)


def test_an_edit_of_a_redacted_comment_waits_for_a_person(article):
    comment = make_comment(article, text=PLAIN)
    redact_comment(comment_id=comment.pk, spans=[[4, 11]])
    assert edit(comment).held_for == "moderator"
    after = Comment.objects.get(pk=comment.pk)
    assert (after.redactions, after.html) == ([], f'<p dir="auto">{MENDED}</p>')


@pytest.mark.row("DIS-06")
def test_where_a_person_reads_before_others_do_a_new_text_waits_as_well(article):
    comment, staff = make_comment(article), make_comment(article, author=make_reader(is_staff=True))
    set_thread_mode(article_id=article.pk, mode="premoderated")
    assert edit(comment).held_for == "mode"
    assert edit(staff, "The newsroom corrects itself here.").state == "visible"
    set_thread_mode(article_id=article.pk)
    assert edit(comment, "And now in an open discussion.").held_for == "mode", "it still waits for a person"
    assert_counters_are_true(article.pk)


@pytest.mark.row("DIS-06")
def test_a_new_account_whose_comment_was_let_through_waits_again_with_another_text(article):
    comment, other = make_comment(article), make_comment(article)
    set_thread_mode(article_id=article.pk, shield_hours=1)
    assert edit(comment).held_for == "shield"
    assert edit(other, now=clock.now() + timedelta(hours=2)).state == "visible"


def test_nobody_edits_or_deletes_anothers_and_nobody_learns_that_it_is_there(article):
    comment, other = make_comment(article), make_reader()
    hold_comment(comment_id=comment.pk)
    for author_id, comment_id in ((other.pk, comment.pk), (other.pk, 10**9)):
        assert refused(edit_comment, author_id=author_id, comment_id=comment_id, text=MENDED, now=clock.now()) == (
            "no-such-comment"
        )
        assert refused(withdraw_comment, author_id=author_id, comment_id=comment_id) == "no-such-comment"
    assert Comment.objects.get(pk=comment.pk).text == comment.text


def test_who_is_blocked_edits_nothing_but_may_delete(article):
    comment = make_comment(article)
    bar_reader(reader_id=comment.author_id, thread_id=article.pk, until=None, sanction_id=1)
    assert refused(edit, comment) == "barred"
    Reader.objects.filter(pk=comment.author_id).update(block="final")
    assert refused(edit, comment) == "blocked"
    withdraw_comment(author_id=comment.author_id, comment_id=comment.pk)
    assert Comment.objects.get(pk=comment.pk).state == "withdrawn"


def test_a_deleted_comment_keeps_its_place_and_its_replies(article):
    root = make_comment(article)
    reply = make_comment(article, parent_id=root.pk)
    for _time in range(2):
        withdraw_comment(author_id=root.author_id, comment_id=root.pk)
    after = Comment.objects.get(pk=root.pk)
    assert (after.state, after.placed, after.replies) == ("withdrawn", True, 1)
    assert counted(article.pk) == (1, 0)
    assert FactRecord.objects.filter(name="CommentWithdrawn").count() == 1
    assert FactRecord.objects.get(name="CommentWithdrawn").keys == [f"thread:{article.pk}", f"discussion:{article.pk}"]
    withdraw_comment(author_id=reply.author_id, comment_id=reply.pk)
    assert_counters_are_true(article.pk)
    assert refused(edit, root) == "deleted"


def test_what_the_newsroom_removed_is_neither_edited_nor_deleted_by_its_author(article):
    comment = make_comment(article)
    remove_comment(comment_id=comment.pk)
    assert refused(edit, comment) == "deleted"
    assert refused(withdraw_comment, author_id=comment.author_id, comment_id=comment.pk) == "removed"

"""Comments are exported whole, and erased with their account: blanked or anonymised, and the thread keeps its shape."""

from datetime import timedelta

import pytest
from django.db import connection

from broadsheet.discussion.actions.bar_reader import bar_reader
from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.follow_thread import follow_thread
from broadsheet.discussion.actions.ignore_reader import ignore_author
from broadsheet.discussion.actions.put_back import put_back
from broadsheet.discussion.actions.redact_comment import redact_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.models import Bar, Comment, FindingRow, Follow, Ignored, Judgement, TextVersion
from broadsheet.discussion.queries.thread_pages import thread_page
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.personal_data import holdings
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_account
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN, assert_counters_are_true, make_comment

pytestmark = [pytest.mark.row("ACC-07", "ACC-10"), pytest.mark.django_db]
WORD = "quillwort"


def rows(name: str, reader_id: int) -> list[dict]:
    return list(next(one for one in holdings() if one.name == name).rows(reader_id))


def erase(reader) -> None:
    now = clock.now()
    delete_account(reader_id=reader.pk, edition="en", now=now)
    assert erase_account(reader_id=reader.pk, now=now + timedelta(days=31))


def stands_anywhere(word: str) -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if word in str(cursor.fetchall()).lower():
                found.add(table)
    return found


@pytest.fixture
def talker(article):
    """A reader who wrote, edited and was held, redacted and removed, with answers below."""
    reader = make_reader(display_name=WORD.title())
    root = make_comment(article, reader, text=f"{WORD.title()} said so at the harbour.")
    make_comment(article, parent_id=root.pk)
    edited = make_comment(article, reader, text=f"Ask {WORD.title()} at the ferry office.")
    edit_comment(author_id=reader.pk, comment_id=edited.pk, text=PLAIN, now=clock.now())
    make_comment(article, reader, text=f"{FOUL} Says {WORD}.")
    gone = make_comment(article, reader, text=f"{WORD.title()} will not have it.")
    remove_comment(comment_id=gone.pk)
    redacted = make_comment(article, reader, text=f"{WORD.title()} writes about the old bridge.")
    redact_comment(comment_id=redacted.pk, spans=[[0, len(WORD)]])
    return reader


def test_everything_written_is_exported_with_its_address_and_what_it_said_before(article, talker):
    found = rows("discussion.comments", talker.pk)
    assert [one["state"] for one in found] == ["visible", "visible", "held", "removed", "visible"]
    assert found[1]["earlier_texts"][0]["text"].startswith("Ask")
    assert "PROFANITY" in {one["clause"] for one in found[2]["noticed_by_the_judge"]}
    for one in found:
        assert one["address"].startswith("http")
        assert one["address"].endswith(f"/comment/{one['comment']}/")
    assert rows("discussion.comments", make_reader().pk) == []


@pytest.mark.parametrize("how", ["blank", "anonymise", "nonsense"])
def test_erased_comments_hold_no_word_or_no_author_and_replies_keep_their_thread(article, talker, settings, how):
    settings.ERASED_COMMENTS = how
    before = thread_page(article.pk)
    erase(talker)
    assert not Comment.objects.filter(author_id=talker.pk).exists()
    after = thread_page(article.pk)
    assert [item.comment.id for item in after.items] == [item.comment.id for item in before.items]
    assert all(item.comment.author is None for item in after.items)
    assert_counters_are_true(article.pk)
    assert not TextVersion.objects.exists()
    whole = [item.comment for item in after.items if item.comment.is_visible]
    if how == "anonymise":
        assert len(whole) == 3
        assert stands_anywhere(WORD) == {"discussion_comment"}
        assert Comment.objects.filter(text__icontains=WORD).count() == 1, "the one that all may read"
    else:
        assert whole == []
        assert stands_anywhere(WORD) == set()
        assert set(Comment.objects.filter(author_id=None).values_list("state", flat=True)) == {"withdrawn", "removed"}
    reply = Comment.objects.get(depth=1)
    assert Judgement.objects.filter(comment_id=reply.pk).exists()
    assert not FindingRow.objects.exclude(comment_id=reply.pk).exists()
    assert FactRecord.objects.filter(name="CommentsErased", payload__thread_id=article.pk).exists()


def test_what_was_erased_is_not_brought_back_by_undoing(article):
    comment = make_comment(article)
    inverses = [redact_comment(comment_id=comment.pk, spans=[[0, 3]]), remove_comment(comment_id=comment.pk)]
    erase(comment.author)
    for inverse in inverses:
        put_back(inverse=inverse)
    after = Comment.objects.get(pk=comment.pk)
    assert (after.text, after.html, after.author_id, after.state) == ("", "", None, "removed")


def test_what_one_follows_and_ignores_goes_with_the_account(article):
    reader, comment = make_reader(), make_comment(article)
    follow_thread(reader_id=reader.pk, article_id=article.pk, now=clock.now())
    ignore_author(reader_id=reader.pk, comment_id=comment.pk, now=clock.now())
    ignore_author(reader_id=comment.author_id, comment_id=make_comment(article, reader).pk, now=clock.now())
    bar_reader(reader_id=reader.pk, thread_id=article.pk, until=None, sanction_id=3)
    assert rows("discussion.follows", reader.pk)[0]["discussion"] == article.pk
    assert rows("discussion.ignored", reader.pk)[0]["user_id"] == comment.author.public_id
    assert rows("discussion.bars", reader.pk) == [{"discussion": article.pk, "until": None}]
    erase(reader)
    assert not Follow.objects.exists()
    assert not Ignored.objects.exists()
    assert not Bar.objects.exists()

"""Several processes at one thread: every counter is true afterwards, and a post sent twice at once is one comment."""

from uuid import uuid4

import pytest

from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.actions.put_back import put_back
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import put_mode_rule
from broadsheet.discussion.models import Comment
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from tests.at_once import at_once
from tests.factories.accounts import make_reader
from tests.factories.discussion import PLAIN, assert_counters_are_true, make_comment

pytestmark = [pytest.mark.row("DIS-02"), pytest.mark.django_db(transaction=True)]


def poster(article, author, key=None, **fields):
    def post() -> object:
        values = {"key": key or uuid4(), "now": clock.now(), **fields}
        try:
            return post_comment(author_id=author.pk, article_id=article.pk, text=PLAIN, **values).comment_id
        except Refused as refused:
            return refused.refusal.code

    return post


def test_a_post_sent_many_times_at_once_is_one_comment(article):
    author, key = make_reader(), uuid4()
    numbers = at_once(*[poster(article, author, key) for _time in range(6)])
    assert len(set(numbers)) == 1
    assert Comment.objects.count() == FactRecord.objects.filter(name="CommentPosted").count() == 1
    assert_counters_are_true(article.pk)


def test_first_comments_replies_and_removals_at_once_are_all_counted(article):
    authors = [make_reader() for _number in range(6)]
    at_once(*[poster(article, author) for author in authors])
    root, gone = Comment.objects.order_by("pk")[:2]

    def remove() -> object:
        inverse = remove_comment(comment_id=gone.pk)
        put_back(inverse=inverse)
        return remove_comment(comment_id=gone.pk)

    at_once(remove, *[poster(article, author, parent_id=root.pk) for author in authors])
    assert Comment.objects.filter(root_id=root.pk).count() == 6
    assert_counters_are_true(article.pk)


def test_slow_mode_lets_one_of_many_through(article):
    author = make_reader()
    put_mode_rule(scope="site", slow_seconds=60)
    found = at_once(*[poster(article, author) for _time in range(5)])
    assert sorted(map(str, found))[1:] == ["slow-mode"] * 4
    assert Comment.objects.count() == 1


def test_numbers_ascend_in_the_order_in_which_a_thread_grew(article):
    make_comment(article)
    authors = [make_reader() for _number in range(6)]
    at_once(*[poster(article, author) for author in authors])
    posted = FactRecord.objects.filter(name="CommentPosted").order_by("id")
    numbers = [payload["comment_id"] for payload in posted.values_list("payload", flat=True)]
    assert numbers == sorted(numbers)

"""Who follows what, and whom one doesn't want to read."""

import pytest

from broadsheet.discussion.actions.follow_thread import follow_thread, unfollow_thread
from broadsheet.discussion.actions.ignore_reader import heed_reader, ignore_author
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.queries.following import followers_of, ignored_by, ignores, is_following
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from tests.factories.accounts import make_reader
from tests.factories.discussion import make_comment

pytestmark = [pytest.mark.row("DIS-10"), pytest.mark.django_db]


def test_a_thread_is_followed_once_also_before_anybody_commented(article):
    readers = [make_reader() for _number in range(3)]
    for reader in (*readers, readers[0]):
        follow_thread(reader_id=reader.pk, article_id=article.pk, now=clock.now())
    numbers = [reader.pk for reader in readers]
    assert followers_of(article.pk) == numbers
    assert followers_of(article.pk, after=numbers[0], limit=1) == [numbers[1]]
    unfollow_thread(reader_id=numbers[1], article_id=article.pk)
    assert [is_following(number, article.pk) for number in numbers] == [True, False, True]
    with pytest.raises(Refused):
        follow_thread(reader_id=numbers[0], article_id=10**9, now=clock.now())


def test_an_author_is_ignored_by_a_comment_that_shows_one(article):
    reader, comment = make_reader(), make_comment(article, make_reader(display_name="Vera"))
    for _time in range(2):
        assert ignore_author(reader_id=reader.pk, comment_id=comment.pk, now=clock.now()) == comment.author_id
    assert [face.name for face in ignored_by(reader.pk).values()] == ["Vera"]
    assert ignores(reader.pk, comment.author_id)
    assert not ignores(comment.author_id, reader.pk)
    heed_reader(reader_id=reader.pk, other_id=comment.author_id)
    assert ignored_by(reader.pk) == {}
    own = make_comment(article, reader)
    remove_comment(comment_id=comment.pk)
    for number in (own.pk, comment.pk, 10**9):
        with pytest.raises(Refused):
            ignore_author(reader_id=reader.pk, comment_id=number, now=clock.now())

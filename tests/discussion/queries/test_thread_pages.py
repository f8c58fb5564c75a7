"""Pages of a thread: every comment that has a place on exactly one of them, in a fixed number of questions."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion.actions.hold_comment import hold_comment
from broadsheet.discussion.actions.load_many import load_thread
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.thread_pages import (
    own_held,
    place_of,
    replies_page,
    thread_counts,
    thread_page,
)
from broadsheet.discussion.rules.keys import Sort
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.delete_account import delete_account
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, PLAIN, assert_counters_are_true, make_comment, make_seen
from tests.factories.newsroom import make_article

pytestmark = [pytest.mark.row("DIS-01"), pytest.mark.django_db]
ORDERS = {
    Sort.NEWEST: lambda row: -row[0],
    Sort.OLDEST: lambda row: row[0],
    Sort.DISCUSSED: lambda row: (-row[1], -row[0]),
}


def all_pages(article_id: int, sort: Sort, limit: int = 7) -> list:
    pages, after = [], None
    while True:
        pages.append(thread_page(article_id, sort=sort, after=after, limit=limit))
        after = pages[-1].next
        if after is None:
            return pages


@pytest.fixture
def crowded(article):
    """An article with 300 comments, some of them removed or withdrawn, and a held one between them."""
    list(load_thread(article_id=article.pk, comments=300, now=clock.now(), seed=3))
    make_comment(article, text=FOUL)
    return article


@pytest.mark.parametrize("sort", list(Sort))
def test_every_root_with_a_place_is_on_one_page_in_order_with_its_first_replies(crowded, sort):
    roots = Comment.objects.filter(thread_id=crowded.pk, depth=0, placed=True).values_list("pk", "replies")
    wanted = [pk for pk, _replies in sorted(roots, key=ORDERS[sort])]
    pages = all_pages(crowded.pk, sort)
    items = [item for page in pages for item in page.items]
    assert [item.comment.id for item in items] == wanted
    assert all(len(page.items) == 7 for page in pages[:-1])
    for item in items:
        below = list(
            Comment.objects.filter(root_id=item.comment.id, placed=True).order_by("pk").values_list("pk", "state")
        )
        first = len(item.replies)
        assert first == len(below) or 1 <= first <= 3
        assert [reply.id for reply in item.replies] == [pk for pk, _state in below[:first]]
        assert item.more == sum(state == "visible" for _pk, state in below[first:])
        assert item.more_after == (item.replies[-1].id if item.more else None)
    for page in pages:
        assert len(page.items[0].replies) == min(3, page.items[0].comment.replies) or page.items[0].more == 0
        visible = sum(reply.is_visible for item in page.items for reply in item.replies)
        assert visible <= len(page.items) + 2, "a page is no longer where every root has many replies"


@pytest.mark.row("PERF-05")
def test_a_page_of_busy_roots_shows_one_reply_of_most_and_permalinks_still_lead_to_each_comment(article):
    roots = [make_seen(article) for _root in range(6)]
    replies = {root.pk: [make_seen(article, parent_id=root.pk).pk for _reply in range(5)] for root in roots}
    page = thread_page(article.pk)
    shown = {item.comment.id: [reply.id for reply in item.replies] for item in page.items}
    newest, *others = [root.pk for root in reversed(roots)]
    assert shown[newest] == replies[newest][:3]
    assert all(shown[root] == replies[root][:1] for root in others)
    assert [item.more for item in page.items] == [5 - len(item.replies) for item in page.items]
    client = Client()
    for number in [one for below in replies.values() for one in below] + [root.pk for root in roots]:
        answer = client.get(f"/comment/{number}/", follow=True)
        tree = BeautifulSoup(answer.content, "lxml")
        assert tree.select_one(f"#comment-{number}"), "a permalink leads to a page that shows the comment"
    for item in page.items:
        rest, after = [], item.more_after
        while after is not None:
            found = replies_page(item.comment.id, after=after, limit=2)
            rest += [view.id for view in found.items]
            after = found.next
        assert shown[item.comment.id] + rest == replies[item.comment.id], (
            "what is spared is on the next page of replies"
        )


@pytest.mark.parametrize("sort", list(Sort))
def test_the_number_of_questions_is_fixed(crowded, sort):
    thread_page(crowded.pk, sort=sort)
    counts = set()
    for after in (None, all_pages(crowded.pk, sort)[2].next):
        for limit in (1, 20, 100):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                thread_page(crowded.pk, sort=sort, after=after, limit=limit)
            counts.add(len(asked))
            assert not any("OFFSET" in query["sql"] or "COUNT(" in query["sql"].upper() for query in asked)
    assert counts == {3}


def test_replies_are_found_page_by_page(crowded):
    root = Comment.objects.filter(depth=0).order_by("-replies").first()
    wanted = list(Comment.objects.filter(root_id=root.pk, placed=True).order_by("pk").values_list("pk", flat=True))
    assert len(wanted) > 4
    found, after = [], 0
    while after is not None:
        page = replies_page(root.pk, after=after, limit=2)
        found += [view.id for view in page.items]
        after = page.next
    assert found == wanted


@pytest.mark.parametrize("sort", list(Sort))
def test_a_permalink_opens_the_page_with_the_comment(crowded, sort):
    for comment in Comment.objects.filter(placed=True).order_by("pk")[::29]:
        place = place_of(comment.pk, sort)
        page = thread_page(place.article_id, sort=sort, after=place.key or None)
        assert page.items[0].comment.id == place.root_id
        if comment.root_id is None:
            assert place.root_id == comment.pk
        else:
            assert replies_page(place.root_id, after=place.after).items[0].id == comment.pk
    unseen = Comment.objects.filter(state="held", placed=False).values_list("pk", flat=True)
    assert unseen
    assert {place_of(number, sort) for number in unseen} == {None}
    assert place_of(10**12, sort) is None


def test_forged_keys_are_refused_and_far_ones_find_nothing(crowded):
    for key in ("x", "0", "1.2.3", "' OR 1=1 --"):
        with pytest.raises(Refused):
            thread_page(crowded.pk, after=key)
    assert thread_page(crowded.pk, after="1").items == ()
    assert thread_page(crowded.pk + 1).items == ()


@pytest.mark.row("DIS-04")
def test_a_held_comment_is_seen_by_its_author_alone(article):
    author = make_reader(display_name="Vera")
    held = make_comment(article, author, text=FOUL)
    assert thread_page(article.pk).items == ()
    (own,) = own_held(author.pk, article.pk)
    assert (own.id, own.held_for, own.author.name) == (held.pk, "judge", "Vera")
    assert "liar" in own.html
    assert own_held(make_reader().pk, article.pk) == []
    show_comment(comment_id=held.pk)
    assert own_held(author.pk, article.pk) == []
    assert "liar" in thread_page(article.pk).items[0].comment.html


@pytest.mark.row("DIS-03")
@pytest.mark.parametrize("gone", [remove_comment, hold_comment, None])
def test_what_is_gone_keeps_its_place_and_tells_neither_words_nor_author(article, gone):
    root = make_comment(article, make_reader(display_name="Vera"), text=PLAIN)
    reply = make_comment(article, parent_id=root.pk)
    assert thread_page(article.pk).items[0].replies[0].answers.name == "Vera"
    if gone:
        gone(comment_id=root.pk)
    else:
        withdraw_comment(author_id=root.author_id, comment_id=root.pk)
    (item,) = thread_page(article.pk).items
    assert not item.comment.is_visible
    assert (item.comment.html, item.comment.author, item.comment.held_for) == ("", None, "")
    assert item.replies[0].id == reply.pk
    assert item.replies[0].answers is None
    assert "Vera" not in repr(item)


@pytest.mark.row("ACC-07")
def test_the_author_of_a_deleted_account_is_hidden(article):
    author = make_reader(display_name="Vera")
    make_comment(article, author)
    delete_account(reader_id=author.pk, edition="en", now=clock.now())
    face = thread_page(article.pk).items[0].comment.author
    assert (face.name, face.avatar, face.is_hidden) == ("", "", True)


@pytest.mark.row("ART-07")
def test_articles_show_how_many_of_their_comments_are_visible(article):
    for _number in range(3):
        comment = make_comment(article)
    remove_comment(comment_id=comment.pk)
    other = make_article(article.get_parent().specific)
    assert thread_counts([article.pk, other.pk]) == {article.pk: 2, other.pk: 0}


def test_pages_are_answered_by_the_partial_indexes(crowded):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, whatever indexes they have")
    with CaptureQueriesContext(connection) as asked:
        for sort in Sort:
            for page in all_pages(crowded.pk, sort)[:2]:
                replies_page(page.items[0].comment.id)
    plans = set()
    with connection.cursor() as cursor:
        for query in asked:
            if "placed" in query["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                plans |= {row[-1] for row in cursor.fetchall() if "discussion_comment" in row[-1]}
    assert plans
    assert all("USING" in plan and "SCAN" not in plan for plan in plans), plans
    assert {name for plan in plans for name in plan.split() if name.startswith("discussion_b")} == {
        "discussion_by_time", "discussion_by_replies", "discussion_below_root",
    }  # fmt: skip


def test_what_is_loaded_is_counted_as_it_is(crowded):
    assert_counters_are_true(crowded.pk)
    assert Comment.objects.filter(thread_id=crowded.pk).values("depth").distinct().count() > 3

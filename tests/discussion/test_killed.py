"""Processes that are killed while they take comments: what was accepted is there, once and whole (DIS-02)."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.models import Comment, CommentFingerprint, Judgement
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from tests.factories.accounts import make_reader
from tests.factories.discussion import assert_counters_are_true, make_seen
from tests.notifications.sending import child, kill

pytestmark = [pytest.mark.row("DIS-02"), pytest.mark.django_db(transaction=True)]
EACH = 40  # comments that a process has before it; hardly one gets so far
BY_ONE = 20  # of them by one author, below the limit of ten minutes


@dataclass(frozen=True)
class Post:
    """What a browser sends, and sends again where no answer comes."""

    author: int
    article: int
    text: str
    key: UUID

    def send(self) -> int:
        return post_comment(
            author_id=self.author, article_id=self.article, text=self.text, key=self.key, insists=True, now=clock.now()
        ).comment_id


def sending(posts: list[Post], told: int) -> Callable[[], None]:
    def work() -> None:
        for post in posts:
            post.send()
            os.write(told, f"{post.key}\n".encode())  # accepted: the author reads so

    return work


def posts_of(article: int, turn: int) -> list[Post]:
    authors = [make_reader().pk for _author in range(EACH // BY_ONE)]
    return [
        Post(authors[at // BY_ONE], article, f"The ferry of {turn} past {at} left without us again.", uuid4())
        for at in range(EACH)
    ]


def killed_again_and_again(posts: list[Post], kills: int) -> set[UUID]:
    """Kill a process that posts so often, at any moment after its first comment; return what was accepted."""
    dice, (heard, told) = random.Random(), os.pipe()
    os.set_blocking(heard, False)
    accepted: set[UUID] = set()
    for turn in range(kills):
        before = Comment.objects.count()
        process = child(sending(posts[turn * EACH : (turn + 1) * EACH], told))
        end = time.monotonic() + 30
        while Comment.objects.count() == before and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(dice.uniform(0, 0.15))
        kill(process)
        assert Comment.objects.count() > before, "nothing was posted within half a minute"
        accepted |= {UUID(line) for line in os.read(heard, 10**6).decode().split()}
    os.close(heard)
    os.close(told)
    return accepted


@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_no_comment_is_lost_doubled_or_half_there_however_often_processes_are_killed(article, kills):
    known = make_seen(article)  # the judge's model is read once, before the processes are made
    posts = [post for turn in range(kills) for post in posts_of(article.pk, turn)]
    accepted = killed_again_and_again(posts, kills)
    there = dict(Comment.objects.exclude(pk=known.pk).values_list("key", "pk"))
    assert accepted <= set(there), "lost"
    assert len(there) == Comment.objects.count() - 1, "doubled"
    assert_whole({known.pk, *there.values()})
    assert_counters_are_true(article.pk)
    tried = [post for turn in range(kills) for post in posts[turn * EACH : turn * EACH + 12]]
    for post in tried:  # whoever got no answer sends the form once more
        assert post.send() == there.get(post.key, Comment.objects.order_by("-pk").values_list("pk", flat=True)[0])
    assert Comment.objects.count() == 1 + len({post.key for post in tried} | set(there))
    assert_whole(set(Comment.objects.values_list("pk", flat=True)))
    assert_counters_are_true(article.pk)
    print(f"{kills} kills, {len(there)} comments, {len(accepted)} of them accepted: none lost, none doubled")


def assert_whole(comments: set[int]) -> None:
    """Find of each comment, and of no other, what its posting causes."""
    posted = FactRecord.objects.filter(name="CommentPosted").values_list("payload__comment_id", flat=True)
    assert sorted(posted) == sorted(comments)
    assert set(Judgement.objects.values_list("comment_id", flat=True)) == comments
    assert set(CommentFingerprint.objects.values_list("comment_id", flat=True)) == comments

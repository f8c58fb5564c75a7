"""Comments of each month are counted once, in the edition's own calendar (MOD-11)."""

from datetime import UTC, date, datetime

import pytest

from broadsheet.discussion.actions.count_months import DELAY, count_months
from broadsheet.discussion.facts import CommentPosted
from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.accountability import CommentFigures, comment_figures, first_month
from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from tests.factories.accounts import make_reader
from tests.factories.discussion_judge import make_comment
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("MOD-11"), pytest.mark.django_db(transaction=False)]


@pytest.fixture
def posted(db):
    """Return a function that posts a comment at that moment, in an edition of Cairo, two hours ahead."""
    article = make_article(make_section(make_edition(time_zone="Africa/Cairo")))
    author = make_reader()

    def post(at: datetime, state: str = "visible") -> Comment:
        comment = make_comment(article, author, f"Words of {at}.")
        Comment.objects.filter(pk=comment.pk).update(created_at=at)
        announce(
            CommentPosted(comment_id=comment.pk, thread_id=article.pk, edition_id=article.edition_id,
                          author_id=author.pk, state=state, outcome="publish")
        )  # fmt: skip
        return comment

    post.edition = article.edition_id
    post.author = author
    return post


def test_each_comment_counts_once_in_the_month_that_its_edition_had(posted):
    posted(datetime(2026, 10, 31, 21, 59, tzinfo=UTC))
    posted(datetime(2026, 10, 31, 22, 1, tzinfo=UTC))  # November there
    posted(datetime(2026, 11, 15, tzinfo=UTC), "held")
    assert count_months(now=clock.now()) == 0, "one that is young may follow one that isn't written yet"
    assert count_months(now=clock.now() + DELAY) == 3
    assert count_months(now=clock.now() + DELAY) == 0
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert comment_figures(posted.edition, october, october) == CommentFigures(1, 0)
    assert comment_figures(posted.edition, november, november) == CommentFigures(2, 1)
    assert comment_figures(posted.edition, october, november) == CommentFigures(3, 1)
    assert comment_figures(posted.edition + 1, october, november) == CommentFigures(0, 0)
    assert first_month(posted.edition) == october


def test_the_numbers_stay_when_the_comments_go(posted):
    posted(datetime(2026, 11, 15, tzinfo=UTC))
    count_months(now=clock.now() + DELAY)
    Comment.objects.all().delete()
    month = date(2026, 11, 1)
    assert comment_figures(posted.edition, month, month) == CommentFigures(1, 0)

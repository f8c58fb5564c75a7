"""What the judge is to know of a comment, in a fixed number of questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion.actions.keep_fingerprint import keep_fingerprint
from broadsheet.discussion.engines.judges import judge_comment
from broadsheet.discussion.handlers.clusters import forget
from broadsheet.discussion.queries.submissions import LATELY, RECENT, submission_for
from broadsheet.kernel import clock
from broadsheet.newsroom.facts import ArticlePublished
from broadsheet.newsroom.models import ArticlePage
from tests.factories.accounts import make_reader
from tests.factories.discussion_judge import make_comment
from tests.factories.newsroom import make_article, make_edition, make_section, paragraph

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.django_db]
WORDS = "The ferry timetable has improved a great deal since the spring, and I thank the harbour board."


@pytest.fixture
def article(db):
    section = make_section(make_edition("fr", name="La Marée", publisher="La Marée"))
    return make_article(section, "Le bac", body=[paragraph("<p>Il arrive <b>à l’heure</b>.</p>")])


def asked(article, author, **more):
    values = {"parent_id": None, "text": "Some words.", "now": clock.now(), **more}
    parent, text, now = values.pop("parent_id"), values.pop("text"), values.pop("now")
    return submission_for(author.pk, article.pk, parent, text, now, edition_id=article.edition_id, **values)


def test_article_parent_and_latest_comments_are_told(article):
    now, author, other = clock.now(), make_reader(), make_reader()
    parent = make_comment(article, other, "What do you think?")
    old = make_comment(article, author, "Long ago.", at=now - LATELY - timedelta(minutes=1))
    mine = make_comment(article, author, "A while ago.", at=now - timedelta(hours=1))
    found = asked(article, author, parent_id=parent.pk, now=now)
    assert (found.text, found.edition_language, found.author, found.at) == ("Some words.", "fr", str(author.pk), now)
    assert (found.article.title, found.article.language) == ("Le bac", "fr")
    assert "à l’heure" in found.article.body
    assert "<" not in found.article.body
    assert found.parent == "What do you think?"
    assert [(one.text, one.at, one.thread) for one in found.author_recent] == [
        (mine.text, mine.created_at, str(article.pk))
    ]
    assert old.text not in {one.text for one in found.author_recent}
    assert found.thread == str(article.pk)


def test_a_parent_of_another_thread_is_none(article):
    elsewhere = make_article(article.get_parent().specific, "Ailleurs")
    stranger = make_comment(elsewhere, make_reader(), "Over there.")
    assert asked(article, make_reader(), parent_id=stranger.pk).parent is None


def test_what_an_edited_comment_said_before_is_no_earlier_comment(article):
    author = make_reader()
    own, other = make_comment(article, author, "Mine."), make_comment(article, author, "Another.")
    found = asked(article, author, comment_id=own.pk)
    assert [one.text for one in found.author_recent] == [other.text]


def test_fingerprints_that_were_kept_come_with_the_latest_comments(article):
    author = make_reader()
    comment = make_comment(article, author, WORDS)
    judged = judge_comment(asked(article, author, text=WORDS), article.edition_id)
    keep_fingerprint(comment_id=comment.pk, edition_id=article.edition_id, judged=judged, at=comment.created_at)
    (recent,) = asked(article, author).author_recent
    assert recent.fingerprint == judged.fingerprint


def test_the_number_of_questions_does_not_grow(article):
    author, now = make_reader(), clock.now()
    parent = make_comment(article, make_reader(), "What do you think?")
    asked(article, author, parent_id=parent.pk)
    counts = []
    for number in (1, RECENT + 5):
        for _ in range(number):
            make_comment(article, author, WORDS, at=now)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = asked(article, author, parent_id=parent.pk)
        counts.append(len(queries))
    assert counts == [3, 3]
    assert len(found.author_recent) == RECENT


def test_an_article_that_changed_is_read_afresh(article):
    author = make_reader()
    assert asked(article, author).article.title == "Le bac"
    ArticlePage.objects.filter(pk=article.pk).update(title="Le nouveau bac")
    assert asked(article, author).article.title == "Le bac"  # remembered, until somebody says that it changed
    forget(
        ArticlePublished(article_id=article.pk, public_id=1, edition_id=1, section_id=1, first=False, at=clock.now()), 1
    )
    assert asked(article, author).article.title == "Le nouveau bac"


def test_an_article_that_is_gone_leaves_the_comment_without_one(article):
    ArticlePage.objects.filter(pk=article.pk).update(listed_at=None)
    found = asked(article, make_reader())
    assert found.article is None
    assert found.edition_language == "fr"

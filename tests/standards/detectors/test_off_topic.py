"""Off topic by meaning: what orders a queue. The specification's trial reached 0.73, with the parent 0.81 (area under ROC)."""

from dataclasses import replace

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Article, Submission
from tests.standards.fresh_sets import Case, half
from tests.standards.small_rulebook import Book, Clause, Use

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONLY = Book({"OFFTOPIC": Clause((Use("off_topic", 0.8),), "flag")})
ARTICLE = Article("Storm leaves thousands without power", "Trees brought down lines in three counties.")


def score(submission: Submission, senses: Senses) -> float:
    verdict = judge(submission, ONLY, senses)
    assert not verdict.not_scored
    return verdict.scores["OFFTOPIC"]


def area(cases: list[Case], senses: Senses) -> float:
    """Return the chance that a comment off topic scores higher than one on topic."""
    off = [score(case.submission, senses) for case in cases if case.found]
    on = [score(case.submission, senses) for case in cases if not case.found]
    return sum((a > b) + 0.5 * (a == b) for a in off for b in on) / (len(off) * len(on))


def test_comments_and_replies_are_ordered_by_how_far_they_are(whole: Senses) -> None:
    cases = half("off_topic", "measured")
    plain = [case for case in cases if not case.submission.parent]
    replies = [case for case in cases if case.submission.parent]
    assert (len(plain), len(replies)) == (80, 24)
    assert area(plain, whole) >= 0.81
    assert area(replies, whole) >= 0.73


def test_hardly_a_comment_on_topic_is_flagged(whole: Senses) -> None:
    on = [case.submission for case in half("off_topic", "measured") if not case.found]
    flagged = [one.text for one in on if score(one, whole) >= 0.8]
    assert len(flagged) <= 0.1 * len(on), flagged


def test_what_answers_its_parent_is_nearer_with_it(whole: Senses) -> None:
    text = "Mix the flour with warm water first and leave the dough to rise overnight, then it's never hard."
    alone = Submission(text, article=ARTICLE)
    answering = replace(
        alone, parent="My bread comes out of the oven hard as stone, what do I do wrong with the dough?"
    )
    assert score(answering, whole) < score(alone, whole)


@pytest.mark.parametrize(
    "submission",
    [
        Submission("Where is my parcel, then?", article=ARTICLE),
        Submission("The line to the valley was mended by noon and nobody told us a word about it."),
        Submission(
            "The line was mended by noon, and nobody told us.", language="en", article=replace(ARTICLE, language="fr")
        ),
    ],
)
def test_few_words_no_article_and_another_language_are_left_alone(submission: Submission, whole: Senses) -> None:
    assert "OFFTOPIC" not in judge(submission, ONLY, whole).scores


def test_an_empty_article_is_no_failure(whole: Senses) -> None:
    assert not judge(
        Submission("Eight words and more about nothing in particular today.", article=Article("")), ONLY, whole
    ).not_scored

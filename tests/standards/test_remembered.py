"""Comments judged one after the other: copies of earlier ones are found, where the lines say who wrote and when."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.standards.judging import LONGEST
from broadsheet.standards.remembered import Remembered
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from tests.standards.campaigns import campaign
from tests.standards.small_rulebook import Book, Clause, Use, broken

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BOOK = Book({"FLASHMOB": Clause((Use("copies", 0.7),)), "FLOOD": Clause((Use("flood"),))})


def judged(comments: list[Submission], senses: Senses) -> list[set[str]]:
    return [broken(one) for one in Remembered(senses).judge_many(comments, BOOK)]


def test_the_later_copies_of_a_mob_are_held_for_the_earlier_ones(senses: Senses) -> None:
    mob = [
        Submission(text, author=f"a{at}", at=NOW + timedelta(minutes=at), edition_language="fr")
        for at, text in enumerate(campaign("tramway")[:12])
    ]
    found = judged(mob, senses)
    assert found[0] == set()
    assert sum("FLASHMOB" in one for one in found[5:]) >= 6


def test_an_authors_own_comments_are_their_latest_and_no_mob(senses: Senses) -> None:
    same = [Submission("I am here.", author="me", at=NOW + timedelta(seconds=at)) for at in range(9)]
    assert judged(same, senses)[-1] == {"FLOOD"}


def test_what_a_line_brings_stands_and_what_it_lacks_is_not_made_up(senses: Senses) -> None:
    remembered = Remembered(senses)
    text = campaign("tramway")[0]
    for author, at in (("", NOW), ("me", None)):
        bare = Submission(text, author=author, at=at)
        assert remembered.filled(bare, Seen(text)) is bare
    long = Submission("x" * (LONGEST + 1), author="me", at=NOW)
    assert remembered.filled(long, Seen(long.text)) is long
    remembered.filled(Submission(text, author="you", at=NOW), Seen(text))
    own = (Earlier("Something of its own.", NOW, "t", "b"),)
    brought = Submission(text, author="me", at=NOW, neighbours=own, author_recent=own)
    assert remembered.filled(brought, Seen(text)) == brought
    lacking = remembered.filled(Submission(text, author="third", at=NOW), Seen(text))
    assert [one.author for one in lacking.neighbours] == ["you", "me"]
    assert all(one.text == "" for one in lacking.neighbours)

"""What an issue holds, however it is written and ordered (NOT-02)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from broadsheet.notifications.conf import MOST_PICKS
from broadsheet.notifications.rules.newsletters import (
    IssueContent,
    Picked,
    content_of_json,
    paragraphs,
    strange_hour,
    unready,
)

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.files]
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
picks = st.builds(Picked, st.integers(1, 10**17), st.text(max_size=20), st.text(max_size=20), st.booleans())
contents = st.builds(IssueContent, st.text(max_size=20), st.text(max_size=40), st.lists(picks, max_size=5).map(tuple))


@given(contents)
def test_what_is_stored_comes_back(content):
    assert content_of_json(content.as_json()) == content


@given(st.text())
def test_paragraphs_hold_every_word_in_order_and_no_empty_one(text):
    found = paragraphs(text)
    assert " ".join(found).split() == text.split()
    assert all(found)
    assert not any("\n" in one for one in found)


def test_empty_lines_part_paragraphs_and_single_ends_of_lines_do_not():
    assert paragraphs("One\ntwo.\n\n \nThree.\r\n\r\nFour.\n") == ["One two.", "Three.", "Four."]


class Ordering(RuleBasedStateMachine):
    """Articles added, removed and moved, beside a list that is told the same."""

    def __init__(self) -> None:
        super().__init__()
        self.content, self.order = IssueContent(), []

    @rule(number=st.integers(1, 60))
    def add(self, number):
        self.content = self.content.with_article(number)
        if number not in self.order and len(self.order) < MOST_PICKS:
            self.order.append(number)

    @rule(number=st.integers(1, 60))
    def remove(self, number):
        self.content = self.content.without_article(number)
        self.order = [one for one in self.order if one != number]

    @rule(number=st.integers(1, 60), steps=st.sampled_from([-MOST_PICKS, -1, 1, MOST_PICKS]))
    def move(self, number, steps):
        self.content = self.content.moved(number, steps)
        if number in self.order:
            at = self.order.index(number)
            self.order.remove(number)
            self.order.insert(max(0, min(len(self.order), at + steps)), number)

    @invariant()
    def is_what_was_asked_for(self):
        assert self.content.article_ids == self.order
        assert len(set(self.order)) == len(self.order) <= MOST_PICKS


TestOrdering = Ordering.TestCase


def test_own_words_move_with_their_article():
    content = IssueContent(picks=(Picked(1, "One"), Picked(2, "Two", "Why", with_picture=False)))
    assert content.moved(2, -1).picks == (Picked(2, "Two", "Why", with_picture=False), Picked(1, "One"))


@pytest.mark.parametrize(
    ("content", "public", "code"),
    [
        (IssueContent("", "", (Picked(1),)), {1}, "issue-no-subject"),
        (IssueContent("Good morning"), set(), "issue-empty"),
        (IssueContent("Good morning", "", (Picked(1), Picked(2))), {1}, "issue-not-public"),
        (IssueContent("Good morning", "", (Picked(1), Picked(2))), {1, 2}, None),
    ],
)
def test_what_is_missing_is_named(content, public, code):
    refusal = unready(content, public=public)
    assert (refusal.code if refusal else None) == code
    assert refusal is None or (refusal.what and refusal.why and refusal.remedy)


def test_the_latest_hour_is_thirty_days_away():
    assert strange_hour(NOW + timedelta(days=30), NOW) is None
    late = strange_hour(NOW + timedelta(days=30, seconds=1), NOW)
    assert late is not None
    assert late.code == "issue-too-late"

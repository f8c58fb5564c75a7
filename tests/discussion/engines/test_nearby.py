"""The memory of fingerprints: nothing is lost or doubled in whatever order rows are seen, and it stays small."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.engines.nearby import PATIENCE, WITHIN, Nearby, Row
from broadsheet.standards.clusters import Comment
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import Fingerprint

pytestmark = pytest.mark.row("MOD-01")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
TEXT = "The harbour board has to go, and every one of its seven members knows exactly why that is so."
OTHER = "Nobody asked the swimmers whether a new jetty, two lamps and a kiosk would do them any good at all."


def fingerprint(text=TEXT):
    return Fingerprint.of(Seen(text))


def row(number, text=TEXT, *, author="", id_="", at=NOW):
    return Row(number, Comment(id_ or f"c{number}", author or f"a{number}", "t", at, fingerprint(text)))


def ids(nearby, text=TEXT, at=NOW):
    return sorted(one.id for one in nearby.near(fingerprint(text), at))


def test_copies_are_found_and_others_are_not():
    nearby = Nearby()
    nearby.take([row(1), row(2, OTHER), row(3, TEXT.replace("seven", "eight"))], NOW)
    assert ids(nearby) == ["c1", "c3"]
    assert [one.author for one in nearby.copies_for(fingerprint(), "a1", NOW)] == ["a3"]


def test_of_copies_the_earlier_ones_can_be_asked_for():
    nearby = Nearby()
    nearby.take([row(number, at=NOW + timedelta(seconds=number)) for number in (1, 2, 3)], NOW)
    at = NOW + timedelta(seconds=2)
    assert sorted(one.id for one in nearby.near(fingerprint(), at, earlier=True)) == ["c1", "c2"]
    assert ids(nearby, at=at) == ["c1", "c2", "c3"]


@pytest.mark.parametrize(("away", "found"), [(WITHIN, ["c1"]), (WITHIN + timedelta(seconds=1), [])])
def test_a_copy_is_one_within_72_hours(away, found):
    nearby = Nearby()
    nearby.take([row(1)], NOW)
    assert ids(nearby, at=NOW + away) == found


def test_an_edited_comment_has_its_new_text_alone():
    nearby = Nearby()
    nearby.take([row(1)], NOW)
    nearby.take([row(2, OTHER, id_="c1")], NOW)
    assert (ids(nearby), ids(nearby, OTHER), len(nearby)) == ([], ["c1"], 1)
    assert nearby.known("c1").fingerprint == fingerprint(OTHER)


@given(st.permutations(range(2, 12)), st.data())
def test_whatever_is_seen_late_is_taken_once(order, data):
    """Rows become visible in any order; each time all that is wanted and visible is read."""
    nearby = Nearby()
    nearby.take([row(1)], NOW)
    visible = {1}
    for number in order:
        visible.add(number)
        if data.draw(st.booleans()):
            read(nearby, visible)
    read(nearby, visible)
    read(nearby, visible)
    assert ids(nearby) == sorted(f"c{number}" for number in range(1, 12))
    assert len(nearby) == 11


def read(nearby, visible):
    last, holes = nearby.wanted()
    nearby.take([row(number) for number in visible if number > last or number in holes], NOW)


def test_two_threads_that_read_the_same_take_it_once():
    nearby = Nearby()
    nearby.take([row(1)], NOW)
    nearby.take([row(2), row(3)], NOW)
    nearby.take([row(2), row(3)], NOW)
    assert ids(nearby) == ["c1", "c2", "c3"]


def test_a_number_that_never_comes_is_not_waited_for_for_ever():
    nearby = Nearby()
    nearby.take([row(1), row(5)], NOW)  # what was passed over at the beginning is long gone
    assert nearby.wanted() == (5, [])
    nearby.take([row(8)], NOW)
    assert nearby.wanted() == (8, [6, 7])
    nearby.take([], NOW + PATIENCE)
    assert nearby.wanted() == (8, [6, 7])
    nearby.take([], NOW + PATIENCE + timedelta(seconds=1))
    assert nearby.wanted() == (8, [])


def test_the_oldest_go_where_there_are_too_many():
    nearby = Nearby(most=16)
    for number in range(1, 40):
        nearby.take([row(number)], NOW)
    assert 16 <= len(nearby) <= 18
    assert ids(nearby)[-1] == "c39" or "c39" in ids(nearby)
    assert nearby.known("c1") is None
    assert nearby.known("c39") is not None
    nearby.take([row(40, OTHER, id_="c39")], NOW)
    assert ids(nearby, OTHER) == ["c39"]


def test_a_cluster_is_made_of_the_comments_copies():
    nearby = Nearby()
    nearby.take([*(row(number) for number in range(1, 7)), row(7, OTHER)], NOW)
    cluster = nearby.cluster_of("c6")
    assert sorted(one.id for one in cluster.comments) == [f"c{number}" for number in range(1, 7)]
    assert cluster.is_flash_mob
    assert len(nearby.cluster_of("c7").comments) == 1
    assert nearby.cluster_of("c8") is None


def test_a_process_begins_anew():
    nearby = Nearby()
    nearby.take([row(1)], NOW)
    nearby.forget()
    assert (ids(nearby), nearby.wanted(), len(nearby)) == ([], (0, []), 0)

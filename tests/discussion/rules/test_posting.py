"""What keeps a comment from being posted or seen."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.discussion.conf import POSTED_AT_MOST, POSTED_WITHIN
from broadsheet.discussion.rules.modes import ModeNow
from broadsheet.discussion.rules.posting import (
    Author,
    Earlier,
    held_for,
    refuse_mode,
    refuse_pace,
    refuse_parent,
    refuse_text,
    slowed,
)

pytestmark = [pytest.mark.row("DIS-02", "DIS-06"), pytest.mark.files]
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OLD, NEW = Author(NOW - timedelta(days=400)), Author(NOW - timedelta(hours=1))
STAFF = Author(NOW, is_staff=True)
MINUTE = timedelta(minutes=1)


def test_a_text_has_from_one_to_so_many_characters():
    assert refuse_text("", 10).code == "empty"
    assert refuse_text("a", 10) is None
    assert refuse_text("a" * 10, 10) is None
    assert refuse_text("a" * 11, 10).code == "too-long"


@pytest.mark.parametrize(
    ("mode", "author", "code"),
    [("open", OLD, None), ("premoderated", OLD, None), ("closed", OLD, "closed"), ("trusted", OLD, "trusted-only"),
     ("trusted", Author(OLD.registered_at, is_trusted=True), None), ("closed", STAFF, None), ("trusted", STAFF, None)],
)  # fmt: skip
def test_modes_refuse(mode, author, code):
    refusal = refuse_mode(ModeNow(mode), author)
    assert (refusal.code if refusal else None) == code


def test_slow_mode_counts_from_the_latest_comment_in_the_same_thread():
    earlier = [Earlier(1, NOW - 2 * MINUTE), Earlier(1, NOW - timedelta(seconds=30)), Earlier(2, NOW)]
    assert refuse_pace(earlier, 1, MINUTE, NOW).code == "slow-mode"
    assert "30 seconds" in refuse_pace(earlier, 1, MINUTE, NOW).remedy
    assert refuse_pace(earlier, 1, timedelta(seconds=30), NOW) is None
    assert refuse_pace(earlier, 3, MINUTE, NOW) is None
    assert refuse_pace(earlier, 1, timedelta(0), NOW) is None


def test_nobody_posts_more_than_so_many_in_all_threads_together():
    step = POSTED_WITHIN / POSTED_AT_MOST
    earlier = [Earlier(number, NOW - step * number - timedelta(seconds=1)) for number in range(POSTED_AT_MOST)]
    assert refuse_pace(earlier, 99, timedelta(0), NOW).code == "too-many"
    assert refuse_pace(earlier[1:], 99, timedelta(0), NOW) is None


def test_whom_the_judge_asks_to_be_slowed_waits_longer():
    assert slowed(ModeNow("open"), "publish") == timedelta(0)
    assert slowed(ModeNow("open"), "slow") > timedelta(0)
    assert slowed(ModeNow("open", timedelta(hours=1)), "slow") == timedelta(hours=1)


def test_only_what_is_visible_in_the_same_thread_is_answered():
    assert refuse_parent("visible", same_thread=True) is None
    for state in ("held", "removed", "withdrawn", None):
        assert refuse_parent(state, same_thread=True).code == "parent-gone"
    assert refuse_parent("visible", same_thread=False).code == "parent-gone"


@pytest.mark.row("STD-02")
@pytest.mark.parametrize(
    ("mode", "author", "outcome", "why"),
    [
        (ModeNow("open"), OLD, "publish", ""),
        (ModeNow("open"), OLD, "warn", ""),
        (ModeNow("open"), OLD, "flag", ""),
        (ModeNow("open"), OLD, "slow", ""),
        (ModeNow("open"), OLD, "hold", "judge"),
        (ModeNow("open"), OLD, "not_scored", "not_scored"),
        (ModeNow("open"), STAFF, "not_scored", "not_scored"),
        (ModeNow("open"), STAFF, "hold", "judge"),
        (ModeNow("premoderated"), OLD, "publish", "mode"),
        (ModeNow("premoderated"), STAFF, "publish", ""),
        (ModeNow("open", shield=timedelta(hours=2)), NEW, "publish", "shield"),
        (ModeNow("open", shield=timedelta(hours=1)), NEW, "publish", ""),
        (ModeNow("open", shield=timedelta(hours=2)), NEW, "hold", "judge"),
    ],
)
def test_what_waits_for_a_person(mode, author, outcome, why):
    assert held_for(mode, author, outcome, NOW) == why


def test_what_was_posted_before_the_clock_was_put_back_keeps_nobody_waiting():
    ahead = [Earlier(1, NOW + timedelta(hours=1))] * POSTED_AT_MOST
    assert refuse_pace(ahead, 1, MINUTE, NOW) is None
    assert refuse_pace([*ahead, Earlier(1, NOW)], 1, MINUTE, NOW).code == "slow-mode"
    assert refuse_pace([Earlier(1, NOW + timedelta(seconds=5))], 1, MINUTE, NOW).code == "slow-mode", (
        "another machine's"
    )

"""Shares, areas, reliability and thresholds, against values worked out by hand and what holds of any scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.evaluation.figures import calibration_error, ranked, reliability, share, threshold

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
rows = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=2, max_size=40).filter(
    lambda those: len({true for true, _score in those}) == 2
)


def arrays(those):
    return np.array([true for true, _ in those]), np.array([score / 20 for _, score in those])


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_a_share_has_wilsons_interval(count, of, low, high) -> None:
    found = share(count, of)
    assert found is not None
    assert (found.value, round(found.low, 4), round(found.high, 4)) == (count / of, low, high)


def test_a_share_of_nothing_is_none() -> None:
    assert share(0, 0) is None


@given(st.integers(1, 500), st.data())
def test_a_share_lies_in_its_interval_and_more_rows_narrow_it(of, data) -> None:
    count = data.draw(st.integers(0, of))
    one, ten = share(count, of), share(count * 10, of * 10)
    assert one
    assert ten
    assert 0 <= one.low <= one.value <= one.high <= 1
    assert ten.high - ten.low < one.high - one.low


@pytest.mark.parametrize(
    ("truth", "scores", "roc", "area"),
    [
        ([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1], 3 / 4, 1 / 2 * 1 + 1 / 2 * 2 / 3),
        ([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1], 1, 1),
        ([0, 0, 1], [0.9, 0.8, 0.1], 0, 1 / 3),
        ([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], 1 / 2, 1 / 4),
        ([1, 0, 1, 0], [0.9, 0.9, 0.3, 0.1], 2.5 / 4, 1 / 2 * 1 / 2 + 1 / 2 * 2 / 3),
    ],
)
def test_areas_as_counted_by_hand(truth, scores, roc, area) -> None:
    found = ranked(np.array(truth, bool), np.array(scores, float))
    assert found is not None
    assert found.roc.value == pytest.approx(roc)
    assert found.precision_recall.value == pytest.approx(area)
    assert found.f1 is None


def test_f1_as_counted_by_hand() -> None:
    truth, found = np.array([1, 1, 1, 0, 0], bool), np.array([1, 1, 0, 1, 0], bool)
    counted = ranked(truth, np.arange(5.0), found)
    assert counted is not None
    assert counted.f1 is not None
    assert counted.f1.value == pytest.approx(2 / 3)  # precision 2/3, recall 2/3


@pytest.mark.parametrize("truth", [[1, 1], [0, 0]])
def test_there_is_no_area_where_all_rows_are_of_one_kind(truth) -> None:
    assert ranked(np.array(truth, bool), np.array([0.1, 0.9])) is None


@given(rows)
def test_areas_are_bounded_lie_in_their_intervals_and_are_the_same_again(those) -> None:
    truth, scores = arrays(those)
    found = ranked(truth, scores, scores > 0.5)
    assert found == ranked(truth, scores, scores > 0.5)
    assert found is not None
    assert found.f1 is not None
    for one in (found.roc, found.precision_recall, found.f1):
        assert 0 <= one.low <= one.value <= one.high <= 1 + 1e-12
    assert found.precision_recall.value >= truth.sum() / len(truth) / len(truth)


@given(rows)
def test_areas_depend_on_the_order_of_scores_alone(those) -> None:
    truth, scores = arrays(those)
    plain, bent = ranked(truth, scores), ranked(truth, np.exp(3 * scores) - 7)
    assert plain is not None
    assert bent is not None
    assert bent.roc.value == pytest.approx(plain.roc.value)
    assert bent.precision_recall.value == pytest.approx(plain.precision_recall.value)


@given(rows)
def test_turned_around_the_area_under_roc_is_the_rest(those) -> None:
    truth, scores = arrays(those)
    plain, turned = ranked(truth, scores), ranked(truth, -scores)
    assert plain is not None
    assert turned is not None
    assert plain.roc.value + turned.roc.value == pytest.approx(1)


@given(rows)
def test_the_area_under_roc_is_the_chance_that_a_true_row_stands_above_another(those) -> None:
    truth, scores = arrays(those)
    pairs = [(one > other) + (one == other) / 2 for one in scores[truth] for other in scores[~truth]]
    found = ranked(truth, scores)
    assert found is not None
    assert found.roc.value == pytest.approx(sum(pairs) / len(pairs))


def test_reliability_and_its_error_as_counted_by_hand() -> None:
    tenths = reliability(np.array([0, 1, 1, 1], bool), np.array([0.05, 0.05, 0.9, 1.0]))
    assert [(one.start, one.rows, one.true.count) for one in tenths] == [(0.0, 2, 1), (0.9, 2, 2)]
    assert tenths[1].score == pytest.approx(0.95)
    assert calibration_error(tenths) == pytest.approx((2 * 0.45 + 2 * 0.05) / 4)


@given(rows)
def test_every_row_is_in_one_tenth_and_the_error_is_bounded(those) -> None:
    truth, scores = arrays(those)
    tenths = reliability(truth, scores)
    assert sum(one.rows for one in tenths) == len(those)
    assert sum(one.true.count for one in tenths) == truth.sum()
    assert all(one.start <= one.score + 1e-12 <= one.start + 0.1 + 2e-12 for one in tenths)
    assert 0 <= calibration_error(tenths) <= 1


def test_a_threshold_as_counted_by_hand() -> None:
    scores = np.array([0.1, 0.2, 0.3, 0.4, 0.99])
    clean = np.array([True, True, True, True, False])
    assert threshold(scores, clean, 0.25).value == pytest.approx(0.301)  # one of four may reach it
    assert threshold(scores, clean, 0).value == pytest.approx(0.401)
    assert threshold(scores, clean, 1).value == 0
    chosen = threshold(scores, clean, 0.25).wrong
    assert (chosen.count, chosen.of) == (1, 4)


def test_no_threshold_helps_where_too_many_clean_rows_score_one() -> None:
    found = threshold(np.ones(4), np.ones(4, bool), 0.5)
    assert found.value is None
    assert found.wrong.count == 4


def test_there_is_no_threshold_without_clean_rows() -> None:
    with pytest.raises(ValueError, match="no clean row"):
        threshold(np.array([0.5]), np.array([False]), 0.1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.floats(0, 1))
def test_a_threshold_is_the_smallest_thousandth_that_keeps_the_rate(scores, rate) -> None:
    values = np.array(scores)
    found = threshold(values, np.ones(len(values), bool), rate)
    assert found.wrong.low <= found.wrong.value <= found.wrong.high
    if found.value is None:
        assert (values >= 1).mean() > rate
        return
    assert (values >= found.value).mean() <= rate + 1e-9
    assert found.wrong.count == (values >= found.value).sum()
    step = round(found.value * 1000)
    assert step == 0 or (values >= (step - 1) / 1000).mean() > rate

"""Intervals and areas against published figures and plain counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.learning.measures import auroc, share, surprise

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.files]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe 1998, table I, method 3 (Wilson): 81/263, 15/148, 0/20, 1/29.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_have_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    found = share(hits, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_of_nothing_everything_is_possible() -> None:
    assert (share(0, 0).low, share(0, 0).high) == (0.0, 1.0)
    assert (auroc(np.zeros(3), np.ones(3, bool)).low, auroc(np.zeros(3), np.ones(3, bool)).high) == (0.0, 1.0)


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=30))
def test_the_area_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    scores, labels = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows])
    if labels.all() or not labels.any():
        return
    pairs = [(a > b) + (a == b) / 2 for a in scores[labels] for b in scores[~labels]]
    found = auroc(scores, labels)
    assert found.value == pytest.approx(np.mean(pairs))
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.high - found.low > 0.05  # thirty rows never say more


def test_more_rows_make_the_interval_of_a_perfect_area_narrower_and_never_nothing() -> None:
    few, many = (auroc(np.arange(n, dtype=float), np.arange(n) >= n // 2) for n in (12, 400))
    assert (few.value, many.value) == (1.0, 1.0)
    assert few.low < many.low < 1.0


@pytest.mark.parametrize(("gained", "lost", "chance"), [(5, 0, 0.0625), (8, 2, 0.109375), (3, 3, 1.0), (0, 0, 1.0)])
def test_the_sign_test_counts_coins(gained: int, lost: int, chance: float) -> None:
    assert surprise(gained, lost) == surprise(lost, gained) == pytest.approx(chance)


def test_the_sign_test_of_thousands_meets_that_of_hundreds() -> None:
    assert surprise(530, 471) == pytest.approx(surprise(530, 470), abs=0.01)

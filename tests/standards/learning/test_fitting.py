"""The regression: it finds what made the labels, its probabilities come true, and rows left out say how good it is."""

import numpy as np
import pytest

from broadsheet.standards.learning.fitting import Rows, calibration, chance, fitted, folds_of

pytestmark = [pytest.mark.row("STD-05"), pytest.mark.files]
SIZE = 24


def made(seed: int, rows: int, *, flipped: float = 0.0, rare: float = 0.0) -> tuple[Rows, np.ndarray, np.ndarray]:
    """Return rows whose labels were drawn by known weights, those true weights, and the true log odds."""
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(rows, SIZE)) / np.sqrt(SIZE)
    weights = np.random.default_rng(1).normal(size=SIZE) * 4
    odds = features @ weights - rare
    labels = (draw.random(rows) < chance(odds)).astype(float)
    labels = np.where(draw.random(rows) < flipped, 1 - labels, labels)
    folds = folds_of(labels, draw.permutation(rows))
    return Rows(features, np.zeros(rows), labels, np.ones(rows), folds, SIZE, corrects=False), weights, odds


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("rare", [0.0, 2.0])
def test_probabilities_come_true_also_where_breaking_is_rare(rare: float) -> None:
    rows, weights, _ = made(3, 1500, rare=rare)
    fit = fitted(rows)
    assert likeness(fit.weights, weights) > 0.9
    assert np.mean(fit.unseen) == pytest.approx(np.mean(rows.labels), abs=0.03)
    fresh, _, odds = made(4, 1500, rare=rare)
    said = chance(fit.scale * (fresh.features @ fit.weights + fit.intercept) + fit.shift)
    for low, high in ((0, 0.2), (0.2, 0.5), (0.5, 1)):
        there = (said >= low) & (said < high)
        assert np.mean(said[there]) == pytest.approx(np.mean(chance(odds)[there]), abs=0.08)


def test_one_wrong_label_in_ten_hardly_turns_it() -> None:
    rows, weights, _ = made(5, 400, flipped=0.1)
    assert likeness(fitted(rows).weights, weights) > 0.8


def test_labels_of_chance_are_told_no_better_than_by_chance() -> None:
    rows, _, _ = made(6, 300)
    noise = np.random.default_rng(9).integers(0, 2, 300).astype(float)
    fit = fitted(Rows(rows.features, rows.starts, noise, rows.weights, rows.folds, SIZE, corrects=False))
    right = np.mean((fit.unseen >= 0.5) == (noise >= 0.5))
    assert 0.35 < right < 0.65  # in its own rows, it would find far more


def test_a_row_left_out_has_no_part_in_its_own_probability() -> None:
    rows, _, _ = made(7, 30)
    turned = rows.labels.copy()
    turned[4] = 1 - turned[4]
    first = fitted(rows)
    second = fitted(Rows(rows.features, rows.starts, turned, rows.weights, rows.folds, SIZE, corrects=False))
    # By itself in its fold: its label moves only the calibration of the others, through fits it took part in.
    assert second.unseen[4] == pytest.approx(first.unseen[4], abs=0.15)


def test_both_kinds_are_in_every_fold_and_small_sets_are_left_out_one_by_one() -> None:
    labels = np.array([1.0] * 12 + [0.0] * 88)
    folds = folds_of(labels, np.random.default_rng(0).permutation(100))
    assert all(labels[folds == fold].sum() >= 2 for fold in range(5))
    assert sorted(folds_of(labels[:30], np.arange(30))) == list(range(30))


def test_calibration_is_drawn_to_nothing_where_there_is_nothing_to_learn() -> None:
    assert calibration(np.zeros(0), np.zeros(0)) == pytest.approx((1.0, 0.0))
    scale, _ = calibration(np.array([3.0, -3.0]), np.array([1.0, 0.0]))
    assert 0.5 < scale < 1.5

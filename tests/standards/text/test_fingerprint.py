"""Fingerprints: small, the same again from their bytes, without the text, and alike where the texts are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import ALIKE, MEANING, Fingerprint, Fingerprints

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONE = "The council should keep the old swimming pool open until the new one in the north is finished."
OTHER = "My grandmother bakes bread every Friday, and nobody in the street can resist the smell of it."
meanings = st.integers(0, 2**32).map(lambda seed: np.random.default_rng(seed).normal(size=MEANING).astype(np.float32))
prints = st.builds(
    lambda text, meaning, model: Fingerprint.of(Seen(text), meaning, model) if model else Fingerprint.of(Seen(text)),
    st.text(max_size=80) | st.sampled_from([ONE, OTHER, ONE[:60] + OTHER[:40]]),
    meanings,
    st.integers(0, 2),
)


def alike(one: Fingerprint, other: Fingerprint) -> float:
    table = Fingerprints()
    table.append(other)
    return float(table.alike(one)[0])


@given(prints)
def test_comes_back_from_its_bytes_and_is_half_a_kilobyte(one: Fingerprint) -> None:
    stored = one.to_bytes()
    assert Fingerprint.from_bytes(stored) == one
    assert len(stored) == (516 if one.model else 132)


@given(st.binary(max_size=600))
def test_bytes_that_are_none_are_refused_or_come_back_the_same(stored: bytes) -> None:
    try:
        one = Fingerprint.from_bytes(stored)
    except ValueError:
        return
    assert one.to_bytes() == stored


@pytest.mark.parametrize("size", [0, 3, 131, 133, 515, 517])
def test_cut_or_lengthened_bytes_are_refused(size: int) -> None:
    whole = Fingerprint.of(Seen(ONE), np.ones(MEANING, np.float32), 1).to_bytes() + b"x"
    with pytest.raises(ValueError, match="bytes"):
        Fingerprint.from_bytes(whole[:size])


def test_another_form_is_refused() -> None:
    stored = Fingerprint.of(Seen(ONE)).to_bytes()
    with pytest.raises(ValueError, match="form"):
        Fingerprint.from_bytes(b"\xff" + stored[1:])


@given(prints, prints)
def test_likeness_has_no_direction_and_lies_between_nothing_and_all(one: Fingerprint, other: Fingerprint) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert alike(one, one) == (1 if one.words >= 8 else 0)


@given(meanings, st.integers(1, 5))
def test_a_meaning_counts_among_readings_of_the_same_encoder_alone(meaning: np.ndarray, more: int) -> None:
    one, other = (Fingerprint.of(Seen(text), meaning, 1) for text in (ONE, OTHER))
    assert alike(one, other) >= ALIKE
    assert alike(one, Fingerprint.of(Seen(OTHER), meaning, 1 + more)) < ALIKE
    assert alike(one, Fingerprint.of(Seen(OTHER))) < ALIKE
    assert alike(one, Fingerprint.of(Seen(OTHER), -meaning, 1)) < ALIKE


def test_a_meaning_of_another_size_or_by_no_encoder_is_refused() -> None:
    with pytest.raises(ValueError, match="384"):
        Fingerprint.of(Seen(ONE), np.ones(MEANING - 1, np.float32), 1)
    with pytest.raises(ValueError, match="version"):
        Fingerprint.of(Seen(ONE), np.ones(MEANING, np.float32), 0)


def test_rows_that_are_kept_are_what_is_compared_with() -> None:
    table = Fingerprints()
    for number in range(200):
        table.append(Fingerprint.of(Seen(f"{ONE} {number}" if number % 2 else OTHER)))
    table.keep(np.arange(1, 200, 2))
    table.append(Fingerprint.of(Seen(OTHER)))
    assert len(table) == 101
    assert list(table.alike(Fingerprint.of(Seen(ONE))) >= ALIKE) == [True] * 100 + [False]


@given(st.lists(prints, min_size=1, max_size=9), st.data())
def test_many_at_once_are_as_like_as_one_after_the_other(several: list[Fingerprint], data: st.DataObject) -> None:
    one_by_one = Fingerprints()
    for one in several:
        one_by_one.append(one)
    at_once = Fingerprints.of(several)
    assert len(at_once) == len(several)
    rows = np.array(data.draw(st.permutations(range(len(several)))), np.intp)
    expected = np.array([one_by_one.like(row)[rows] for row in rows])
    assert np.array_equal(at_once.among(rows), expected)
    assert np.array_equal(one_by_one.among(rows), expected)
    at_once.append(several[0])
    assert len(at_once) == len(several) + 1

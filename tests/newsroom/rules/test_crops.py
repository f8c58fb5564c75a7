"""Which part of a picture is shown at each ratio."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.conf import RATIOS
from broadsheet.newsroom.rules.crops import crop_for, fits_ratio, is_crop

pytestmark = pytest.mark.row("ART-04")


@dataclass
class Photo:
    width: int
    height: int
    crops: dict[str, list[int]] = field(default_factory=dict)
    focal: tuple[int, int, int, int] | None = None


def test_without_a_choice_the_largest_part_in_the_middle_is_shown():
    assert crop_for(Photo(1600, 1000), "16:9") == (0, 50, 1600, 950)
    assert crop_for(Photo(1600, 1000), "1:1") == (300, 0, 1300, 1000)
    assert crop_for(Photo(1000, 1600), "4:3") == (0, 425, 1000, 1175)


def test_the_focal_point_moves_the_part_as_far_as_the_picture_allows():
    assert crop_for(Photo(1600, 1000, focal=(100, 500, 10, 10)), "1:1") == (0, 0, 1000, 1000)
    assert crop_for(Photo(1600, 1000, focal=(700, 500, 10, 10)), "1:1") == (200, 0, 1200, 1000)
    assert crop_for(Photo(1600, 1000, focal=(1590, 990, 10, 10)), "1:1") == (600, 0, 1600, 1000)


def test_the_editors_choice_comes_first():
    assert crop_for(Photo(1600, 1000, crops={"16:9": [160, 90, 1120, 630]}), "16:9") == (160, 90, 1120, 630)


def test_free_is_the_whole_picture():
    assert crop_for(Photo(1600, 1000, focal=(1, 1, 1, 1)), "free") == (0, 0, 1600, 1000)


@pytest.mark.parametrize(
    "broken",
    [[0, 0, 5000, 5000], [10, 10, 10, 10], [500, 500, 100, 100], [0, 0, 10], [-5, 0, 100, 100], [], ["a", 0, 1, 1]],
)
def test_a_choice_that_lies_outside_counts_for_nothing(broken):
    assert crop_for(Photo(1600, 1000, crops={"1:1": broken}), "1:1") == (300, 0, 1300, 1000)


@given(
    width=st.integers(1, 12_000),
    height=st.integers(1, 12_000),
    ratio=st.sampled_from([*RATIOS, "free"]),
    focal=st.none() | st.tuples(*[st.integers(0, 12_000)] * 4),
    chosen=st.lists(st.integers(-100, 13_000), min_size=4, max_size=4),
)
def test_every_part_lies_inside_and_has_its_ratio(width, height, ratio, focal, chosen):
    x0, y0, x1, y1 = crop_for(Photo(width, height, {ratio: chosen}, focal), ratio)
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height
    if ratio != "free":
        wide, high = RATIOS[ratio]
        exact = (y1 - y0) * wide / high
        assert abs((x1 - x0) - exact) <= max(1, wide / high)


@given(side=st.integers(32, 4000), ratio=st.sampled_from(list(RATIOS)))
def test_what_is_shown_by_default_may_be_chosen(side, ratio):
    corners = crop_for(Photo(side * 2, side), ratio)
    assert is_crop(corners, side * 2, side)
    assert fits_ratio(corners, ratio)

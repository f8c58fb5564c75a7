"""Blocks on the page (PAGE-05)."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.rules.layout import bands


@dataclass(frozen=True)
class Block:
    type: str
    narrow: bool = False
    column: bool = False


GRID, LIST, NEWS, LEAD = Block("grid", narrow=True), Block("rail", column=True), Block("news"), Block("lead")


@pytest.mark.row("PAGE-05")
def test_news_stands_beside_what_reads_well_there():
    found = bands([LEAD, GRID, NEWS, GRID, Block("multimedia")])
    assert [band.kind for band in found] == ["whole", "split", "whole"]
    assert found[1].aside == NEWS
    assert found[1].blocks == [GRID, GRID]


@pytest.mark.row("PAGE-05")
def test_lists_that_follow_one_another_stand_side_by_side():
    found = bands([LIST, LIST, LIST])
    assert [(band.kind, len(band.blocks)) for band in found] == [("columns", 3)]


@given(st.lists(st.sampled_from([GRID, LIST, NEWS, LEAD]), max_size=12))
def test_nothing_is_lost_and_nothing_shown_twice(blocks):
    found = [b for band in bands(blocks) for b in [*band.blocks, *([band.aside] if band.aside else [])]]
    assert sorted(b.type for b in found) == sorted(b.type for b in blocks)

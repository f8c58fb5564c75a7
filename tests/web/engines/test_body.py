"""Bodies are written from their stored blocks (ART-02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.engines.body import Material, items, plain_words, render_body, wanted
from broadsheet.web.engines.richtext import Writer

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "items", "rows", "picture", "url", "level", "value", "type"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def write(*blocks, **material):
    return render_body(blocks, Material({}, {}, {}, Writer({}), **material))


@pytest.mark.row("ART-02")
def test_columns_of_figures_are_set_flush_and_words_are_not():
    rows = [["Match", "Score", "Where"], ["Final", "3–2", "Quayside"], ["Semi-final", "1–1", "Vane"]]
    table = write({"type": "table", "value": {"header": True, "rows": rows}})
    assert table.count('<td class="figure-cell">') == 2
    assert '<td class="figure-cell">3–2</td>' in table
    assert "<td>Quayside</td>" in table


def test_lists_are_read_in_both_stored_forms():
    assert items([{"type": "item", "value": 1, "id": "x"}, 2]) == [1, 2]


def test_what_a_body_refers_to_is_gathered():
    blocks = [
        {"type": "image", "value": {"picture": 3}},
        {"type": "gallery", "value": {"items": [{"type": "item", "value": {"picture": 4}}]}},
        {"type": "audio", "value": {"media": 5}},
        {"type": "related", "value": {"article": 6}},
        {"type": "paragraph", "value": '<p><a linktype="page" id="7">x</a><span data-notice="k">y</span></p>'},
    ]
    found = wanted(blocks)
    assert (found.pictures, found.media, found.articles, found.notices) == ({3, 4}, {5}, {6, 7}, ["k"])


def test_blocks_whose_objects_are_gone_leave_no_hole():
    gone = [
        {"type": "image", "value": {"picture": 3}},
        {"type": "audio", "value": {"media": 9}},
        {"type": "related", "value": {"article": 1}},
    ]
    assert write(*gone) == ""


def test_an_unknown_block_is_left_out():
    assert write({"type": "hologram", "value": "x"}, {"type": "paragraph", "value": "<p>a</p>"}) == "<p>a</p>"


def test_words_are_counted_in_paragraphs():
    assert (
        plain_words([{"type": "paragraph", "value": "<p>One <b>two</b></p>"}, {"type": "heading", "value": {}}])
        == "One two"
    )


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "hologram"]), VALUES), max_size=4))
def test_any_stored_text_gives_a_body(blocks):
    assert "<script" not in write(*({"type": kind, "value": value} for kind, value in blocks))

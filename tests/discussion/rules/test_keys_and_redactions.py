"""Keys of pages come from anywhere; parts of a text that are blacked out overlap and go beyond it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.rules.keys import After, Sort, key_before, read_key, write_key
from broadsheet.discussion.rules.redactions import joined

pytestmark = pytest.mark.files
SPANS = st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30)), max_size=8)


@pytest.mark.row("DIS-01")
@given(st.sampled_from(list(Sort)), st.text(max_size=30))
def test_a_key_is_read_or_refused(sort, key):
    found = read_key(sort, key)
    if found is not None:
        assert write_key(sort, found.id, found.replies) == key


@pytest.mark.row("DIS-01")
@given(st.sampled_from(list(Sort)), st.integers(2, 10**15), st.integers(0, 10**6))
def test_what_is_written_is_read(sort, root_id, replies):
    kept = replies if sort is Sort.DISCUSSED else 0
    assert read_key(sort, write_key(sort, root_id, replies)) == After(root_id, kept)
    assert read_key(sort, key_before(sort, root_id, replies)) is not None


@pytest.mark.parametrize("key", ["0", "-1", "1.", ".1", "1.0", "01", "9" * 19, "１", "1\n", "1 OR 1=1", "1.2.3"])
def test_forged_keys_are_none(key):
    assert read_key(Sort.NEWEST, key) is None
    assert read_key(Sort.DISCUSSED, key) is None


@pytest.mark.row("MOD-02")
@given(SPANS, st.integers(0, 25))
def test_parts_cover_what_was_marked_and_nothing_else(spans, length):
    found = joined(spans, length)
    marked = {at for start, end in spans for at in range(max(0, start), min(length, end))}
    assert {at for start, end in found for at in range(start, end)} == marked
    assert all(before[1] < after[0] for before, after in zip(found, found[1:], strict=False))
    assert joined(found, length) == found

"""When a published text has really changed."""

import pytest

from broadsheet.newsroom.rules.digest import content_digest, is_update

pytestmark = pytest.mark.row("ART-09")
BODY = [{"type": "paragraph", "id": "a", "value": "<p>One.</p>"}]


def test_block_ids_and_the_editors_keys_are_no_change():
    same = [{"type": "paragraph", "id": "b", "value": '<p data-block-key="x1y2z">One.</p>'}]
    assert content_digest("H", "S", BODY) == content_digest("H ", "S", same)


def test_ways_to_write_the_same_markup_are_no_change():
    first = [{"type": "paragraph", "value": "<p>A <em>b</em> <strong>c</strong><br>d</p>"}]
    second = [{"type": "paragraph", "value": "<p>A <i>b</i> <b>c</b><br/>d</p>"}]
    assert content_digest("H", "S", first) == content_digest("H", "S", second)


@pytest.mark.parametrize(
    ("headline", "standfirst", "body"),
    [("H2", "S", BODY), ("H", "S2", BODY), ("H", "S", [{"type": "paragraph", "value": "<p>Two.</p>"}]), ("H", "S", [])],
)
def test_other_words_are_a_change(headline, standfirst, body):
    assert content_digest("H", "S", BODY) != content_digest(headline, standfirst, body)


def test_the_time_moves_on_a_real_change_only():
    assert is_update(before="a", after="b", minor=False)
    assert not is_update(before="a", after="b", minor=True)
    assert not is_update(before="a", after="a", minor=False)
    assert not is_update(before="", after="a", minor=False)

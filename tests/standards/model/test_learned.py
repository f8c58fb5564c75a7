"""A learned head's file: read as it was written, refused as soon as anything in it changed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.standards.learning.learn import Start, learn
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import HeadError, LearnedHead, SwitchedOn, read, written
from broadsheet.standards.senses import Senses
from tests.standards.learning.stories import BEGUN, newsroom

pytestmark = [pytest.mark.row("STD-05"), pytest.mark.files]


@pytest.fixture(scope="module")
def head(whole: Senses) -> LearnedHead:
    assert isinstance(whole.encoder, Encoder)
    return learn(newsroom(6), "SPOILER", whole.encoder, start=Start(), made=BEGUN.date())


def test_a_head_is_read_as_it_was_written(head: LearnedHead) -> None:
    record = SwitchedOn("Mara", BEGUN, 36, 18, 20, "It sorts our queue — ça marche.", "worse")
    for one in (head, replace(head, switched_on=record), replace(head, base="insult", version=3)):
        assert read(written(one)) == one
    assert len(written(head)) < 20_000
    assert replace(head, switched_on=record).identity == head.identity
    assert replace(head, intercept=head.intercept + 0.1).identity != head.identity


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_head_with_any_sign_changed_is_refused(head: LearnedHead, data: st.DataObject) -> None:
    text = written(head)
    at = data.draw(st.integers(0, len(text) - 2))
    sign = data.draw(st.sampled_from('0123456789{}[]",.-eax\x00'))
    changed = text[:at] + sign + text[at + 1 :]
    if changed == text:
        return
    try:
        found = read(changed)
    except HeadError:
        return
    assert found == head  # a number written otherwise, such as 1e0 for 1.0, is the same number


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"form": "broadsheet-head/2"}', '{"form": "broadsheet-head/1"}']
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(HeadError):
        read(text)


def test_a_cut_file_is_refused(head: LearnedHead) -> None:
    with pytest.raises(HeadError, match="can't be read"):
        read(written(head)[:-40])


def test_numbers_that_are_none_are_refused(head: LearnedHead) -> None:
    for broken in (replace(head, intercept=float("nan")), replace(head, threshold=1.5)):
        with pytest.raises(HeadError):
            read(written(broken))


def test_the_file_says_what_it_is(head: LearnedHead) -> None:
    content = json.loads(written(head))["head"]
    assert content["clause"] == "SPOILER"
    assert (content["version"], content["made"]) == (1, "2026-11-01")
    assert content["counts"]["breaking"] == 6
    assert len(content["model"]) == 64

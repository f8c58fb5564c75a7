import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.text import Seen
from broadsheet.standards.text.lookalikes import LETTERS

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
# What Unicode has for letters that are none by category: flags, enclosed and squared letters, signs.
LETTER_LIKE = [
    sign for sign in map(chr, range(0x2100, 0x1F200)) if unicodedata.category(sign) == "So" and sign.translate(LETTERS) != sign
] + [chr(at) for at in range(0x1F1E6, 0x1F200)]  # fmt: skip


@given(
    st.lists(st.sampled_from([*LETTER_LIKE, *"fuck4@$ab1"]), min_size=1, max_size=12),
    st.sampled_from(["", " ", ".", "-"]),
)
def test_every_reading_stands_for_a_part_of_the_text(signs: list[str], between: str) -> None:
    seen = Seen(between.join(signs))
    for disguise in seen.disguises:
        assert 0 <= disguise.start < disguise.end <= len(seen.folded)
        assert disguise.reading


def test_flags_are_read_as_the_letters_they_are() -> None:
    text = "I tell you \U0001f1eb \U0001f1fa \U0001f1e8 \U0001f1f0 it"
    assert any(one.reading == "fuck" and seen_part(text, one.start, one.end) for one in Seen(text).disguises)


def seen_part(text: str, start: int, end: int) -> bool:
    """Say whether the part goes from the first flag letter to the last."""
    return Seen(text).span(start, end) == (text.index("\U0001f1eb"), text.index("\U0001f1f0") + 1)

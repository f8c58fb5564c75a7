"""Short codes are short, and each is one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.rules.short_codes import ALPHABET, LAST, code_of, number_of

pytestmark = pytest.mark.row("ART-06")


@given(st.integers(1, LAST))
def test_number_written_and_read_is_the_same(number: int) -> None:
    code = code_of(number)
    assert number_of(code) == number
    assert len(code) <= 6
    assert set(code) <= set(ALPHABET)


@given(st.text(max_size=8))
def test_text_is_a_code_only_if_it_is_the_code_of_its_number(text: str) -> None:
    number = number_of(text)
    assert number is None or code_of(number) == text


@pytest.mark.parametrize("number", [0, -1, LAST + 1])
def test_what_is_no_public_number_has_no_code(number: int) -> None:
    with pytest.raises(ValueError, match="ten digits"):
        code_of(number)

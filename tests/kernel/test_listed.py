"""Parts of a line are joined as their language joins them."""

import pytest
from django.utils import translation

from broadsheet.kernel.listed import listed

pytestmark = pytest.mark.row("ACC-11")


@pytest.mark.parametrize(("language", "line"), [("en", "a, b, c"), ("fr", "a, b, c"), ("ar", "a، b، c")])
def test_arabic_has_a_comma_of_its_own(language, line):
    with translation.override(language):
        assert listed(iter("abc")) == line


def test_one_part_needs_none():
    assert listed(["a"]) == "a"

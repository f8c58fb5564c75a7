"""Accent colours can be read on either paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.conf import TINT_DARK, TINT_LIGHT
from broadsheet.web.rules.accent import accent, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.row("PAGE-04")
@given(COLOURS)
def test_any_accent_is_readable_on_both_papers(colour):
    shades = accent(colour, paper=TINT_LIGHT, night=TINT_DARK)
    assert contrast(shades.light, TINT_LIGHT) >= 4.5
    assert contrast(shades.dark, TINT_DARK) >= 4.5
    assert contrast(shades.on_light, shades.light) >= 4.5
    assert contrast(shades.on_dark, shades.dark) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_that_is_readable_stays():
    assert accent("#8c1c2b", paper=TINT_LIGHT, night=TINT_DARK).light == "#8c1c2b"

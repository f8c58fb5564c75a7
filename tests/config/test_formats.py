"""How dates are written."""

from datetime import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

pytestmark = pytest.mark.row("MOD-02")
AT = datetime(2026, 12, 6, 15, 4)


@pytest.mark.parametrize("language", ["en", "en-gb", "en-us", "fr", "ar"])
@pytest.mark.parametrize("form", ["SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT", "DATE_FORMAT", "DATETIME_FORMAT"])
def test_the_day_comes_before_the_month_and_hours_count_to_24(language, form):
    with translation.override(language):
        written = date_format(AT, form)
    assert written.startswith(("6 ", "06/12/")), written
    assert "TIME" not in form or "15:04" in written

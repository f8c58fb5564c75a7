"""The day and number of an article come from its address, a day also from plain words, never by guessing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.rules.address import find_address
from broadsheet.importing.rules.dates import find_date, is_only_date

pytestmark = pytest.mark.row("ART-16", "ART-01")


@pytest.mark.parametrize(
    "text",
    [
        "https://gull.example/world/202401151234567890-a-quiet-street/",
        "/world/202401151234567890-a-quiet-street/",
        "Short link and https://gull.example/en/world/202401151234567890-a-quiet-street/ for friends",
        "https://gull.example/world/202401151234567890-a-quiet-street/?utm_source=x#y",
    ],
)
def test_an_address_tells_day_number_and_section(text: str) -> None:
    found = find_address(text)
    assert found is not None
    assert (found.section, found.published_on, found.public_id) == ("world", "2024-01-15", "1234567890")


@pytest.mark.parametrize(
    "text", ["/world/202413151234567890-a/", "/world/20240115-a/", "/world/2024011512345678901-a/", "no address", ""]
)
def test_other_numbers_are_no_address(text: str) -> None:
    assert find_address(text) is None


@given(day=st.dates(date(1970, 1, 1), date(2099, 12, 31)), number=st.integers(0, 9_999_999_999))
def test_every_day_and_number_comes_back(day: date, number: int) -> None:
    found = find_address(f"/world/{day:%Y%m%d}{number:010d}-slug/")
    assert found is not None
    assert (found.published_on, found.public_id) == (day.isoformat(), f"{number:010d}")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday, September 1, 2015", "2015-09-01"),
        ("sexta-feira, 22 de outubro de 2010 às 20:13", "2010-10-22"),
        ("2019-11-18T10:00:00Z", "2019-11-18"),
        ("13.04.2019", "2019-04-13"),
        ("1er mars 2020", "2020-03-01"),
        ("15 января 2021 года", "2021-01-15"),
        ("12 يناير 2022", "2022-01-12"),
        ("2020年3月4日", "2020-03-04"),
        ("03/04/2019", None),
        ("31 February 2019", None),
        ("yesterday", None),
    ],
)
def test_a_day_in_words_is_read_when_it_is_clear(text: str, day: str | None) -> None:
    assert find_date(text) == day


def test_a_line_of_nothing_but_a_date_is_told_from_a_sentence() -> None:
    assert is_only_date("Updated Nov. 19, 2019 8:21 am ET / Original Nov. 19, 2019 8:02 am ET")
    assert not is_only_date("On May 3, 2019 he went home")
    assert not is_only_date("In the morning")

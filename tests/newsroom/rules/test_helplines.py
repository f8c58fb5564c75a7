"""Where readers in danger find help: an edition's own lines, those of its country, an emergency number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.rules.helplines import SHIPPED, Helpline, emergency_number, helplines_of, read_helpline

pytestmark = pytest.mark.row("DIS-02")


def test_a_line_is_read_with_and_without_hours_and_address():
    assert read_helpline(" Listening | +33 (1) 22-33 | nights | https://listen.example/ ") == Helpline(
        "Listening", "+33 (1) 22-33", "nights", "https://listen.example/"
    )
    assert read_helpline("Listening|3114") == Helpline("Listening", "3114")
    assert Helpline("Listening", "+33 (1) 22-33").dialled == "+3312233"


@pytest.mark.parametrize(
    "row",
    ["", "Listening", "|3114", "Listening | call us", "Listening | 3114 | | javascript:alert(1)",
     "Listening | 3114 | | https://a.example/\" onclick", "A | 1 | b | https://c.example/ | d"],
)  # fmt: skip
def test_what_nobody_could_call_is_no_line(row):
    assert read_helpline(row) is None


def test_own_lines_stand_in_place_of_the_countrys():
    assert helplines_of("FR", "") == SHIPPED["FR"]
    assert helplines_of("fr", "") == SHIPPED["FR"]
    assert helplines_of("FR", "Ours | 1234\n\nnothing") == (Helpline("Ours", "1234"),)
    assert helplines_of("", "") == ()
    assert helplines_of("RO", "") == ()


def test_every_shipped_line_can_be_written_and_called():
    for country, lines in SHIPPED.items():
        assert emergency_number(country)
        for line in lines:
            assert read_helpline(f"{line.name} | {line.phone} | {line.hours} | {line.url}") == line


def test_the_emergency_number_is_the_countrys():
    numbers = {code: emergency_number(code) for code in ("FR", "GB", "us", "RO", "")}
    assert numbers == {"FR": "112", "GB": "999", "us": "911", "RO": "112", "": ""}


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(row):
    line = read_helpline(row)
    assert line is None or (line.name and line.dialled)

"""Picture credits are found in any place of a text and taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.rules.credits import (
    find_credits,
    format_credit,
    read_credit,
    split_trailing_credit,
    without_credits,
)
from broadsheet.importing.rules.page_result import Credit

pytestmark = pytest.mark.row("ART-16", "ART-03")

CASES = [
    ("© AP Photo / Jane Roe/Pool", Credit("AP Photo", None, "Jane Roe", True)),
    ("© AFP 2020 / JOHN DOE", Credit("AFP", 2020, "JOHN DOE")),
    ("© AFP 2020 / JOHN DOE A crowd gathers in Rome.", Credit("AFP", 2020, "JOHN DOE")),
    ("People walk in the rain. © AP Photo / Jane Roe", Credit("AP Photo", None, "Jane Roe")),
    ("© AP Photo / Jane Roe People walk in the rain.", Credit("AP Photo", None, "Jane Roe")),
    ("© AP Photo / Jane Roe\nPeople walk in the rain.", Credit("AP Photo", None, "Jane Roe")),
    ("© REUTERS / POOL", Credit("REUTERS", None, None, True)),
    ("© REUTERS", Credit("REUTERS")),
    (
        "(c) Agency / Jean-Pierre de la Tour/Pool The minister speaks",
        Credit("Agency", None, "Jean-Pierre de la Tour", True),
    ),
    ("© Getty Images 2019 / Ann O'Neil", Credit("Getty Images", 2019, "Ann O'Neil")),
    ("© AP Photo / Pool, Jane Roe", Credit("AP Photo", None, "Jane Roe", True)),
    ("Photo: Jane Roe/Getty Images", Credit("Getty Images", None, "Jane Roe")),
    ("A street (AP Photo/Jane Roe)", Credit("AP Photo", None, "Jane Roe")),
    ("(Photo: Anadolu Agency)", Credit("Anadolu Agency")),
    ("Crédit photo : Marie Curie/AFP", Credit("AFP", None, "Marie Curie")),
    ("Formica fusca, from file. Image: Mathias Krumbholz.", Credit(None, None, "Mathias Krumbholz")),
    ("© وكالة الفجر / فلان الفلاني", Credit("وكالة الفجر", None, "فلان الفلاني")),
    ("© Photo : Twitter / @jane_roe", Credit("Twitter", None, "@jane_roe")),
    ("© Photo. Mairie de Kermaden", Credit("Mairie de Kermaden")),
    ("© Фото : пресс-служба мэрии Заречья", Credit("пресс-служба мэрии Заречья")),
    ("© Foto / Prefeitura de Santa Luzia", Credit("Prefeitura de Santa Luzia")),
    ("© Jane Roe, AFP", Credit("AFP", None, "Jane Roe")),
    ("CC BY-SA 4.0 / Jane Roe / Old Harbour (cropped)", Credit("CC BY-SA 4.0", None, "Jane Roe")),
    ("CC0 / Jane Roe", Credit("CC0", None, "Jane Roe")),
    ("A barrel of brine. Credit...Jane Roe for The Ledger", Credit("The Ledger", None, "Jane Roe")),
    ("[A beetle | Bildquelle: picture alliance / dpa]", Credit("dpa", None, "picture alliance")),
]


@pytest.mark.parametrize(("text", "credit"), CASES)
def test_a_credit_is_taken_apart(text: str, credit: Credit) -> None:
    assert [found.credit for found in find_credits(text)] == [credit]


@pytest.mark.parametrize(
    "text",
    [
        "© 2026 The Daily Gull. All rights reserved.",
        "Copyright 2019 The Daily Gull",
        "The minister (left) speaks and/or listens.",
        "He took the photo himself.",
        "",
        "©",
    ],
)
def test_what_is_no_credit_is_left(text: str) -> None:
    assert find_credits(text) == ()


def test_the_caption_is_left_whole_without_its_credit() -> None:
    rest, found = without_credits("Tina McKenzie. Image: Australian Paralympic Committee.")
    assert rest == "Tina McKenzie."
    assert found[0].agency or found[0].author


def test_several_credits_in_one_line_are_all_found() -> None:
    text = "One. © AFP / JANE ROE Two people. © REUTERS / John Doe Three."
    assert [found.credit.agency for found in find_credits(text)] == ["AFP", "REUTERS"]
    assert without_credits(text)[0].startswith("One.")


def test_a_credit_at_the_end_needs_no_sign() -> None:
    rest, credit = split_trailing_credit("Burning stubble harms the air. Sakib Ali/Hindustan Times/Getty Images")
    assert rest == "Burning stubble harms the air."
    assert credit is not None
    assert credit.author == "Sakib Ali"
    assert credit.agency == "Hindustan Times/Getty Images"


def test_a_credit_of_its_own_element_needs_no_sign() -> None:
    assert read_credit("Jane Roe/Reuters") == Credit("Reuters", None, "Jane Roe")
    assert read_credit("Photograph by Jane Roe") == Credit(None, None, "Jane Roe")
    assert read_credit(" ") is None


WORD = st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


CREDITS = st.builds(
    Credit, agency=NAME, author=st.none() | NAME, year=st.none() | st.integers(1900, 2099), pool=st.booleans()
)
OTHER_WORDS = {"Pool", "Copyright", "Ltd", "Inc", "Photo", "Image", "Foto", "Bild"}


@given(CREDITS.filter(lambda credit: OTHER_WORDS.isdisjoint(f"{credit.agency} {credit.author}".split())))
def test_what_the_paper_prints_reads_back_the_same(credit: Credit) -> None:
    printed = format_credit(credit)
    assert [found.credit for found in find_credits(printed)] == [credit]
    assert [found.credit for found in find_credits(f"A quiet street.\n{printed}\nThe text goes on.")] == [credit]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    for found in find_credits(text):
        assert 0 <= found.start < found.end <= len(text)
    without_credits(text)
    read_credit(text)
    split_trailing_credit(text)

import pytest

from broadsheet.standards.text.tongue import chances, script_of

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
AMONG = frozenset({"en", "fr", "ar", "de"})


@pytest.mark.parametrize(
    "text", ["", "ok", "Ha ha!", "😀😀😀", "12345 67890 12345", "👍 yes", "@somebody_with_a_long_name #hashtagoflength"]
)
def test_too_little_to_tell(text: str) -> None:
    assert chances(text, AMONG) == {}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nobody asked us before the trees were cut down", "en"),
        ("Personne ne nous a demandé notre avis avant de couper les arbres", "fr"),
        ("Niemand hat uns gefragt, bevor die Bäume gefällt wurden", "de"),
        ("لم يسألنا أحد قبل قطع الأشجار في الشارع", "ar"),
    ],
)
def test_tells_the_shipped_languages(text: str, language: str) -> None:
    likely = chances(text, AMONG)
    assert max(likely, key=lambda name: likely[name]) == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("abc", "latin"),
        ("Привет мир", "cyrillic"),
        ("שלום", "hebrew"),
        ("مرحبا", "arabic"),
        ("日本語", "east asian"),
        ("123", ""),
    ],
)
def test_scripts(text: str, script: str) -> None:
    assert script_of(text) == script

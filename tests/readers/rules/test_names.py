"""Display names: readable, honest about their signs, nobody else's office."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.readers.rules.names import LONGEST, RESERVED, STAFF_WORDS, normal_name, refuse_name, skeleton

pytestmark = [pytest.mark.row("ACC-01"), pytest.mark.files]
PAPER = ("The Estuary", "Estuary", "المدّ", "La Marée", "Ada Vane")


def code(name: str) -> str:
    refusal = refuse_name(name, PAPER)
    return refusal.code if refusal else ""


@pytest.mark.parametrize(
    "name",
    [
        "Tom Wharf", "Anne-Marie O’Neill", "José Ñandú", "Łukasz Żółć", "Иван Петров", "Γιώργος", "محمد علي", "ليلى بنت سعيد",
        "田中 太郎", "タナカ太郎", "김철수", "שרה לוי", "J. R. R.", "r2d2", "Nguyễn Thị Hồng", "Ali علي", "Smith & Sons", "x",
        "7", "प्रिया", "Zoë_99", "Estelle", "Gulliver", "Edita", "Rémi (Lyon)",
    ],
)  # fmt: skip
def test_names_of_people_everywhere_are_taken(name):
    assert code(name) == ""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "name-empty"), ("   ", "name-empty"), ("...", "name-empty"), ("-", "name-empty"),
        ("a" * 41, "name-long"), ("نا" * 21, "name-long"),
        ("Tom\u200bWharf", "name-invisible"), ("Tom\u202eWharf", "name-invisible"), ("Tom\u2066Wharf\u2069", "name-invisible"),
        ("Tom\x00", "name-invisible"), ("Tom\nWharf", "name-invisible"), ("Tom\ufeff", "name-invisible"), ("Tom\u115f", "name-invisible"),
        ("Tom\u00ad", "name-invisible"), ("\u2800Tom", "name-invisible"), ("\U000e0041Tom", "name-invisible"),
        ("Tom\u3164Wharf", "name-invisible"),
        ("T" + "\u0301" * 5 + "om", "name-signs"), ("Tom <b>", "name-signs"), ("Tom ✓", "name-signs"), ("@tom", "name-signs"),
        ("https://x.example", "name-signs"), ("Tom 👑", "name-signs"),
        ("Pаul", "name-mixed"), ("Тоm", "name-mixed"), ("Ivan Иван", "name-mixed"), ("Αlpha", "name-mixed"), ("Tomعلي", "name-mixed"),
    ],
)  # fmt: skip
def test_what_nobody_can_read_or_see_through_is_refused(name, why):
    assert code(name) == why


@pytest.mark.parametrize(
    "name",
    [
        "Moderator", "MODERATOR", "moderator", "M0derat0r", "Moderatοr".replace("ο", "o"), "The Moderator", "Moderator Tim", "M o d e r a t o r",
        "Möderator", "ｍｏｄｅｒａｔｏｒ", "𝐌𝐨𝐝𝐞𝐫𝐚𝐭𝐨𝐫", "Mоdеrаtоr".translate(str.maketrans("оеа", "oea")), "rnoderator", "Admin", "4dmin", "Administrator_1",
        "Newsroom", "Modérateur", "Rédaction", "المشرف", "الإدارة", "اداره", "Anonymous", "Deleted", "Editor",
        "The Estuary", "the estuary", "TheEstuary", "Estuary", "Estuary News", "Official Estuary", "Es­tuary".replace("\u00ad", ""), "La Maree",
        "المدّ", "المد", "Ada Vane", "ADA VANE", "Ada-Vane", "Ada Vаne".replace("а", "a"), "AdaVane", "Аdа Vаnе".translate(str.maketrans("Ааe", "Aae")),
    ],
)  # fmt: skip
def test_what_could_be_taken_for_the_staff_is_refused(name):
    assert code(name) in {"name-imitates", "name-mixed"}


@pytest.mark.parametrize("word", [*STAFF_WORDS, *RESERVED])
def test_each_word_of_the_staff_is_refused_in_any_case_and_beside_others(word):
    for name in (word, word.upper(), f"Tom {word}", f"{word}-7"):
        assert code(name) == "name-imitates"


def test_whole_words_in_another_script_that_look_like_the_staff_are_refused():
    assert refuse_name("Реасе", ["Peace"]).code == "name-imitates"
    assert skeleton("раураl") == skeleton("paypal")


@given(st.text(max_size=80))
@example("ﷺ" * 40)
@example("e" + "\u0301" * 79)
@example("\ud800")
def test_any_text_gets_an_answer_and_what_is_taken_holds_what_is_promised(name):
    refusal = refuse_name(name, PAPER)
    if refusal is not None:
        assert refusal.what
        assert refusal.why
        assert refusal.remedy
        return
    kept = normal_name(name)
    assert 1 <= len(kept) <= 160
    assert not any(unicodedata.category(sign) in {"Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp", "So"} for sign in kept)
    assert refuse_name(kept, PAPER) is None, "what is kept is still taken"
    assert normal_name(kept) == kept


@given(st.text(alphabet="abcdefgh ßé", min_size=1, max_size=LONGEST))
def test_an_honest_name_looks_like_itself_however_it_is_written(name):
    wide = "".join(chr(ord(sign) + 0xFEE0) if "a" <= sign <= "z" else sign for sign in name)
    assert skeleton(wide) == skeleton(name) == skeleton(name.upper().lower())


@given(st.text(alphabet="abcdefghklnopstuvwxyz", min_size=6, max_size=12))
def test_no_reader_has_the_name_of_a_member_of_the_staff(name):
    for written in (name, name.upper(), name.title(), " ".join(name), name.replace("o", "0")):
        assert refuse_name(written, [name]) is not None or len(written) > LONGEST

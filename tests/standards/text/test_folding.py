import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.text.folding import fold

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
# Any signs at all, with more of those that hide words than chance would give.
hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("fuckFUCK \u200b\u200d\u202e\u2066\ufeff\u0301\u0489\ufe0f\xad\x00ßﬃ½ƒυк&;<b>٣إـ"),
        st.characters(categories=["Cs"]),
    ),
    max_size=60,
)


@given(hostile)
def test_every_part_of_the_folded_text_comes_from_a_part_of_the_original(text: str) -> None:
    form = fold(text)
    for at in range(len(form.text)):
        start, end = form.span(at, at + 1)
        assert 0 <= start < end <= len(text)
    starts = [form.span(at, at + 1)[0] for at in range(len(form.text))]
    assert starts == sorted(starts)


@given(hostile, st.data())
def test_the_part_named_folds_to_the_very_signs_it_stands_for(text: str, data: st.DataObject) -> None:
    form = fold(text)
    if not form.text:
        return
    start = data.draw(st.integers(0, len(form.text) - 1))
    end = data.draw(st.integers(start + 1, len(form.text)))
    a, b = form.span(start, end)
    if "<" not in text and "&" not in text:
        assert form.text[start:end] in fold(text[a:b]).text


@given(hostile)
def test_nothing_invisible_no_marks_no_capitals_are_left(text: str) -> None:
    for sign in fold(text).text:
        assert not unicodedata.combining(sign)
        assert unicodedata.category(sign) not in {"Cf", "Cs", "Lu", "Lt"} or sign.casefold() == sign
        assert sign == "\n" or unicodedata.category(sign) != "Cc"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ＦＵＬＬ", "full"),
        ("𝐛𝐨𝐥𝐝", "bold"),
        ("Straße", "strasse"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\xadhyphen", "softhyphen"),
        ("\u202eright", "right"),
        ("éÀç", "eac"),
        ("شَتْمٌ", "شتم"),
        ("أإآٱ", "اااا"),
        ("كـــلمة", "كلمه"),
        ("٠١٢", "012"),
        ("nul\x00l", "null"),
        ("w&#111;rd", "word"),
        ("w<b>or</b>d", "word"),
        ("a<p>b", "a b"),
        ("don’t", "don't"),
        ("", ""),
    ],
)
def test_reads_what_is_meant(text: str, read: str) -> None:
    assert fold(text).text == read


def test_spans_lead_through_entities_and_tags() -> None:
    form = fold("x f<b>u</b>&#99;k y")
    start = form.text.index("fuck")
    assert form.span(start, start + 4) == (2, 17)

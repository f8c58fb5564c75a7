"""Words, stems, queries and snippets of any text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.rules.query import parse
from broadsheet.search.rules.snippets import marked, snippet
from broadsheet.search.rules.words import fold, stem, stems, word_spans, words

pytestmark = [pytest.mark.row("ART-14"), pytest.mark.files]
LANGUAGES = st.sampled_from(["en", "fr", "ar", "de", "th", "xx", "pt-br"])


# Forms that the published Snowball vocabularies of each language map to one stem.
@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("connect", "connected", "connecting", "connection", "connections")),
        ("fr", ("continu", "continue", "continuer", "continua")),
        ("de", ("aufeinanderfolge", "aufeinanderfolgen", "aufeinanderfolgende")),
    ],
)
def test_forms_of_one_word_share_a_stem(language, forms):
    assert len({stem(form, language) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élysée", "elysee"),
        ("NAÏVE", "naive"),
        ("الأخبار", "الاخبار"),
        ("كِتَاب", "كتاب"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
    ],
)
def test_accents_case_and_vowel_marks_do_not_matter(one, other):
    assert fold(one) == fold(other)


@given(st.text(max_size=300), LANGUAGES)
def test_there_is_one_stem_for_each_word_and_none_is_empty_or_has_a_blank(text, language):
    found = stems(text, language)
    assert len(found) == len(word_spans(text)) == len(words(text))
    assert all(one and not re.search(r"\s", one) for one in found)


@given(st.text(max_size=300))
def test_spans_lie_in_the_text_in_order_and_cover_the_words(text):
    spans = word_spans(text)
    assert [text[a:b] for a, b in spans] == words(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_a, b), (c, _d) in zip(spans, spans[1:], strict=False))


@given(st.text(max_size=400), st.lists(LANGUAGES, min_size=1, max_size=3).map(tuple))
def test_any_query_is_understood_or_empty_and_bounded(text, languages):
    query = parse(text, languages)
    assert len(query.wanted) <= 12
    assert bool(query) == bool(query.wanted)


def test_phrases_and_excluded_words():
    query = parse('"first time" barrier -cup -"great flood"', ("en",))
    assert query.wanted == ((("first", "time"),), (("barrier",),))
    assert query.unwanted == ((("cup",),), (("great", "flood"),))


@given(st.text(max_size=500), st.data())
def test_marking_never_loses_or_adds_text_and_never_lets_markup_through(text, data):
    text_stems = stems(text, "en")
    wanted = frozenset(data.draw(st.lists(st.sampled_from(text_stems), max_size=3))) if text_stems else frozenset()
    out = marked(text, text_stems, wanted)
    assert html.unescape(re.sub(r"</?mark>", "", out)) == html.unescape(html.escape(text))
    assert not re.search(r"<(?!/?mark>)", out)
    assert len(re.findall("<mark>", out)) == sum(s in wanted for s in text_stems)


@given(st.lists(st.sampled_from(["tide", "harbour", "gate", "<b>", "&amp;", "river"]), min_size=1, max_size=200))
def test_a_snippet_shows_a_wanted_word_where_there_is_one(parts):
    text = " ".join(parts)
    text_stems = stems(text, "en")
    out = snippet(text, text_stems, frozenset({"gate"}))
    assert ("<mark>" in out) == ("gate" in text_stems)
    assert not re.search(r"<(?!/?mark>)", out)

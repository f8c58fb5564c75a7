"""The mark of a legal notice, in stored rich text and in the editor."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from broadsheet.newsroom.blocks.body import TEXT_FEATURES
from broadsheet.newsroom.engines.marking import mark_in
from broadsheet.newsroom.engines.markup import clean_inline, clean_markup, clean_stream

pytestmark = pytest.mark.row("ART-08")
MARK = '<span data-notice="front">Harrow Front</span>'


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>The Harrow Front said</p>", f"<p>The {MARK} said</p>"),
        (f"<p>{MARK} and Harrow Front</p>", f"<p>{MARK} and {MARK}</p>"),
        ("<p>a &amp; b <b>Harrow Front</b></p>", f"<p>a &amp; b <b>{MARK}</b></p>"),
        ('<p><a href="https://x.example">Harrow Front</a></p>', None),
        ("<p>Harrow <b>Front</b></p>", None),
        ("<p>nobody</p>", None),
        (
            '<p><span lang="fr">Harrow Front</span> Harrow Front</p>',
            f'<p><span lang="fr">Harrow Front</span> {MARK}</p>',
        ),
        ('<p data-block-key="ab1">x<br/>Harrow Front</p>', f'<p data-block-key="ab1">x<br/>{MARK}</p>'),
    ],
)
def test_the_first_unmarked_mention_is_marked(html, marked):
    assert mark_in(html, "front", "Harrow Front") == marked


def test_words_stay_words():
    html = "<p>&lt;i&gt; said</p>"
    assert mark_in(html, "k", "<i>") == '<p><span data-notice="k">&lt;i&gt;</span> said</p>'


@pytest.mark.parametrize(
    "html",
    [
        f"<p>The {MARK} said</p>",
        '<p>a <span lang="fr">mot</span> b</p>',
        '<p>a <span lang="ar" dir="rtl">كلمة</span></p>',
    ],
)
def test_the_editor_keeps_marks_and_languages(html):
    converter = ContentstateConverter(features=TEXT_FEATURES)
    state = converter.from_database_format(html)
    assert json.loads(state)["entityMap"]
    stored = converter.to_database_format(state)
    assert html.removeprefix("<p>").removesuffix("</p>") in stored


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p><a>a</a></p>"),
        ("<p><img src=x onerror=alert(1)>a</p>", "<p>a</p>"),
        ("plain text", "<p>plain text</p>"),
        ('<p><span data-notice="k" style="x">a</span></p>', '<p><span data-notice="k">a</span></p>'),
        ('<p><a href="article:1000000101">a</a></p>', '<p><a href="article:1000000101">a</a></p>'),
        ('<p><a linktype="page" id="3">a</a></p>', None),
        ("<div><p>a</p></div>", "<p>a</p>"),
        ("a\x00b", "<p>ab</p>"),
    ],
)
def test_markup_from_outside_is_cleaned(dirty, clean):
    made = clean_markup(dirty)
    assert made == clean if clean else ("linktype" in made and 'id="3"' in made)


def test_every_rich_text_of_a_body_is_cleaned_and_other_text_stays_text():
    bad = "<script>x</script>"
    blocks = clean_stream(
        [
            {"type": "paragraph", "value": f"<p>a{bad}</p>"},
            {"type": "fact_box", "value": {"title": bad, "text": f"b{bad}"}},
            {"type": "list", "value": {"ordered": False, "items": [f"c{bad}", {"type": "item", "value": f"d{bad}"}]}},
            {"type": "quote", "value": {"text": bad}},
        ]
    )
    assert blocks[0]["value"] == "<p>a</p>"
    assert blocks[1]["value"] == {"title": bad, "text": "<p>b</p>"}
    assert blocks[2]["value"]["items"] == ["<p>c</p>", {"type": "item", "value": "<p>d</p>"}]
    assert blocks[3]["value"] == {"text": bad}
    assert clean_inline(f"<p>e</p>{bad}") == "e"

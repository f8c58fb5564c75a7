"""Stored rich text becomes safe public markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from broadsheet.web.engines.richtext import Writer, notice_keys, page_links


def test_links_between_pages_are_resolved():
    writer = Writer({7: "/world/x/"})
    assert writer.write('<p>See <a linktype="page" id="7">this</a>.</p>') == '<p>See <a href="/world/x/">this</a>.</p>'


def test_a_link_to_a_withdrawn_page_is_no_link():
    assert Writer({}).write('<p><a linktype="page" id="7">this</a></p>') == "<p><a>this</a></p>"


def test_the_pages_and_notices_named_are_found_in_order():
    markup = '<p><a linktype="page" id="3">a</a><span data-notice="b">B</span><span data-notice="a">A</span></p>'
    assert page_links(markup) == {3}
    assert notice_keys(markup) == ["b", "a"]


@pytest.mark.row("ART-08")
def test_marks_are_linked_to_their_notes_and_numbered_by_name():
    writer = Writer({}, ["one", "two"])
    first = writer.write('<p><span data-notice="one">X</span> and <span data-notice="two">Y</span></p>')
    again = writer.write('<p><span data-notice="one">X</span></p>')
    assert 'id="mark-1" href="#notice-1"' in first
    assert 'href="#notice-2"' in first
    assert ">**</a>" in first
    assert 'id="mark-1"' not in again  # an id stands once on a page
    assert 'href="#notice-1"' in again


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<img src=x onerror="alert(1)">',
        '<p style="position:fixed">a</p>',
        '<a linktype="page" id="1" onmouseover="x()">a</a>',
        '<span data-notice="a&quot;onclick=&quot;x">A</span>',
        "<iframe src=https://other.example></iframe>",
    ],
)
def test_no_markup_can_act(markup):
    written = Writer({1: "/a/"}, ["a"]).write(markup).lower()
    for bad in ("<script", "onclick", "javascript:", "onerror", "style=", "onmouseover", "<iframe", "<img"):
        assert bad not in written


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300))
def test_any_text_gives_markup_without_scripts(text):
    written = Writer({}, []).write(text)
    tree = html.fragment_fromstring(written, create_parent=True)
    assert {element.tag for element in tree.iter()} <= {"div", "p", "b", "i", "em", "strong", "a", "br", "sup", "sub", "code", "span", "ul", "ol", "li", "h2", "h3", "h4", "hr"}  # fmt: skip

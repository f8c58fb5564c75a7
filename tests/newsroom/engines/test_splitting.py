"""What is pasted into one paragraph comes apart into blocks (ART-02)."""

import pytest

from broadsheet.newsroom.engines.splitting import split_blocks

pytestmark = pytest.mark.row("ART-02")


def paragraph(text: str) -> dict:
    return {"type": "paragraph", "id": "one", "value": text}


def shapes(text: str) -> list:
    return [(block["type"], block["value"]) for block in split_blocks([paragraph(text)])]


def test_headings_and_lists_stand_alone_in_their_order():
    assert shapes(
        '<p>a <a href="https://x.example/">b</a></p><h2>C <b>d</b></h2><p>e</p><ol><li>f</li><li>g</li></ol>'
    ) == [
        ("paragraph", '<p>a <a href="https://x.example/">b</a></p>'),
        ("heading", {"level": "2", "text": "C d"}),
        ("paragraph", "<p>e</p>"),
        ("list", {"ordered": True, "items": ["<p>f</p>", "<p>g</p>"]}),
    ]


def test_a_paragraph_without_them_is_not_touched():
    block = paragraph("<p>a &amp; b<br/>c</p>")
    assert split_blocks([block]) == [block]


def test_an_empty_heading_is_left_out_and_points_below_points_follow():
    assert shapes("<h3> </h3><ul><li>a<ul><li>b</li></ul></li></ul>") == [
        ("list", {"ordered": False, "items": ["<p>a</p>", "<p>b</p>"]})
    ]


def test_empty_lines_around_a_heading_are_left_out():
    assert shapes("<p></p><h2>a</h2><p> </p>") == [("heading", {"level": "2", "text": "a"})]


def test_the_same_text_gets_the_same_ids_and_no_id_twice():
    text = "<h2>a</h2><p>b</p><h2>c</h2>"
    first, second = split_blocks([paragraph(text)]), split_blocks([paragraph(text)])
    assert first == second
    assert len({block["id"] for block in first}) == 3
    assert first[1]["id"] == "one"


def test_signs_stay_signs():
    assert shapes("<h2>1 &lt; 2 &amp; 3</h2>") == [("heading", {"level": "2", "text": "1 < 2 & 3"})]

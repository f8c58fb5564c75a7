"""Content of other systems becomes typed blocks; nothing of its scripts, forms or styles comes along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.engines.markup_blocks import inline, plain, read_markup

pytestmark = pytest.mark.row("ART-16")


def kinds(markup: str, **more: object) -> list[str]:
    return [block["type"] for block in read_markup(markup, **more).blocks]  # type: ignore[arg-type]


def test_each_kind_of_block() -> None:
    markup = """
    <p>One <b>bold</b> and <a href="https://a.example/x">a link</a>.</p><h2>Head</h2><h4>Small head</h4>
    <ul><li>a</li><li>b <em>c</em></li></ul><ol><li>1</li></ol>
    <blockquote><p>Said so.</p><cite>— A Pilot</cite></blockquote>
    <table><caption>Heights</caption><tr><th>When</th><th>m</th></tr><tr><td>11</td><td><b>4</b></td></tr></table>
    <figure><img src="https://a.example/i.jpg" alt="Alt"><figcaption>Caption <i>here</i></figcaption></figure>
    <iframe src="https://www.films.example/1" title="A film"></iframe>
    <video><source src="/v.mp4"></video>
    <pre>x = 1\ny = 2</pre><details><summary>More</summary><p>Inside</p></details><hr>"""
    found = read_markup(markup, address="https://a.example/post")
    assert [block["type"] for block in found.blocks] == [
        "paragraph", "heading", "heading", "list", "list", "quote", "table", "image", "embed", "embed", "paragraph",
        "fact_box",
    ]  # fmt: skip
    by_kind = {block["type"]: block for block in found.blocks}
    assert found.blocks[0]["html"] == '<p>One <b>bold</b> and <a href="https://a.example/x">a link</a>.</p>'
    assert by_kind["quote"] == {"type": "quote", "text": "Said so.", "by": "A Pilot", "role": "", "pull": False}
    assert by_kind["table"]["rows"] == [["When", "m"], ["11", "<b>4</b>"]]
    assert by_kind["table"]["caption"] == "Heights"
    assert found.pictures[0].caption == "Caption here"
    assert found.pictures[0].alt == "Alt"
    assert by_kind["embed"]["url"] == "https://a.example/v.mp4"
    assert found.blocks[8] == {
        "type": "embed",
        "url": "https://www.films.example/1",
        "provider": "films.example",
        "title": "A film",
    }
    assert found.blocks[-1] == {"type": "fact_box", "title": "More", "html": "<p>Inside</p>"}


def test_lines_and_blank_lines_mean_breaks_and_paragraphs_in_classic_content() -> None:
    found = read_markup("First\nsecond line\n\nNext with <b>bold</b>\n\nhttps://films.example/1\n\nLast", breaks=True)
    assert [block.get("html") or block["url"] for block in found.blocks] == [
        "<p>First<br>second line</p>", "<p>Next with <b>bold</b></p>", "https://films.example/1", "<p>Last</p>",
    ]  # fmt: skip


def test_pictures_in_links_and_galleries() -> None:
    assert kinds('<p><a href="/big.jpg"><img src="https://a.example/i.jpg"></a></p>') == ["image"]
    gallery = (
        "<figure><ul>"
        + "".join(f'<li><figure><img src="https://a.example/{n}.jpg"></figure></li>' for n in (1, 2))
        + "</ul></figure>"
    )
    assert kinds(gallery) == ["gallery"]
    assert kinds('before <img src="https://a.example/i.jpg"> after') == ["paragraph", "image", "paragraph"]
    assert read_markup('<img src="https://a.example/i.gif" width="1" height="1">').blocks == []


def test_what_is_dropped_is_told() -> None:
    found = read_markup(
        '<p>a</p><script>x()</script><form>Sign up<input></form><iframe src="javascript:x()"></iframe><img src="data:x">'
    )
    assert [block["type"] for block in found.blocks] == ["paragraph"]
    assert {line.reason for line in found.drops.lines} >= {"a script of the other system", "a form of the other system"}
    assert len(found.drops.lines) == 4


def test_a_post_of_another_network_loads_on_click_alone() -> None:
    found = read_markup('<blockquote class="twitter-tweet"><p>Hi</p><a href="https://t.example/1">now</a></blockquote>')
    assert found.blocks[0]["type"] == "embed"
    assert found.blocks[0]["url"] == "https://t.example/1"


@given(st.text(max_size=300) | st.lists(st.sampled_from(
    ["<p>", "</p>", "<b>", "<ul>", "<li>", "<table>", "<tr>", "<td>", "<figure>", "<img src=x>", "</figure>", "<blockquote>",
     "<script>", "</script>", "a", "\n\n", "<!--", "-->", "<a href='javascript:x'>", "&amp;", "&#0;", "<svg onload=x>", "<h2>"]
), max_size=30).map("".join))  # fmt: skip
def test_any_markup_becomes_sound_blocks(markup: str) -> None:
    for breaks in (False, True):
        found = read_markup(markup, breaks=breaks)
        for block in found.blocks:
            text = str(block)
            assert "<script" not in text.lower()
            assert "javascript:" not in text.lower().split("html")[0] or "href" not in text
            assert "onload" not in block.get("html", "") or "<" not in block["html"].split("onload")[0][-20:]
            if block["type"] == "image":
                assert 0 <= block["picture"] < len(found.pictures)


@given(st.text(max_size=200))
def test_plain_and_inline_never_fail(text: str) -> None:
    assert isinstance(plain(text), str)
    assert "<script" not in inline(text).lower()


def test_very_deep_markup_ends() -> None:
    assert read_markup("<div>" * 5000 + "deep" + "</div>" * 5000).blocks

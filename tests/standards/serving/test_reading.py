"""Markup, sentences, languages and the choice of what is judged together: each for any text."""

import asyncio
import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.serving.judge_thread import SIGNS, TOGETHER, _parted, _Waiting
from broadsheet.standards.serving.languages import detected, primary
from broadsheet.standards.serving.markup import from_html, from_plain
from broadsheet.standards.serving.sentences import MOST, sentences, utf16
from broadsheet.standards.submission import Submission

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
pieces = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "<br/>", "<a href='https://x.example/?a=1&amp;b=2'>", "</a>", "<!-- ", "-->",
                     "<script>", "</script>", "&amp;", "&#128512;", "&", "<", ">", "a < b", "Fine. ", "! ", "\n"])
    | st.text(max_size=6), max_size=12,
).map("".join)  # fmt: skip


@given(pieces)
def test_every_part_of_html_lies_in_the_html_in_order(source: str) -> None:
    plain = from_html(source)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert all(0 <= start < end <= len(source) for start, end in zip(plain.starts, plain.ends, strict=True))
    assert list(plain.starts) == sorted(plain.starts)
    for at, sign in enumerate(plain.text):
        written = source[slice(*plain.span(at, at + 1))]
        assert sign == written or sign in html.unescape(written) or written.startswith("<")


class _Reference(HTMLParser):
    """The standard library's reading of the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("source", [
    "<p>You <b>st</b>upid</p>", "a &lt;b&gt; &amp; c &nbsp;d&#33;", "I &hearts; you", "1 < 2 and 3 > 2", "<3 you", "<!-- x -->y",
    "a<br>b", "<em class='a' title=\"b\">c</em>", "<P>A</P>", "&notanentity; &", "</p>",
])  # fmt: skip
def test_the_words_are_those_a_browser_shows(source: str) -> None:
    reference = _Reference()
    reference.feed(source)
    reference.close()
    assert from_html(source).text.split() == reference.words.split() or "<br>" in source
    if "<br>" in source:
        assert from_html(source).text == "a\nb"


def test_scripts_are_unseen_and_links_seen() -> None:
    assert from_html("<script>var a = 'x'</script><style>b</style>ok").text == "ok"
    assert "https://bad.example/?a=1&b=2" in from_html('<a href="https://bad.example/?a=1&amp;b=2">click</a>').text
    assert from_html('<a href="https://x.example">https://x.example</a>').text == "https://x.example"


@given(st.text() | pieces)
def test_sentences_cover_every_word_in_order_without_overlap(text: str) -> None:
    spans = sentences(text)
    assert 1 <= len(spans) <= MOST
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
    if any(sign.isalnum() for sign in text):
        outside = "".join(
            text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
        )
        assert not any(sign.isalnum() for sign in outside)
        assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(("text", "parts"), [
    ("What kind of idiot name is foo? Sorry, I like your name.", ["What kind of idiot name is foo?", "Sorry, I like your name."]),
    ("One line\nand another", ["One line", "and another"]),
    ("He said “No!” Then he left...", ["He said “No!”", "Then he left..."]),
    ("Version 2.5 is out", ["Version 2.5 is out"]),
    ("هل هذا صحيح؟ نعم.", ["هل هذا صحيح؟", "نعم."]),
    ("!!! ok", ["!!! ok"]),
])  # fmt: skip
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(), st.data())
def test_places_count_utf16(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert utf16(text, place) == len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


@given(st.text())
def test_plain_text_is_where_it_is(text: str) -> None:
    plain = from_plain(text)
    assert plain.text == text
    assert all(plain.span(at, at + 1) == (at, at + 1) for at in range(len(text)))


@pytest.mark.parametrize(("text", "language"), [
    ("C'est une très bonne nouvelle pour tous les habitants de la ville.", "fr"),
    ("Das ist eine gute Nachricht für alle, die in der Stadt wohnen und arbeiten.", "de"),
    ("هذا خبر جيد لجميع سكان المدينة", "ar"),
    ("Это хорошая новость для всех", "ru"),
    ("これは良いニュースです", "ja"),
    ("这是个好消息", "zh"),
    ("Αυτά είναι καλά νέα", "el"),
    ("ok", "en"), ("lol nope", "en"), ("👍 12", ""), ("?!", ""),
])  # fmt: skip
def test_a_language_is_told_where_it_is_sure_else_the_editions_is_taken(text: str, language: str) -> None:
    assert detected(text, "en") == language


@given(st.text(), st.sampled_from(["en", "fr", "ar", "de"]))
def test_every_text_with_letters_has_a_language(text: str, edition: str) -> None:
    assert bool(detected(text, edition)) is any(map(str.isalpha, text))


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("DE", "de"),
                                                ("", ""), ("english", ""), ("e", ""), ("en-", "")])  # fmt: skip
def test_codes_of_languages(code: str, language: str) -> None:
    assert primary(code) == language


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=60), st.data())
def test_a_batch_has_the_oldest_and_its_like_and_loses_nobody(sizes: list[int], data: st.DataObject) -> None:
    async def choose() -> None:
        from collections import deque

        loop = asyncio.get_running_loop()
        waiting = deque(_Waiting(Submission("a" * size), loop.create_future()) for size in sizes)
        for one in waiting:
            if data.draw(st.booleans()):
                one.answer.cancel()
        wanted = [one for one in waiting if not one.answer.cancelled()]
        batch, left = _parted(waiting)
        assert batch[:1] == wanted[:1]
        assert sorted(map(id, [*batch, *left])) == sorted(map(id, wanted))
        assert [one for one in wanted if one in left] == list(left)
        assert len(batch) <= TOGETHER
        lengths = [len(one.submission.text) for one in batch]
        assert len(batch) < 2 or sum(lengths) <= SIGNS
        assert not batch or all(max(size, lengths[0]) <= 2 * min(size, lengths[0]) + 100 for size in lengths)

    asyncio.run(choose())

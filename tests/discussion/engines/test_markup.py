"""What readers write becomes paragraphs, quotes, emphasis and links, and nothing else, whatever they write."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.engines.markup import BLACKED, clean_text, to_html, to_shown_text

pytestmark = [pytest.mark.row("DIS-02"), pytest.mark.files]
ELEMENTS = {"p", "br", "blockquote", "em", "strong", "a", "span"}
REL = 'rel="nofollow ugc noopener"'
# What breaks pages, in pieces that fall together in every order.
PIECES = st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "http://", "https://a.example/",
     "https://a.example/?q=<b>\"'", "*", "**", "***", "> ", ">", "\n", "\n\n", " ", "\t", "&amp;", "&#60;", "<", '"', "'",
     "\u202e", "\u2066", "\u200b", "\u200d", "\u0301", "\u0301" * 9, "\ufe0f", "\ud800", "\x00", "\x1b", "\r\n", "\u2028",
     "\ue000", "\ue001", "\ufdd0", "word", "é", "e\u0301", "ش", "שלום", "ｆ", "\u0958", "\u0f71\u0f72" * 6, "1", "(", ")"]
)  # fmt: skip
ANYTHING = st.one_of(st.text(alphabet=st.characters(), max_size=200), st.lists(PIECES, max_size=30).map("".join))


class Reader(HTMLParser):
    """Reads markup strictly: elements that are opened are closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_and_nothing_dangerous_is_left(raw):
    text = clean_text(raw)
    assert clean_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not any("\ud800" <= sign <= "\udfff" or "\ue000" <= sign <= "\uf8ff" for sign in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00\x1b\r\u2028")
    assert "\n\n\n" not in text
    assert text == text.strip()
    text.encode()


@given(ANYTHING)
def test_only_our_own_elements_come_out_well_formed_with_safe_addresses(raw):
    reader = read(to_html(clean_text(raw)))
    for name, attributes in reader.seen:
        assert name in ELEMENTS
        assert set(attributes) <= {"dir", "href", "rel", "class"}
        if name == "a":
            assert attributes["rel"] == "nofollow ugc noopener"
            assert (attributes["href"] or "").lower().startswith(("http://", "https://"))


@given(ANYTHING)
def test_every_letter_is_still_there(raw):
    def letters(text: str) -> str:
        return "".join(sign for sign in text if sign not in "*> \n\t")

    text = clean_text(raw)
    shown = read(to_html(text)).text
    assert [s for s in letters(shown) if s.isalnum()] == [s for s in letters(text) if s.isalnum()]


@given(ANYTHING, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4))
def test_no_redacted_word_comes_out(raw, places):
    text = clean_text(raw)
    spans, last = [], 0
    for start, length in sorted(places):
        if start >= last and start + length <= len(text):
            spans.append((start, start + length))
            last = start + length
    kept = list(text)
    for start, end in spans:
        kept[start:end] = ["\0"] * (end - start)
    shown = read(to_html(text, spans)).text.replace(BLACKED, "")
    assert sorted(s for s in shown if s.isalnum()) == sorted(s for s in kept if s.isalnum())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.\nThree.", '<p dir="auto">One.</p><p dir="auto">Two.<br>Three.</p>'),
        ("*soft* and **loud**", '<p dir="auto"><em>soft</em> and <strong>loud</strong></p>'),
        ("**loud and *soft* words**", '<p dir="auto"><strong>loud and <em>soft</em> words</strong></p>'),
        ("2 * 3 * 4 and a*b*c", '<p dir="auto">2 * 3 * 4 and a*b*c</p>'),
        ("> Said.\n\nAnswered.", '<blockquote><p dir="auto">Said.</p></blockquote><p dir="auto">Answered.</p>'),
        ("> Said.\n> More.", '<blockquote><p dir="auto">Said.<br>More.</p></blockquote>'),
        (
            "> > Deep.\n> Less.",
            '<blockquote><blockquote><p dir="auto">Deep.</p></blockquote><p dir="auto">Less.</p></blockquote>',
        ),
        ("1 < 2 & 3 > 2", '<p dir="auto">1 &lt; 2 &amp; 3 &gt; 2</p>'),
        (
            "See https://a.example/b(c)?d=1&e=2.",
            '<p dir="auto">See <a href="https://a.example/b(c)?d=1&amp;e=2" dir="ltr" '
            f'{REL}>https://a.example/b(c)?d=1&amp;e=2</a>.</p>',
        ),
        ("(https://a.example/b)", f'<p dir="auto">(<a href="https://a.example/b" dir="ltr" {REL}>https://a.example/b</a>)</p>'),
        ("https://good.example@evil.example/", '<p dir="auto">https://good.example@evil.example/</p>'),
        ("javascript:alert(1) data:text/html,x", '<p dir="auto">javascript:alert(1) data:text/html,x</p>'),
        ("[a](https://a.example)", f'<p dir="auto">[a](<a href="https://a.example" dir="ltr" {REL}>https://a.example</a>)</p>'),
    ],
)  # fmt: skip
def test_markup(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a \r\n\r\n\r\n\r\n b\t c ", "a\n\nb c"),
        ("e\u0301" + "\u0301" * 10_000, "é" + "\u0301" * 3),
        ("\u202eevil\u202c", "evil"),
        ("a\ud800b", "ab"),
        ("\u200b \u2800\u3164\n", ""),
        ("> > >\n>", ""),
        ("👨‍👩‍👧 ❤️‍🔥", "👨‍👩‍👧 ❤️‍🔥"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_cleaning(raw, text):
    assert clean_text(raw) == text


def test_redacted_words_are_black_in_text_and_markup():
    text = "Call Ines at 020 7946 0958 today."
    assert to_shown_text(text, [(13, 26)]) == f"Call Ines at {BLACKED} today."
    html = to_html(text, [(13, 26)])
    assert html == f'<p dir="auto">Call Ines at <span class="redacted">{BLACKED}</span> today.</p>'


def test_a_megabyte_of_marks_is_cleaned_and_marked_up_at_once():
    for raw in (
        "*" * 200_000,
        "**a" * 60_000,
        "> " * 100_000,
        "https://" * 30_000,
        "\u0301\u200d" * 100_000,
        "(" * 200_000,
    ):
        to_html(clean_text(raw))

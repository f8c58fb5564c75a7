"""Files that are no pages are refused in words, quickly, with a code and an exit status."""

import gzip
import time

import pytest

from broadsheet.importing.engines.read_page import read_page
from broadsheet.importing.errors import ImportRefusedError

pytestmark = pytest.mark.row("ART-16")

SENTENCE = "This is a sentence of an article about number {}, with a comma in it, and with a full stop."
TEXT = "".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(5))
PAGE = f"<html><head><title>Café at noon today</title></head><body><article><h1>Café at noon today</h1>{TEXT}</article></body></html>"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "source-empty"),
        (b" \n\t ", "source-empty"),
        (b"\x00" * 4096, "source-empty"),
        (b"\xef\xbb\xbf", "source-empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "source-binary"),
        (gzip.compress(PAGE.encode(), mtime=0), "source-binary"),
        (b"%PDF-1.7 and so on", "source-binary"),
        (b"PK\x03\x04" + b"\x00" * 50, "source-binary"),
        (b"text with \x01\x02\x03\x04\x05\x06\x07 in it " * 50, "source-binary"),
        (bytes(range(128, 256)) * 40 + b"\x81\x8d\x8f\x90\x9d" * 400, "source-encoding"),
        (b"<html><body>" + TEXT.encode() * 120_000, "source-too-large"),
        (b"<html><body>" + b"<b>" * 400_000 + TEXT.encode(), "source-too-large"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no-article"),
        (b"<html><body><script>render()</script></body></html>", "no-article"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value[:12]!r}",
)
def test_what_is_no_page_is_refused_in_words(source: bytes, code: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_page(source)
    assert refused.value.code == code or (code == "source-encoding" and refused.value.code == "source-binary")
    assert refused.value.message.startswith("Nothing was imported: ")
    assert refused.value.exit_status == 65


@pytest.mark.parametrize(
    "source",
    [
        PAGE.encode(),
        PAGE.encode("utf-8-sig"),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        PAGE.encode("utf-16-be"),
        PAGE.encode("utf-32"),
        PAGE.encode("cp1252"),
        PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252"),
        PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("utf-8"),
        PAGE.replace("<head>", '<head><meta charset="utf-16">').encode("utf-8"),
        PAGE.replace("<head>", '<head><meta charset="no-such-thing">').encode("utf-8"),
    ],
)
def test_every_encoding_is_read_whatever_the_page_declares(source: bytes) -> None:
    result = read_page(source)
    assert result.headline == "Café at noon today"
    assert len(result.body) == 5


@pytest.mark.parametrize("cut", [0.5, 0.7, 0.9, 0.999])
def test_a_truncated_page_gives_what_is_there(cut: float) -> None:
    source = PAGE.encode()
    result = read_page(source[: int(len(source) * cut)])
    assert result.headline == "Café at noon today"
    assert result.body


def test_a_page_cut_inside_a_letter_is_read() -> None:
    source = (PAGE[: PAGE.index("</article>")] + "<p>Il va au café").encode()
    assert read_page(source[:-1]).headline == "Café at noon today"


@pytest.mark.parametrize(
    "source",
    [
        "<html><body><h1>Deep</h1>" + "<div>" * 10_000 + TEXT + "</div>" * 10_000,
        "<html><body><h1>Deep</h1>" + f"<div>{TEXT}" * 2_000,
        "<html><body>" + "<span>" * 100_000 + TEXT,
        "<html><body>" + "<table><tr><td>" * 3_000 + TEXT,
        "<html><body>" + "<ul><li>" * 5_000 + TEXT,
        f'<html><body><div class="{"a-" * 1_000_000}">{TEXT}',
        "<html><body><p>" + "(a © b/" * 300_000 + "</p>" + TEXT,
        "<html><body><p>" + "word " * 1_000_000 + "</p>",
        "<html><body><p>" + '"' * 2_000_000 + "</p>" + TEXT,
        "<html><body><p>* " + "a (also known as " * 200 + "</p>" + TEXT,
        '<html><script type="application/ld+json">' + "[" * 100_000 + "</script><body>" + TEXT,
    ],
    ids=["divs", "open-divs", "spans", "tables", "lists", "class", "credits", "words", "quotes", "notice", "data"],
)
def test_hostile_pages_end_soon(source: str) -> None:
    start = time.process_time()
    result = read_page(source.encode())
    assert result.body
    assert time.process_time() - start < 20

"""What holds for every text, sensible or not."""

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.importing.engines.dump import read_dump
from broadsheet.importing.engines.dump.lines import read_lines
from tests.importing.dump.scoring import shingle_f1, texts_of
from tests.importing.dump.test_pages import NAMES, PAGES

LINES = st.sampled_from([
    "Tags:", "Related:", "Discussion", "© AP Photo / Jane Roe/Pool", "Photo: X", "14:05 GMT 12.03.2021", "12 March 2021",
    "https://a.example/world/202103121082347719-a-slug/", "[12]Link", "* item", "1. item", "a\tb\tc", "Year    Walks   Sun",
    "References", "   1. https://a.example/", "Log in", "*X (also known as Y) is a group banned in Z.", "# Title", "> quote",
    "The council voted on Tuesday to keep the ferry, which has carried sheep since 1911.", "A short line", "", "   ",
    "Home > World > A short line", "A short line - The Paper", "«Слово», — сказал он.", "قال الوزير إن المشروع سيبدأ.",
])  # fmt: skip


@pytest.mark.row("ART-16")
@given(st.text(max_size=2000))
@settings(max_examples=150)
def test_any_text_is_read_without_fault(text: str) -> None:
    read_dump(text).as_json()


@pytest.mark.row("ART-16")
@given(st.lists(LINES | st.text(max_size=60), max_size=60), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=200)
def test_any_stream_of_lines_is_read_without_fault_and_nothing_is_invented(lines: list[str], eol: str) -> None:
    text = eol.join(lines)
    got = read_dump(text).as_json()

    source = "".join("".join(line.text for line in read_lines(text).lines).split())
    for words in texts_of(got["body"]):
        assert "".join(words.split()) in source


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("name", NAMES)
def test_body_occurs_in_the_dump(name: str) -> None:
    text = (PAGES / f"{name}.txt").read_bytes().decode("utf-8")
    source = "".join(re.sub(r"\[\d+\]", "", text).replace("\u200f", "").split())

    for words in texts_of(read_dump(text).as_json()["body"]):
        assert "".join(words.split()) in source


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("name", ["01_portal", "05_de_ticker", "06_ar_rtl", "10_footnotes", "14_es_opinion_nodate"])
def test_noise_in_another_order_hardly_changes_the_body(name: str) -> None:
    text = (PAGES / f"{name}.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    got = read_dump(text)
    lines = text.split("\n")
    start = next(
        number for number, line in enumerate(lines) if number > 3 and (got.headline or "") == line.strip("\u200f")
    )
    end = max(number for number, line in enumerate(lines) if line and line in (got.body[-1].text or ""))
    tail = end + 12 if len(lines) > end + 24 else end + 1
    after = lines[tail:]
    random.Random(7).shuffle(after)
    front = lines[1 : max(1, start - 6)]
    pairs = [front[number : number + 2] for number in range(0, len(front), 2)]
    random.Random(3).shuffle(pairs)
    shuffled = [lines[0], *[line for pair in pairs for line in pair], *lines[max(1, start - 6) : tail], *after]

    again = read_dump("\n".join(shuffled))

    before = " ".join(texts_of(got.as_json()["body"]))
    assert shingle_f1(before, " ".join(texts_of(again.as_json()["body"]))) >= 0.9


@pytest.mark.row("ART-16")
def test_time_grows_with_the_length_and_not_with_its_square() -> None:
    page = (PAGES / "01_portal.txt").read_text(encoding="utf-8")

    def seconds(times: int) -> float:
        start = time.process_time()
        read_dump(page * times)
        return time.process_time() - start

    seconds(1)
    assert seconds(80) < 8 * seconds(20) + 0.5


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n\n", "   \t  ", "\x00\x01", "*", "©", "https://", "[1]" * 500])
def test_nothing_in_nothing_out(text: str) -> None:
    got = read_dump(text)

    assert got.headline is None
    assert got.body == ()

"""Pages of many systems: the text between ⟦ and ⟧ is the article, and the first comment says what else the page tells.

The text, the pages and what is expected of them were written before the reader saw them.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from broadsheet.importing.engines.read_page import read_page
from tests.importing.engines.scoring import body_text, f1, precision_and_recall

pytestmark = pytest.mark.row("ART-16")
PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def load(path: Path) -> tuple[bytes, str, dict[str, Any]]:
    written = path.read_text("utf-8")
    expected, _, page = written.removeprefix("<!--expected ").partition(" -->\n")
    said = json.loads(expected)
    marked = re.findall("⟦(.*?)⟧", page, re.DOTALL)
    truth = "\n".join(html.unescape(re.sub(r"<[^>]*>", "", part)) for part in marked)
    source = re.sub("[⟦⟧]", "", page).encode(said.pop("encoding", "utf-8"))
    return source, truth, said


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_text_is_found(path: Path) -> None:
    source, truth, _ = load(path)
    precision, recall = precision_and_recall(truth, body_text(source))
    assert f1([(precision, recall)]) >= 0.85


def test_all_pages_together_reach_the_asked_score() -> None:
    loaded = [load(path) for path in PAGES]
    assert len(loaded) >= 25
    assert f1([precision_and_recall(truth, body_text(source)) for source, truth, _ in loaded]) >= 0.98


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_the_page_tells_beside_the_text_is_read(path: Path) -> None:
    source, _, expected = load(path)
    printed = read_page(source).as_json()
    assert {name: printed[name] for name in expected} == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_all_that_is_left_out_has_a_reason(path: Path) -> None:
    source, _, _ = load(path)
    dropped = read_page(source).dropped
    assert dropped
    assert all(line.text and line.reason for line in dropped)

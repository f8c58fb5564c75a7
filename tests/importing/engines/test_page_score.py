"""The text of real saved pages is found as well as the issue of the importer asks, also where no name tells of it."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from broadsheet.importing.engines.page.source import decode
from tests.importing.engines.scoring import body_text, f1, precision_and_recall

pytestmark = pytest.mark.row("ART-16")
Pages = dict[str, tuple[str, bytes]]
PARTS = {"article", "main", "section", "aside", "nav", "header", "footer", "figure", "figcaption"}


@pytest.fixture(scope="module")
def pages(shared: Path) -> Pages:
    folder = shared / "data" / "pages"
    if not folder.is_dir():
        pytest.skip("the saved pages are not in the shared data")
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return {
        name: (entry["articleBody"], gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
        for name, entry in truth.items()
    }


def as_it_is(source: bytes) -> bytes:
    return source


def changed(source: bytes, change: Callable[[HtmlElement], None]) -> bytes:
    root = document_fromstring(decode(source).encode(), parser=HTMLParser(encoding="utf-8"))
    for element in [one for one in root.iter() if isinstance(one.tag, str)]:
        change(element)
    return bytes(etree.tostring(root, encoding="utf-8", method="html"))


def without_names(source: bytes) -> bytes:
    def change(element: HtmlElement) -> None:
        for name in ("class", "id"):
            element.attrib.pop(name, None)

    return changed(source, change)


def with_hashed_names(source: bytes) -> bytes:
    def change(element: HtmlElement) -> None:
        for name in ("class", "id"):
            if name in element.attrib:
                words = element.get(name, "").split()
                element.set(name, " ".join(f"css-{hashlib.sha256(word.encode()).hexdigest()[:6]}" for word in words))

    return changed(source, change)


def without_parts(source: bytes) -> bytes:
    """Neither names nor roles nor elements that say what they are for."""

    def change(element: HtmlElement) -> None:
        for name in ("class", "id", "role"):
            element.attrib.pop(name, None)
        if element.tag in PARTS:
            element.tag = "div"

    return changed(source, change)


def in_capitals(source: bytes) -> bytes:
    return re.sub(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)", lambda found: b"<" + found[1] + found[2].upper(), source)


def in_more_boxes(source: bytes) -> bytes:
    def change(element: HtmlElement) -> None:
        parent = element.getparent()
        if element.tag not in {"p", "h2", "table"} or parent is None or parent.tag in {"tr", "table", "ul", "ol"}:
            return
        outer, inner = element.makeelement("div"), element.makeelement("div")
        outer.tail, element.tail = element.tail, None
        parent.replace(element, outer)
        outer.append(inner)
        inner.append(element)

    return changed(source, change)


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (as_it_is, 0.99),
        (without_names, 0.98),
        (with_hashed_names, 0.98),
        (without_parts, 0.98),
        (in_capitals, 0.99),
        (in_more_boxes, 0.985),
    ],
)
def test_saved_pages_reach_the_asked_score(pages: Pages, change: Callable[[bytes], bytes], least: float) -> None:
    scores = [precision_and_recall(truth, body_text(change(source))) for truth, source in pages.values()]
    assert f1(scores) >= least


def test_parts_of_one_page_set_around_another_change_little(pages: Pages) -> None:
    """Navigation, headers and footers of a foreign page stand above and below the article."""
    names = list(pages)
    scores = []
    for place, name in enumerate(names):
        truth, source = pages[name]
        foreign = document_fromstring(decode(pages[names[place - 7]][1]).encode(), parser=HTMLParser(encoding="utf-8"))
        parts = [part for part in foreign.iter("nav", "footer", "header", "aside") if not part.findall(".//p")]
        root = document_fromstring(decode(source).encode(), parser=HTMLParser(encoding="utf-8"))
        body = root.find("body")
        for number, part in enumerate(parts[:6]):
            part.tail = None
            body.insert(0 if number % 2 else len(body), part)
        scores.append(precision_and_recall(truth, body_text(etree.tostring(root, encoding="utf-8", method="html"))))
    assert f1(scores) >= 0.99

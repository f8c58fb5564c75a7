"""Name, day and licence are found where a page shows them only in words."""

import pytest

from broadsheet.importing.engines.read_page import read_page

pytestmark = pytest.mark.row("ART-16", "ART-09")

TEXT = "<p>The council met on Monday to speak about the tram, which many people want, and others fear for its cost.</p>"
SHOWN = {
    "classes": f"""<h1>The new tram line</h1><p class="byline">By Harbour contributors</p><p class="date">Tuesday, September 1, 2015
        </p>{TEXT}<p>Short.</p><footer><p>Licence: CC BY 2.5</p></footer>""",
    "spans": f"""<main><h1>The new tram line</h1><div class="meta"><span class="author">Harbour contributors</span>
        <span class="date">2015-09-01</span></div><article>{TEXT}<p>Short.</p></article>
        <div>Text under <a href="https://creativecommons.org/licenses/by/2.5/">this licence</a></div></main>""",
    "bare": f"""<article><h1>The new tram line</h1><p>By Harbour contributors</p><p>1 September 2015</p>{TEXT}<p>Short.</p>
        <p>This text is available under the Creative Commons Attribution 2.5 licence.</p></article>""",
}


@pytest.mark.parametrize("shape", SHOWN)
def test_what_is_shown_in_words_is_read_and_leaves_the_body(shape: str) -> None:
    result = read_page(
        f"<html><head><title>The new tram line</title></head><body>{SHOWN[shape]}</body></html>".encode()
    )
    assert result.authors == ("Harbour contributors",)
    assert result.published_on == "2015-09-01"
    assert result.licence == "CC BY 2.5"
    assert [block.text for block in result.body] == [TEXT[3:-4], "Short."]

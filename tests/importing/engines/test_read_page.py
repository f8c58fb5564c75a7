"""A saved page becomes the object that the importer prints, with a reason for everything left out."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.engines.read_page import read_page
from broadsheet.importing.errors import ImportRefusedError
from broadsheet.importing.rules.page_result import BLOCK_TYPES, PageResult

pytestmark = pytest.mark.row("ART-16")

URL = "https://gull.example/world/202401151234567890-a-quiet-street/"
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A quiet street wakes up - The Daily Gull</title>
<meta property="og:url" content="{URL}"><meta name="description" content="Nobody expected the market to come back so soon."></head>
<body><div class="cookie-consent"><p>We use cookies. By clicking accept you agree to their use on this website and others.</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world/">World</a></li></ul></nav></header>
<article><h1>A quiet street wakes up</h1><p class="standfirst">Nobody expected the market to come back so soon.</p>
<figure><img src="/img/1.jpg" alt="Stalls under plane trees"><figcaption>Stalls on the first morning. <span class="credit">© AP Photo / Jane Roe/Pool</span></figcaption></figure>
<p>On Monday the market in the quiet street opened again, and the whole town came to see it, umbrellas and all.</p>
<p>Traders said that men of Jabhat al-Fajr* had closed it a year ago; al-Fajr had denied it at the time, in a letter.</p>
<h2>What is sold</h2><ul><li>Apples from the hills</li><li>Fish from the harbour</li></ul>
<table><tr><th>Stall</th><th>Price</th></tr><tr><td>Apples</td><td>2</td></tr><tr><td>Fish</td><td>7</td></tr></table>
<blockquote><p>I have waited for this morning for a year, and here it is.</p></blockquote>
<p><strong>Read more: <a href="/x">The harbour after the storm</a></strong></p>
<div class="fact-box"><h3>The market</h3><p>Founded in 1712.</p><p>Sixty stalls.</p></div>
<iframe src="https://www.youtube.com/embed/abc" title="A walk along the stalls"></iframe>
<p>The council wants to keep the street closed to cars on market days, which most of the people who live there support.</p>
<p onclick="steal()">Said &lt;b&gt;the mayor&lt;/b&gt;: <script>alert(1)</script><a href="javascript:alert(1)">we shall see</a> about that in the spring, when the days are longer.</p>
<p class="footnote">* Jabhat al-Fajr (also known as al-Fajr Front, JF) is a terrorist group banned in Ruritania.</p>
<div class="tags"><a rel="tag" href="/t/1">Ruritania</a><a rel="tag" href="/t/2">Markets</a></div>
<div class="share-buttons"><a href="#">Facebook</a><a href="#">E-mail</a></div></article>
<section id="comments"><p>What a lovely street it is, I was there in the first hour, and bought apples for everybody.</p></section>
<footer><p>© 2026 The Daily Gull. All rights reserved.</p></footer></body></html>"""


@pytest.fixture(scope="module")
def result() -> PageResult:
    return read_page(PAGE.encode())


def test_the_head_of_the_article_is_read(result: PageResult) -> None:
    assert result.headline == "A quiet street wakes up"
    assert result.standfirst == "Nobody expected the market to come back so soon."
    assert (result.published_on, result.public_id, result.section) == ("2024-01-15", "1234567890", "world")
    assert result.language == "en"
    assert result.canonical_url == URL
    assert result.tags == ("Ruritania", "Markets")
    assert result.short_title is None


def test_every_kind_of_block_is_told(result: PageResult) -> None:
    kinds = [block.type for block in result.body]
    assert kinds == [
        "image", "paragraph", "paragraph", "heading", "list", "table", "quote", "fact_box", "video", "paragraph", "paragraph",
    ]  # fmt: skip
    blocks = {block.type: block for block in result.body}
    assert blocks["list"].items == ("Apples from the hills", "Fish from the harbour")
    assert blocks["table"].rows == (("Stall", "Price"), ("Apples", "2"), ("Fish", "7"))
    assert blocks["fact_box"].text == "The market"
    assert blocks["fact_box"].items == ("Founded in 1712.", "Sixty stalls.")
    assert blocks["heading"].level == 2
    assert blocks["video"].url == "https://www.youtube.com/embed/abc"


def test_a_picture_has_its_caption_apart_from_its_credit(result: PageResult) -> None:
    (image,) = result.images
    assert image.caption == "Stalls on the first morning."
    assert image.alt == "Stalls under plane trees"
    assert image.url == "https://gull.example/img/1.jpg"
    assert image.credit is not None
    assert image.credit.as_json() == {"agency": "AP Photo", "year": None, "author": "Jane Roe", "pool": True}


def test_a_footnote_is_a_notice_and_missing_marks_are_listed(result: PageResult) -> None:
    (notice,) = result.notices
    assert (notice.name, notice.aliases, notice.jurisdiction) == (
        "Jabhat al-Fajr",
        ("al-Fajr Front", "JF"),
        "Ruritania",
    )
    assert [(mention.name, mention.text) for mention in result.unmarked_mentions] == [("Jabhat al-Fajr", "al-Fajr")]


def test_what_is_left_out_is_reported_with_a_reason(result: PageResult) -> None:
    reasons = {item.text: item.reason for item in result.dropped}
    assert reasons["Home"] == "navigation"
    assert "consent" in reasons[next(text for text in reasons if text.startswith("We use cookies"))]
    assert reasons["Read more: The harbour after the storm"] == "links to other pages"
    assert "comments" in reasons[next(text for text in reasons if text.startswith("What a lovely street"))]
    assert all(item.reason for item in result.dropped)


def test_no_markup_or_script_is_left(result: PageResult) -> None:
    printed = json.dumps(result.as_json())
    assert "alert(1)" not in printed
    assert "javascript:" not in printed
    assert "onclick" not in printed
    assert "<p" not in printed


def test_the_printed_object_has_the_agreed_names(result: PageResult) -> None:
    printed = result.as_json()
    assert {
        "headline", "short_title", "standfirst", "section", "tags", "published_on", "public_id", "language",
        "canonical_url", "images", "body", "notices", "unmarked_mentions", "dropped",
    } <= set(printed)  # fmt: skip
    assert all(block["type"] in BLOCK_TYPES for block in printed["body"])


def test_nothing_is_guessed() -> None:
    sentence = "This is the one thing the page says, in a sentence that is long enough to be read as one."
    found = read_page(f"<html><body><div><p>{sentence}</p><p>And another, which says: {sentence}</p></div>".encode())
    printed = found.as_json()
    for name in (
        "headline",
        "short_title",
        "standfirst",
        "section",
        "published_on",
        "public_id",
        "language",
        "canonical_url",
    ):
        assert printed[name] is None, name
    assert printed["images"] == printed["notices"] == printed["tags"] == []


def test_an_article_that_stands_on_the_page_twice_is_read_once() -> None:
    text = "".join(
        f"<p>Sentence number {n} of the article, which is not like the others, and ends here.</p>" for n in range(6)
    )
    found = read_page(
        f"<html><body><h1>Twice on one page</h1><div>{text}</div><div>{text}</div></body></html>".encode()
    )
    assert len(found.body) == 6


@given(st.text(max_size=600))
def test_no_page_breaks_the_reader(text: str) -> None:
    page = f"<html><body><article><h1>Title of it</h1><p>{text}</p></article>"
    with contextlib.suppress(ImportRefusedError):
        json.dumps(read_page(page.encode("utf-8", "replace")).as_json())


TAGS = st.sampled_from(
    [
        "div",
        "p",
        "span",
        "a",
        "b",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "blockquote",
        "h2",
        "figure",
        "figcaption",
        "img",
        "br",
        "article",
        "aside",
        "nav",
    ]
)


@given(st.lists(st.tuples(TAGS, st.sampled_from(["", "/"]), st.text(max_size=30)), max_size=60))
def test_no_order_of_tags_breaks_the_reader(parts: list[tuple[str, str, str]]) -> None:
    markup = "".join(f"<{slash}{tag}>{text}" for tag, slash, text in parts)
    try:
        found = read_page(f"<html><body>{markup}</body></html>".encode("utf-8", "replace"))
    except ImportRefusedError:
        return
    assert all(block.type in BLOCK_TYPES for block in found.body)


STORY = "".join(
    f"<p>Paragraph {n} of the story says what happened on the quay, and who stood there, and why.</p>" for n in range(5)
)


def test_answers_under_reply_buttons_are_comments_whatever_they_are_called() -> None:
    answers = "".join(
        f"<div><b>Reader {n}</b><div>I was there as well, on day {n}, and I saw it otherwise than you write, which nobody will believe, and yet it is so.</div><a href='#'>Reply</a></div>"
        for n in range(20)
    )
    page = f"<title>What happened on the quay</title><h1>What happened on the quay</h1><div>{STORY}</div><div>{answers}</div>"
    found = read_page(f"<html><body>{page}</body></html>".encode())
    assert len(found.body) == 5
    assert any(line.reason == "readers' comments" and "day 13" in line.text for line in found.dropped)


def test_headings_with_nothing_between_them_lead_elsewhere() -> None:
    others = "".join(f"<div><h3>Another report, number {n}</h3></div>" for n in range(6))
    page = f"<title>What happened on the quay</title><h1>What happened on the quay</h1><div>{STORY}{others}{STORY.replace('says', 'tells')}</div>"
    found = read_page(f"<html><body>{page}</body></html>".encode())
    assert [block.type for block in found.body] == ["paragraph"] * 10


def test_a_list_of_days_is_no_byline() -> None:
    days = "".join(f"<li>{n} May 2024: concert in the hall</li>" for n in range(1, 9))
    page = f"<title>Concerts in the month of May</title><h1>Concerts in the month of May</h1><div><ul>{days}</ul></div>"
    (block,) = read_page(f"<html><body>{page}</body></html>".encode()).body
    assert len(block.items or ()) == 8

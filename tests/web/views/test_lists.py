"""Front, sections, tags, authors, all news, multimedia, corrections and standing pages (PAGE-05, ART-05, ART-12)."""

from datetime import timedelta

import pytest

from broadsheet.newsroom.actions.editions import set_layout
from broadsheet.newsroom.actions.withdraw import withdraw_article
from tests.factories import newsroom as make
from tests.web.conftest import NOON, block, listed


@pytest.mark.row("PAGE-05")
def test_the_front_is_as_its_editor_laid_it_out(paper, read):
    news, opinion, analysis = (paper.articles[kind].pk for kind in ("news", "opinion", "analysis"))
    layout = [
        block("lead", {"article": opinion, "style": "picture-top", "supporting": listed(news)}),
        block("grid", {"title": "Worth a look", "columns": "2", "articles": listed(analysis)}),
        block("news", {"title": "", "count": 10}),
        block("rail", {"title": "World", "source": "section", "section": paper.world.pk, "tag": None, "kind": "", "articles": [], "count": 3, "style": "list"}),
        block("multimedia", {"title": "Look", "count": 2}),
    ]  # fmt: skip
    set_layout(page=paper.edition, layout=layout)
    page = read("/")
    assert page.words(".lead-picture-top .first .headline") == "The opinion of the day"
    assert page.words(".support .headline") == "The news of the day"
    assert "Worth a look" in page.words(".block .heading")
    assert page.words(".grid-2 .headline").startswith("The analysis of the day")
    assert page.words(".multimedia .headline") == "The video of the day"
    assert page.one(".rail-list .heading a").get("href") == "/world/"


@pytest.mark.row("PAGE-05")
def test_what_is_withdrawn_leaves_the_layout_and_its_place_is_filled(paper, read):
    news, analysis = (paper.articles[kind].pk for kind in ("news", "analysis"))
    set_layout(page=paper.edition, layout=[
        block("lead", {"article": news, "style": "type-only", "supporting": []}),
        block("grid", {"title": "", "columns": "2", "articles": listed(analysis, news)}),
    ])  # fmt: skip
    withdraw_article(article=paper.articles["news"])
    page = read("/")
    assert "The news of the day" not in page.text
    assert page.words(".lead .headline") == "The opinion of the day"  # the newest that stands nowhere else
    assert len(page.all(".grid-2 .card")) == 2


@pytest.mark.row("PAGE-05")
def test_news_has_times_and_leads_to_all_news_above_and_below(paper, read):
    news = read("/").one(".news")
    assert [a.get("href") for a in news.select("a.all, .all a")] == ["/all-news/", "/all-news/"]
    times = [(li.time.get_text(), li.a.get_text()) for li in news.select("li")]
    assert times[0] == ("12:00", "The news of the day")


@pytest.mark.row("PAGE-05")
def test_an_edition_without_layout_has_a_front(paper, read):
    page = read("/fr/")
    assert page.words(".lead .headline") == "La nouvelle du jour"
    assert read("/ar/").words(".nothing")


@pytest.mark.row("PAGE-05")
def test_a_section_without_layout_shows_its_newest(paper, read):
    page = read("/world/")
    assert page.words("h1") == "World"
    assert page.all(".newest .headline")[0].get_text() == "The news of the day"
    assert read("/sport/").words(".nothing") == "Nothing has been published here yet."


@pytest.mark.row("PAGE-05")
def test_all_news_is_paged_and_filtered_by_day_and_section(paper, read, client):
    for number in range(41):
        make.make_article(paper.sport, f"Match {number}", at=NOON - timedelta(days=2, minutes=number))
    first = read("/all-news/")
    assert len(first.all(".times .headline")) == 40
    assert first.one(".pager a[rel=next]").get("href") == "/all-news/2/"
    second = read("/all-news/2/")
    assert len(second.all(".times .headline")) == 5
    assert second.one(".pager a[rel=prev]").get("href") == "/all-news/"
    assert second.one("link[rel=prev]").get("href").endswith("/all-news/")
    day = read("/all-news/2026/11/20/")
    assert [h.get_text() for h in day.all(".headline")] == [f"The {k} of the day" for k in ("news", "analysis", "opinion", "video")]  # fmt: skip
    both = read("/all-news/sport/2026/11/18/")
    assert len(both.all(".headline")) == 40
    assert both.one(".pager a[rel=next]").get("href") == "/all-news/sport/2026/11/18/2/"
    assert "Nothing was published on this day" in read("/all-news/sport/2026/11/20/").words(".nothing")
    assert client.get("/all-news/nowhere/").status_code == 404


@pytest.mark.row("PAGE-05")
def test_a_day_is_that_of_the_editions_zone(paper, read):
    make.make_article(paper.monde, "Après minuit", at=NOON.replace(day=18, hour=23, minute=30))
    assert read("/fr/all-news/2026/11/19/").words(".headline") == "Après minuit"


@pytest.mark.row("ART-05")
def test_a_tag_has_a_page_and_feeds(paper, read):
    page = read("/tag/saltmere/")
    assert page.words("h1") == "Saltmere"
    assert page.words(".page-head .kicker") == "Place"
    assert page.words(".entry .headline") == "The news of the day"
    assert "/tag/saltmere/feeds/rss.xml" in [a.get("href") for a in page.all(".page-feeds a")]


@pytest.mark.row("ART-09")
def test_an_author_has_a_page(paper, read):
    page = read("/author/mara-quill/")
    assert page.words("h1") == "Mara Quill"
    assert len(page.all(".entry")) == 4


@pytest.mark.row("ART-12")
def test_multimedia_has_only_what_is_seen_and_heard(every_kind, read):
    found = {h.get_text() for h in read("/multimedia/").all(".headline")}
    assert found == {f"The {kind} of the day" for kind in ("gallery", "cartoon", "infographic", "video", "audio")}


def test_standing_pages_are_shown(paper, read):
    make.make_info_page(paper.edition, "imprint", title="Imprint", html="<h2>Who</h2><p>We are <b>we</b>.</p>")
    page = read("/page/imprint/")
    assert page.words("h1") == "Imprint"
    assert page.one(".prose b").get_text() == "we"


def test_without_corrections_the_log_says_so(paper, read):
    assert read("/corrections/").words(".nothing") == "No correction has been needed so far."

"""Header, footer and head of every page (PAGE-01, PAGE-02, PAGE-03, ART-10)."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.factories import newsroom as make
from tests.web.conftest import KINDS


@pytest.mark.row("PAGE-01")
def test_the_header_has_name_sections_search_and_editions(paper, read):
    page = read(paper.path())
    assert page.words(".masthead .name") == "The Tide"
    assert page.one(".masthead .name svg") is not None
    assert [a.text for a in page.all(".sections a")] == ["World", "Sport", "All news"]
    assert page.one(".masthead form[role=search]").get("action") == "/search/"
    assert page.one(".sections a[aria-current]").text == "World"


@pytest.mark.row("PAGE-01")
def test_the_edition_switch_leads_to_this_article_where_it_is_translated(paper, read):
    links = {a.get("hreflang"): a.get("href") for a in read(paper.path()).all(".editions a")}
    assert links == {"en": paper.path(), "fr": paper.path("fr"), "ar": "/ar/"}


@pytest.mark.row("PAGE-01")
def test_the_footer_has_standing_pages_feeds_and_the_privacy_address(paper, read):
    make.make_info_page(paper.edition, "imprint", title="Imprint")
    page = read("/")
    hrefs = [a.get("href") for a in page.all(".footer a")]
    for wanted in ("/page/imprint/", "/corrections/", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "mailto:privacy@tide.example"):  # fmt: skip
        assert wanted in hrefs


@pytest.mark.row("PAGE-02")
def test_the_clock_shows_time_zone_and_day(paper, read):
    shown = read("/").words(".clock time")
    assert re.fullmatch(r"\d\d:\d\d (GMT|BST) · \d\d [A-Z][a-z]+ \d{4}", shown)
    spans = json.loads(read("/fr/").one("[data-clock]").get("data-spans"))
    assert spans[0][1] in {60, 120}


@pytest.mark.row("PAGE-03")
def test_no_page_names_another_host(every_kind, read):
    paper = every_kind
    addresses = set()
    for path in ["/", "/fr/", "/ar/", "/search/?q=day", "/all-news/", *(paper.path(kind) for kind in KINDS)]:
        page = read(path)
        loaded = [*page.all("[src]"), *page.all("link[rel~=stylesheet]"), *page.all("link[rel~=preload]"), *page.all("link[rel~=icon]"), *page.all("link[rel~=manifest]")]  # fmt: skip
        for element in loaded:
            addresses.add(element.get("src") or element.get("href"))
        for element in page.all("[srcset]"):
            addresses |= {part.split()[0] for part in element.get("srcset").split(",")}
    assert addresses
    assert {urlsplit(address).netloc for address in addresses} <= {"", urlsplit(settings.PUBLIC_URL).netloc}


@pytest.mark.row("PAGE-03")
def test_names_and_addresses_are_settings_of_the_edition(paper, read):
    page = read("/")
    assert page.words(".colophon").endswith("The Tide Press")
    assert page.one("meta[property='og:site_name']").get("content") == "The Tide Press"


def test_public_pages_set_no_cookie_and_hold_no_token(paper, client):
    for path in ["/", "/search/?q=x", paper.path(), "/nowhere/"]:
        response = client.get(path)
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in response.content.decode()


def test_nothing_inline_can_run(every_kind, read):
    paper = every_kind
    for path in ["/", paper.path(), paper.path("live"), "/search/?q=day"]:
        page = read(path)
        assert [s for s in page.all("script") if not s.get("src") and s.get("type") != "application/ld+json"] == []
        assert page.all("style, [style]") == []
        assert not [e for e in page.tree.find_all(True) if any(name.startswith("on") for name in e.attrs)]


@pytest.mark.row("ART-10")
def test_translations_name_one_another_and_a_default(paper, read):
    expected = {
        "en": settings.PUBLIC_URL + paper.path(), "fr": settings.PUBLIC_URL + paper.path("fr"),
        "x-default": settings.PUBLIC_URL + paper.path(),
    }  # fmt: skip
    for kind in ("news", "fr"):
        page = read(paper.path(kind))
        assert {e.get("hreflang"): e.get("href") for e in page.all("link[hreflang]")} == expected
        assert page.one("link[rel=canonical]").get("href") == settings.PUBLIC_URL + paper.path(kind)


@pytest.mark.row("ART-10")
def test_an_article_without_translations_names_none(paper, read):
    assert read(paper.path("opinion")).all("link[hreflang]") == []


@pytest.mark.row("ART-10")
def test_the_head_serves_shares_and_machines(paper, read):
    page = read(paper.path())
    meta = {e.get("property") or e.get("name"): e.get("content") for e in page.all("meta[content]")}
    assert meta["og:type"] == "article"
    assert meta["og:title"] == "The news of the day"
    assert meta["description"] == meta["og:description"] == "What the news says in one sentence."
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "675")
    assert meta["og:image"].startswith(settings.PUBLIC_URL + "/img/")
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["article:published_time"] == "2026-11-20T12:00:00+00:00"
    assert meta["tdm-reservation"] == "1"
    graph = json.loads(page.one("script[type='application/ld+json']").text)["@graph"]
    story, trail = graph
    assert story["@type"] == "NewsArticle"
    assert story["headline"] == "The news of the day"
    assert story["publisher"]["@type"] == "NewsMediaOrganization"
    assert story["image"][0]["creditText"].startswith("© Tidewire 2026")
    assert [step["name"] for step in trail["itemListElement"]] == ["The Tide", "World", "The news of the day"]
    feeds = [e.get("href") for e in page.all("link[rel=alternate][type]")]
    assert feeds[:3] == ["/world/feeds/rss.xml", "/world/feeds/atom.xml", "/world/feeds/feed.json"]


def test_a_headline_cannot_break_out_of_the_page(paper, read):
    evil = "</script><script>alert(1)</script> \" ' & <b>"
    article = make.make_article(paper.world, evil, lead_picture=paper.picture)
    from broadsheet.newsroom.queries.addresses import path_of

    page = read(path_of(article))
    assert page.words("h1") == re.sub(r"\s+", " ", evil)
    assert [s for s in page.all("script") if "alert" in (s.text or "") and s.get("type") != "application/ld+json"] == []
    graph = json.loads(page.one("script[type='application/ld+json']").text)["@graph"]
    assert graph[0]["headline"] == evil


def test_an_edition_has_its_manifest_and_theme(paper, client):
    manifest = client.get("/ar/manifest.webmanifest").json()
    assert (manifest["lang"], manifest["dir"], manifest["start_url"]) == ("ar", "rtl", "/ar/")
    theme = client.get("/theme/1d4f7a.css")
    assert theme["Content-Type"].startswith("text/css")
    assert "immutable" in theme["Cache-Control"]
    assert b"--accent:#1d4f7a" in theme.content
    assert client.get("/theme/zzzzzz.css").status_code == 404


@pytest.mark.row("PAGE-04")
def test_pages_say_their_language_and_direction(paper, read):
    for path, language, direction in (("/", "en", "ltr"), ("/fr/", "fr", "ltr"), ("/ar/", "ar", "rtl")):
        root = read(path).one("html")
        assert (root.get("lang"), root.get("dir")) == (language, direction)


@pytest.mark.row("PAGE-04")
def test_arabic_pages_load_arabic_letters_and_others_do_not(paper, read):
    arabic = [e.get("href") for e in read("/ar/").all("link[rel=preload]")]
    latin = [e.get("href") for e in read("/").all("link[rel=preload]")]
    assert all("naskh" in href or "arabic" in href for href in arabic)
    assert not any("naskh" in href or "arabic" in href for href in latin)

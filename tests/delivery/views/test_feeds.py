"""Feeds carry the same articles in three formats, and readers of feeds can read them."""

import json
from datetime import UTC, datetime

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.rules.feeds import Feed, FeedItem, atom, json_feed, rss
from tests.factories.newsroom import (
    make_article,
    make_author,
    make_edition,
    make_media,
    make_picture,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.row("ART-10")
AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
FILES = ("rss.xml", "atom.xml", "feed.json")


@pytest.fixture
def paper(db: None, settings: object) -> dict:
    settings.ROOT_URLCONF = "broadsheet.delivery.urls"
    edition = make_edition(tagline="News & views")
    section = make_section(edition, "world", name="World")
    tag = make_tag(edition, "harbour", name="Harbour")
    author = make_author(edition, "ada-vane", name="Ada Vane")
    article = make_article(
        section, "Gates <shut> & “locked”", at=AT, tags=[tag], authors=[author], lead_picture=make_picture(1600, 1000),
        fields={"lead_media": make_media("siren")},
    )  # fmt: skip
    return {"edition": edition, "section": section, "article": article}


@pytest.mark.parametrize("home", ["/", "/world/", "/tag/harbour/", "/author/ada-vane/"])
def test_feeds_of_everything_carry_the_same_article(client: Client, paper: dict, home: str) -> None:
    answers = {file: client.get(f"{home}feeds/{file}") for file in FILES}
    assert {file: answer.status_code for file, answer in answers.items()} == dict.fromkeys(FILES, 200)
    assert answers["rss.xml"]["Content-Type"] == "application/rss+xml; charset=utf-8"
    first, second = feedparser.parse(answers["rss.xml"].content), feedparser.parse(answers["atom.xml"].content)
    third = json.loads(answers["feed.json"].content)
    assert (first.bozo, second.bozo) == (False, False)
    assert first.version == "rss20"
    assert second.version == "atom10"
    assert third["version"] == "https://jsonfeed.org/version/1.1"
    assert {first.entries[0].id, second.entries[0].id, third["items"][0]["id"]} == {first.entries[0].id}
    assert {first.entries[0].link, second.entries[0].link, third["items"][0]["url"]} == {
        f"{settings.PUBLIC_URL}{paper['article'].public_path()}"
    }
    assert third["items"][0]["title"] == "Gates <shut> & “locked”"
    assert first.entries[0].published_parsed[:5] == (2026, 3, 1, 12, 30)


def test_feed_says_who_made_the_picture_and_how_long_the_recording_is(client: Client, paper: dict) -> None:
    entry = feedparser.parse(client.get("/feeds/rss.xml").content).entries[0]
    assert entry.media_credit[0]["content"] == "© Tidewire 2026 / Jane Roe"
    assert (entry.media_content[0]["width"], entry.media_content[0]["height"]) == ("1200", "675")
    assert (entry.enclosures[0].type, entry.enclosures[0].length) == ("audio/mpeg", str(len(b"no sound")))
    assert [tag.term for tag in entry.tags] == ["World", "Harbour"]
    assert entry.author == "Ada Vane"


def test_hubs_are_named_in_feed_and_header(client: Client, paper: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.ENV.values, "BROADSHEET_WEBSUB_HUBS", "https://hub.example/")
    answer = client.get("/feeds/atom.xml")
    links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
    assert links["hub"] == "https://hub.example/"
    assert links["self"] == f"{settings.PUBLIC_URL}/feeds/atom.xml"
    assert answer["Link"] == f'<https://hub.example/>; rel="hub", <{links["self"]}>; rel="self"'


@pytest.mark.parametrize(
    "path", ["/de/feeds/rss.xml", "/nowhere/feeds/rss.xml", "/tag/none/feeds/rss.xml", "/feeds/x.xml"]
)
def test_feed_of_what_is_not_there_is_missing(client: Client, paper: dict, path: str) -> None:
    assert client.get(path).status_code == 404


def test_edition_in_a_path_has_its_own_feed(client: Client, paper: dict) -> None:
    french = make_edition("fr", at_root=False, name="Le Journal")
    make_article(make_section(french, "monde", name="Monde"), "Les portes fermées")
    found = feedparser.parse(client.get("/fr/feeds/atom.xml").content)
    assert (found.feed.title, found.feed.language if "language" in found.feed else "fr") == ("Le Journal", "fr")
    assert [entry.title for entry in found.entries] == ["Les portes fermées"]
    assert client.get("/fr/monde/feeds/rss.xml").status_code == 200


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_makes_a_feed_that_can_be_read(title: str, summary: str, tags: list[str]) -> None:
    item = FeedItem("urn:x:1", "https://a.example/1/", title, summary, AT, AT, (("A", ""),), tuple(tags))
    feed = Feed(title, summary, "https://a.example/", "https://a.example/feeds/", "en", AT, (item,))
    assert not feedparser.parse(rss(feed)).bozo
    assert not feedparser.parse(atom(feed)).bozo
    assert json.loads(json_feed(feed))["items"][0]["id"] == "urn:x:1"

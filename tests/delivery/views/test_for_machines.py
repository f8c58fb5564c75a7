"""Sitemaps, robots.txt and what may be mined."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Xml

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from broadsheet.newsroom.queries.editions import forget_editions
from tests.factories.newsroom import make_article, make_draft, make_edition, make_info_page, make_picture, make_section

pytestmark = [pytest.mark.row("ART-10"), pytest.mark.django_db]
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(autouse=True)
def _addresses(settings: object) -> None:
    settings.ROOT_URLCONF = "broadsheet.delivery.urls"


def locations(client: Client, path: str) -> list[str]:
    root = Xml.fromstring(client.get(path).content)
    return [node.text for node in root.iterfind("*/s:loc", SPACES)]


def test_index_leads_to_every_page() -> None:
    client = Client()
    edition = make_edition()
    section = make_section(edition)
    make_info_page(edition, "about")
    article = make_article(section, "One", at=datetime(2025, 1, 2, tzinfo=UTC))
    make_draft(section, "Not yet")
    parts = locations(client, "/sitemap.xml")
    assert parts == [f"{settings.PUBLIC_URL}/sitemap/en/{name}.xml" for name in ("0", "1", "news")]
    found = {address for part in parts for address in locations(client, part.removeprefix(settings.PUBLIC_URL))}
    paths = {"/", "/world/", "/page/about/", "/accountability/", article.public_path()}
    assert found == {f"{settings.PUBLIC_URL}{path}" for path in paths}


def test_translations_name_each_other() -> None:
    english, french = make_edition(), make_edition("fr", at_root=False)
    one = make_article(make_section(english), "One")
    two = make_article(make_section(french, "monde"), "Un", translation_of=one)
    root = Xml.fromstring(Client().get("/sitemap/en/1.xml").content)
    links = {node.get("hreflang"): node.get("href") for node in root.iterfind("s:url/x:link", SPACES)}
    assert links == {
        "en": f"{settings.PUBLIC_URL}{one.public_path()}",
        "fr": f"{settings.PUBLIC_URL}{two.public_path()}",
    }


def test_news_sitemap_holds_two_days(django_assert_max_num_queries: object) -> None:
    section = make_section(make_edition(name="The Paper"))
    now = timezone.now()
    make_article(section, "Old", at=now - timedelta(days=2, minutes=5))
    make_article(section, "New", at=now - timedelta(days=1), lead_picture=make_picture(1400, 900))
    with django_assert_max_num_queries(8):
        root = Xml.fromstring(Client().get("/sitemap/en/news.xml").content)
    assert [node.text for node in root.iterfind("s:url/n:news/n:title", SPACES)] == ["New"]
    assert root.findtext("s:url/n:news/n:publication/n:name", namespaces=SPACES) == "The Paper"
    assert root.findtext("s:url/n:news/n:publication/n:language", namespaces=SPACES) == "en"
    assert "_1200x675_" in root.findtext("s:url/i:image/i:loc", namespaces=SPACES)


def test_sitemap_of_what_is_not_there_is_missing() -> None:
    make_edition()
    assert [Client().get(path).status_code for path in ("/sitemap/de/1.xml", "/sitemap/en/7.xml")] == [404, 404]


def test_robots_are_asked_little_unless_the_operator_says_more(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Client().get("/robots.txt").content.decode()
    assert "GPTBot" not in plain
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in plain
    monkeypatch.setitem(settings.ENV.values, "BROADSHEET_AI_ROBOTS", "on")
    assert "User-agent: GPTBot\n" in Client().get("/robots.txt").content.decode()


def test_mining_is_reserved_in_header_and_file() -> None:
    edition = make_edition()
    answer = Client().get("/.well-known/tdmrep.json")
    assert json.loads(answer.content)[0]["tdm-reservation"] == 1
    assert (answer["tdm-reservation"], answer["tdm-policy"]) == ("1", f"{settings.PUBLIC_URL}/tdm-policy/")
    assert "reserved" in Client().get("/tdm-policy/").content.decode()
    make_info_page(edition, "mining", purpose="mining")
    forget_editions()
    assert Client().get("/tdm-policy/")["Location"] == "/page/mining/"


def test_security_contact_does_not_expire_soon() -> None:
    make_edition(contact_address="desk@paper.example")
    lines = dict(
        line.split(": ", 1) for line in Client().get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:desk@paper.example"
    assert datetime.fromisoformat(lines["Expires"]) > timezone.now() + timedelta(days=200)

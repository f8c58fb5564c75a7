"""The radio's page, its bar and what it tells of now and next (ART-15), and the way to it in the header (PAGE-01)."""

import pytest

from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.actions.keep_radio import keep_radio
from broadsheet.newsroom.queries.editions import forget_editions

pytestmark = [pytest.mark.row("ART-15"), pytest.mark.django_db]
ALL_DAY = {"days": "0123456", "begins": "00:00", "ends": "12:00", "title": "Ebb & <Flow>", "host": "Salma Reyes"}
OTHER_HALF = {
    "days": "0123456",
    "begins": "12:00",
    "ends": "00:00",
    "title": "The Long Half",
    "description": "Until midnight.",
}
PLACES = ("listen/", "listen/bar/", "listen/now.json")


@pytest.fixture
def radio(paper):
    def keep(address="https://sound.example:8443/live.mp3", shows=(ALL_DAY, OTHER_HALF)):
        station = keep_radio(edition=paper.edition, name="Tide Radio", address=address, shows=shows)
        forget_editions()
        return station

    return keep


@pytest.mark.row("PAGE-01")
def test_the_header_leads_to_the_radio_only_where_there_is_one(read, paper, radio, announced_facts):
    assert read("/").all("[data-listen]") == []
    radio()
    assert announced_facts() == ["EditionChanged"], "stored pages of the edition go"
    link = read("/world/").one("header [data-listen]")
    assert (link["href"], link.get_text(strip=True)) == ("/listen/", "Listen live")
    assert read("/fr/").all("[data-listen]") == []
    for place in PLACES:
        read(f"/{place}")
        read(f"/fr/{place}", status=404)


@pytest.fixture
def announced_facts():
    from broadsheet.kernel.models import FactRecord

    deliver_due()
    seen = FactRecord.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return lambda: sorted(set(FactRecord.objects.filter(id__gt=seen).values_list("name", flat=True)))


def test_the_page_plays_without_scripts_and_has_the_week(read, radio):
    radio()
    page = read("/listen/")
    assert page.one("audio[controls][preload=none]")["src"] == "https://sound.example:8443/live.mp3"
    assert "The sound comes from sound.example, which learns your address once you press play." in page.words(
        ".radio-now"
    )
    shown = page.words("main")
    assert "Ebb & <Flow>, Salma Reyes" in shown
    assert "The Long HalfUntil midnight." in shown
    assert len(page.all(".radio-day")) == 7
    assert len(page.all(".radio-day [aria-current=time]")) == 1
    assert "All times: GMT" in shown or "All times: BST" in shown


def test_only_the_radios_answers_let_its_one_host_in(read, client, radio):
    radio()
    for place in ("/listen/", "/listen/bar/"):
        policy = dict(rule.split(" ", 1) for rule in client.get(place)["Content-Security-Policy"].split("; "))
        assert policy["media-src"].split() == ["'self'", "https://sound.example:8443"]
        assert policy["connect-src"] == "'self'"
        assert policy["script-src"] == "'self'"
        assert client.get(place)["Referrer-Policy"] == "same-origin"
    radio(address="https://sound.example/live.m3u8")
    hls = client.get("/listen/bar/")["Content-Security-Policy"]
    assert "media-src 'self' https://sound.example blob:;" in hls
    assert "connect-src 'self' https://sound.example;" in hls
    article = client.get("/world/")
    assert "sound.example" not in article["Content-Security-Policy"] + article.content.decode()
    assert "frame-ancestors 'self'" in article["Content-Security-Policy"], (
        "the page stands beside the bar, in no other frame"
    )


def test_now_and_next_hold_until_the_border_between_shows(client, radio):
    radio()
    told = client.get("/listen/now.json").json()
    titles = {"Ebb & <Flow>": ("The Long Half", "12:00"), "The Long Half": ("Ebb & <Flow>", "00:00")}
    assert (told["next"]["title"], told["next"]["at"]) == titles[told["now"]["title"]]
    assert told["now"]["times"] in {"00:00–12:00", "12:00–00:00"}
    assert 1 <= told["seconds"] <= 300
    radio(shows=())
    told = client.get("/listen/now.json").json()
    assert (told["now"], told["next"]) == (None, None)


def test_the_paper_s_own_sound_names_no_host(read, client, radio):
    radio(address="/live/radio.wav")
    page = read("/listen/bar/")
    assert page.one("[data-bar]")["data-host"] == ""
    assert page.all("[data-from]") == []
    assert "media-src 'self';" in page.response["Content-Security-Policy"]

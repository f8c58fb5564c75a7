"""Editors keep the radio and its programme in the desk; whoever may not is kept out (ART-15)."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from broadsheet.newsroom.actions.desk_setup import let_editors_keep_radios
from broadsheet.newsroom.engines.sound_probe import try_stream
from broadsheet.newsroom.models import Station
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader

pytestmark = [pytest.mark.row("ART-15"), pytest.mark.django_db]
ADD, TRY = "/editor/snippets/newsroom/station/add/", "/editor/desk/radio/try/"


@pytest.fixture
def edition(db):
    return make.make_edition(name="The Tide", time_zone="Europe/Paris")


def form(edition, shows=(), exceptions=(), **fields):
    values = {"edition": edition.pk, "name": "Tide Radio", "address": "https://sound.example/live.m3u8", **fields}
    for name, rows in (("shows", shows), ("specials", exceptions)):
        values |= {
            f"{name}-TOTAL_FORMS": len(rows),
            f"{name}-INITIAL_FORMS": 0,
            f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000,
        }
        for number, row in enumerate(rows):
            values |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return values


def row(title, begins, ends, **more):
    return {"title": title, "begins": begins, "ends": ends, "host": "", "description": "", **more}


def test_an_editor_writes_a_station_with_its_programme(enter, edition):
    editor = enter("Editors")
    assert "Try the stream" in editor.get(ADD).content.decode()
    shows = [row("Late", "22:00", "02:00", days=["4", "5"]), row("Early", "02:00", "06:00", days=["5", "6"])]
    answer = editor.post(ADD, form(edition, shows, [row("", "23:00", "23:30", on="2026-12-24")]))
    assert answer.status_code == 302, answer.context["form"].errors
    station = Station.objects.get()
    assert [(one.title, one.days) for one in station.shows.order_by("title")] == [("Early", "56"), ("Late", "45")]
    assert station.specials.get().title == ""
    again = editor.post(ADD, form(edition, name="Another"))
    assert "This edition has a radio already" in again.content.decode()


@pytest.mark.parametrize(
    ("shows", "exceptions", "words"),
    [
        ([row("Late", "22:00", "03:00", days=["6"]), row("Early", "02:00", "06:00", days=["0"])], [],
         ["Late", "Early", "Monday", "22:00–03:00", "02:00–06:00"]),
        ([], [row("Vote", "09:00", "11:00", on="2026-12-24"), row("", "10:00", "10:30", on="2026-12-24")],
         ["Vote", "09:00–11:00", "10:00–10:30"]),
        ([row("Nameless days", "22:00", "03:00", days=[])], [], ["This field is required"]),
    ],
)  # fmt: skip
def test_what_overlaps_is_refused_with_both_names(enter, edition, shows, exceptions, words):
    answer = enter("Editors").post(ADD, form(edition, shows, exceptions))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert [word for word in words if word not in page] == []
    assert not Station.objects.exists()


@pytest.mark.parametrize("address", ["http://sound.example/live", "//sound.example", "javascript:alert(1)", "live.mp3"])
def test_an_address_that_no_page_may_play_is_refused(enter, edition, address):
    answer = enter("Editors").post(ADD, form(edition, address=address))
    assert "Write an address that begins with https://" in answer.content.decode()
    assert not Station.objects.exists()


def test_the_desk_of_the_radio_is_closed_to_all_others(enter, edition):
    reader = Client()
    reader.force_login(make_reader())
    for stranger, statuses in (
        (Client(), {302}), (reader, {404}), (enter("Authors"), {302, 403}), (enter("Moderators of comments"), {302, 403}),
    ):  # fmt: skip
        assert stranger.get(ADD).status_code in statuses
        assert stranger.post(ADD, form(edition)).status_code in statuses
        assert stranger.post(TRY, {"address": "https://sound.example/"}).status_code in statuses
    assert not Station.objects.exists()
    assert enter("Editors").get(TRY).status_code == 405


def test_papers_older_than_their_radios_give_their_editors_the_permission_once(enter, edition):
    enter("Editors")
    held = Permission.objects.filter(group__name="Editors", codename="change_station")
    for group in Group.objects.all():
        group.permissions.remove(*Permission.objects.filter(codename__endswith="_station"))
    let_editors_keep_radios()
    assert held.exists()
    Group.objects.get(name="Editors").permissions.remove(*held)
    let_editors_keep_radios()
    assert not held.all().exists(), "what a newsroom changed since stays"


class Sounds(BaseHTTPRequestHandler):
    """Answers as stations do, and as addresses do that are none."""

    def do_GET(self):
        kinds = {
            "/endless.mp3": ("audio/mpeg", b"\xff\xfb\x90\x00" * 4000), "/live.m3u8": ("audio/mpegurl", b"#EXTM3U\n#EXT-X-VERSION:3\na.mp3\n"),
            "/page": ("text/html", b"<!doctype html><title>Hello"), "/list": ("audio/x-scpls", b"[playlist]\nFile1=x"),
            "/other.m3u8": ("text/plain", b"#EXTM3U\n#EXT-X-VERSION:3\nhttps://cdn.example/a.mp3\n"), "/hls": ("audio/mpegurl", b"#EXTM3U\n#EXT-X-A\n"),
        }  # fmt: skip
        kind, body = kinds.get(self.path, ("text/plain", b""))
        self.send_response(200 if self.path in kinds else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)
        if self.path == "/endless.mp3":
            threading.Event().wait(3)  # never ends by itself

    def log_message(self, *_args):
        pass


@pytest.mark.parametrize(
    ("address", "plays", "words"),
    [
        ("/endless.mp3", True, "continuous stream"),
        ("/live.m3u8", True, "HLS"),
        ("/page", False, "a stream address that is no stream"),
        ("/list", False, "a list that leads to streams"),
        ("/hls", False, "doesn't end in .m3u8"),
        ("/gone", False, "status 404"),
        ("https://127.0.0.1:9/live.mp3", False, "private or reserved network"),
        ("http://sound.example/live", False, "must begin with https://"),
    ],
)
def test_the_desk_says_whether_an_address_gives_sound(settings, address, plays, words):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sounds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.PUBLIC_URL = f"http://127.0.0.1:{server.server_port}"  # only what the paper serves may lie on this machine
    told, sentence = try_stream(address=address)
    server.shutdown()
    assert (told, words in sentence) == (plays, True), sentence

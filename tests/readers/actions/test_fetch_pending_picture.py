"""The picture of an identity that waits: fetched once, safely, and gone with it (ACC-04, ACC-05)."""

import io
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from PIL import Image

from broadsheet.kernel import clock
from broadsheet.readers.actions import fetch_pending_picture as fetching
from broadsheet.readers.engines.pending import KEPT_FOR, MOST, find, keep, picture_of, settle
from broadsheet.readers.rules.profiles import Profile
from tests.at_once import at_once
from tests.factories.accounts import image_bytes

pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.row("ACC-05"), pytest.mark.django_db]


class Network(BaseHTTPRequestHandler):
    """A network's pictures, some of them none."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/slow.png":
            time.sleep(0.5)
        inwards = self.path == "/inwards.png"
        self.send_response(302 if inwards else 200)
        if inwards:
            self.send_header("Location", "file:///etc/passwd")
        self.send_header("Content-Type", "text/html" if self.path == "/page" else "image/png")
        self.end_headers()
        self.wfile.write({"/broken.png": b"no picture", "/large.png": b"x" * 2_100_000}.get(self.path) or PICTURE)

    def log_message(self, *args: object) -> None:
        return


PICTURE = image_bytes(kind="PNG")


@pytest.fixture(scope="module")
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Network)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def network(serving: str) -> str:
    Network.asked.clear()
    caches["pictures"].clear()
    return serving


def ada(network: str, path: str = "/ada.png", uid: str = "1") -> Profile:
    return Profile("city", uid, name="Ada Quay", picture=network + path)


def fetch(session: SessionStore, key: str, allow_private: bool = True) -> bytes | None:
    return fetching.fetch_pending_picture(session=session, key=key, now=clock.now(), allow_private=allow_private)


def waiting(profile: Profile) -> tuple[SessionStore, str]:
    session = SessionStore()
    return session, keep(session, profile, "", clock.now())


def test_it_is_drawn_anew_and_fetched_once_for_both_branches_and_a_reload(network):
    session, key = waiting(ada(network))
    first = fetch(session, key)
    assert first is not None
    with Image.open(io.BytesIO(first)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (256, 256))
    assert [fetch(session, key), fetch(session, key)] == [first, first]
    assert Network.asked == ["/ada.png"]


@pytest.mark.parametrize("path", ["/broken.png", "/large.png", "/page", "/inwards.png"])
def test_what_is_no_picture_too_large_or_leads_inwards_is_none_and_not_asked_for_again(network, path):
    session, key = waiting(ada(network, path))
    assert [fetch(session, key), fetch(session, key)] == [None, None]
    assert Network.asked == [path]


def test_a_slow_network_is_given_up_and_not_asked_again(network, monkeypatch):
    monkeypatch.setattr(fetching, "LIMITS", replace(fetching.LIMITS, total_seconds=0.2))
    session, key = waiting(ada(network, "/slow.png"))
    began = time.monotonic()
    assert fetch(session, key) is None
    assert time.monotonic() - began < 0.45
    assert fetch(session, key) is None
    assert Network.asked == ["/slow.png"]


def test_the_inner_network_is_not_asked(network):
    session, key = waiting(ada(network))
    assert fetch(session, key, allow_private=False) is None
    assert Network.asked == []


def test_nobody_else_gets_it_and_nothing_is_fetched_for_them(network):
    session, key = waiting(ada(network))
    for stranger, tried in ((SessionStore(), key), (session, "another"), (session, f"{key} fetching")):
        assert fetch(stranger, tried) is None
    assert Network.asked == []
    fetch(session, key)
    assert fetch(SessionStore(), key) is None


def test_it_goes_with_the_identity(network):
    session, key = waiting(ada(network))
    fetch(session, key)
    pending = find(session, key, clock.now())
    settle(session, pending.profile, clock.now())
    assert picture_of(pending) is None
    assert fetch(session, key) is None
    session, key = waiting(ada(network))
    fetch(session, key)
    pending = find(session, key, clock.now())
    for number in range(MOST):  # as many tabs again
        keep(session, ada(network, uid=str(number)), "", clock.now())
    assert picture_of(pending) is None


def test_it_is_held_no_longer_than_the_identity_waits(network):
    session = SessionStore()
    key = keep(session, ada(network), "", clock.now() - KEPT_FOR + timedelta(seconds=1))
    pending = find(session, key, clock.now())
    assert fetch(session, key)
    time.sleep(1)
    assert picture_of(pending) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_once_one_fetches_and_the_others_do_not_wait(network):
    session, key = waiting(ada(network, "/slow.png"))
    spans: list[float] = []

    def ask() -> bool:
        began = time.monotonic()
        found = fetch(session, key)
        spans.append(time.monotonic() - began)
        return found is not None

    assert sorted(at_once(*[ask] * 6)) == [False] * 5 + [True]
    assert Network.asked == ["/slow.png"]
    assert sorted(spans)[4] < 0.4


def test_an_identity_that_comes_back_again_and_again_is_not_fetched_each_time(network):
    found = [fetch(*waiting(ada(network))) for _time in range(fetching.PICTURES.times + 3)]
    assert len(Network.asked) == fetching.PICTURES.times
    assert found[-1] is None
    assert fetch(*waiting(ada(network, uid="2"))) is not None


def test_the_log_says_why_and_not_whose(network, caplog):
    caplog.set_level("INFO", "broadsheet.avatars")
    fetching.log.addHandler(caplog.handler)
    fetch(*waiting(ada(network, "/broken.png")))
    fetching.log.removeHandler(caplog.handler)
    assert "avatar-unreadable" in caplog.text
    assert network not in caplog.text
    assert "Ada" not in caplog.text

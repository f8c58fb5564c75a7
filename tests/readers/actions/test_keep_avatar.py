"""The picture of an account is kept, replaced, removed, fetched from the network, and swept up (ACC-05)."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from broadsheet.delivery.engines.pagestore import page_store
from broadsheet.delivery.engines.resolver import Resolver
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.keep_avatar import keep_avatar, remove_avatar, sweep_avatars, take_offered
from broadsheet.readers.facts import AvatarOffered
from tests.factories.accounts import image_bytes, make_reader

pytestmark = [pytest.mark.row("ACC-05"), pytest.mark.django_db]
FOLDER: Path = settings.DATA / "avatars"
HIDDEN: Path = settings.DATA / "avatars-hidden"


def names(folder: Path = FOLDER) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))


def test_a_new_picture_takes_the_place_of_the_old_under_another_name():
    reader = make_reader()
    first = keep_avatar(reader_id=reader.pk, content=image_bytes())
    assert names() == [first]
    second = keep_avatar(reader_id=reader.pk, content=image_bytes(colour="#cc3333"))
    assert names() == [second] != [first]
    reader.refresh_from_db()
    assert reader.avatar == second
    assert FactRecord.objects.filter(name="ProfileChanged", payload__reader_id=reader.pk).count() == 2
    remove_avatar(reader_id=reader.pk)
    reader.refresh_from_db()
    assert (reader.avatar, names()) == ("", [])


def test_a_refused_picture_leaves_the_old_one_and_no_file():
    reader = make_reader()
    name = keep_avatar(reader_id=reader.pk, content=image_bytes())
    with pytest.raises(Refused):
        keep_avatar(reader_id=reader.pk, content=b"no picture")
    assert names() == [name]


def test_a_closed_account_gets_no_picture():
    reader = make_reader(is_active=False)
    with pytest.raises(Refused) as refused:
        keep_avatar(reader_id=reader.pk, content=image_bytes())
    assert refused.value.refusal.code == "account-not-there"
    assert names() == []


def test_the_picture_is_served_for_good_and_never_as_anything_else():
    name = keep_avatar(reader_id=make_reader().pk, content=image_bytes())
    resolver = Resolver(page_store())
    place = resolver.place(f"/avatars/{name}")
    entry = resolver.entry(place)
    headers = dict(place.headers)
    assert entry is not None
    assert Path(place.file).read_bytes() == (FOLDER / name).read_bytes()
    assert headers["Content-Type"] == "image/webp"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in headers["Cache-Control"]
    for path in (f"/avatars-hidden/{name}", "/avatars/../secret.key", "/avatars/.x", "/avatars/%2e%2e/secret.key"):
        assert resolver.place(path) is None or not resolver.place(path).file.startswith(str(settings.DATA / "avatars"))


class Network(BaseHTTPRequestHandler):
    """A provider's pictures."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/inwards":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
            self.end_headers()
            return
        large = self.path == "/large.png"
        content = b"\x89PNG\r\n\x1a\n" + b"x" * 2_100_000 if large else image_bytes(kind="PNG")
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/page" else "image/png")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def network() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Network)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def offer(reader_id: int, url: str) -> None:
    with transaction.atomic():
        announce(AvatarOffered(reader_id=reader_id, url=url))


def urls_in_log() -> set[str]:
    return {row.payload["url"] for row in FactRecord.objects.filter(name="AvatarOffered")}


def test_an_offered_picture_is_fetched_by_a_job_that_does_not_hold_its_address(network):
    reader = make_reader()
    offer(reader.pk, f"{network}/ines.png")
    deliver_due()
    job = DBTaskResult.objects.get()
    assert job.args_kwargs == {"args": [reader.pk], "kwargs": {}}
    assert take_offered(reader_id=reader.pk, allow_private=True)
    reader.refresh_from_db()
    assert names() == [reader.avatar] != [""]
    assert urls_in_log() == {""}


def test_an_offered_picture_never_replaces_what_the_reader_chose(network):
    reader = make_reader()
    chosen = keep_avatar(reader_id=reader.pk, content=image_bytes())
    Network.asked.clear()
    offer(reader.pk, f"{network}/other.png")
    assert not take_offered(reader_id=reader.pk, allow_private=True)
    reader.refresh_from_db()
    assert (reader.avatar, Network.asked, urls_in_log()) == (chosen, [], {""})
    assert keep_avatar(reader_id=reader.pk, content=image_bytes(colour="#cc3333"), only_if_none=True) == chosen
    assert names() == [chosen]


@pytest.mark.parametrize("path", ["/large.png", "/page", "/inwards"])
def test_what_is_too_large_no_picture_or_leads_inwards_is_not_kept_nor_asked_again(network, path):
    reader = make_reader()
    offer(reader.pk, f"{network}{path}")
    assert not take_offered(reader_id=reader.pk, allow_private=path != "/inwards")
    assert names() == []
    assert urls_in_log() == {""}


def test_the_inner_network_is_never_asked_for_a_picture(network):
    reader = make_reader()
    Network.asked.clear()
    port = network.rpartition(":")[2]
    for url in (
        f"{network}/a.png",
        f"http://localhost:{port}/a.png",
        f"http://[::ffff:127.0.0.1]:{port}/a",
        "file:///etc/passwd",
    ):
        offer(reader.pk, url)
        assert not take_offered(reader_id=reader.pk)
    assert Network.asked == []


def test_what_a_killed_process_left_is_put_right():
    kept = make_reader()
    name = keep_avatar(reader_id=kept.pk, content=image_bytes())
    gone = make_reader()
    hidden = keep_avatar(reader_id=gone.pk, content=image_bytes())
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    (FOLDER / "of-nobody.webp").write_bytes(b"x")
    (FOLDER / ".half.webp.part").write_bytes(b"x")
    assert sweep_avatars() == 0, "what is younger than an hour is left alone"
    assert sweep_avatars(older_than=-1) == 3
    assert (names(), names(HIDDEN)) == ([name], [hidden])
    type(gone).objects.filter(pk=gone.pk).update(is_active=True)
    assert sweep_avatars(older_than=-1) == 1
    assert names() == sorted([name, hidden])
    assert (FOLDER / name).stat().st_mode & 0o777 == 0o644

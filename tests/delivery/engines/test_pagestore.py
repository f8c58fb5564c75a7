"""Pages are rendered once, kept as files, and gone when what they show changes."""

import errno
import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from django.db import connections
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.delivery.engines import page_files, purger
from broadsheet.delivery.engines.dependencies import collecting, depends_on
from broadsheet.delivery.engines.pagestore import PageStore, stored
from broadsheet.delivery.engines.renewer import Renewer
from tests.delivery.addresses import RENDERED
from tests.delivery.conftest import heard, until, write

pytestmark = pytest.mark.row("OPS-01")


def file_of(store: PageStore, path: str) -> Path:
    return store.files.www / path.strip("/") / "index.html"


def test_page_is_rendered_once_and_kept_in_three_forms(store: PageStore, reader: Client) -> None:
    write(1, "one")
    heard(store)
    first, second = reader.get("/n/1/"), reader.get("/n/1/")
    assert RENDERED == ["/n/1/"]
    assert first.content == second.content == file_of(store, "/n/1/").read_bytes()
    assert {k: v for k, v in first.items() if k != "Content-Length"} == {
        k: v for k, v in second.items() if k != "Content-Length"
    }
    file = file_of(store, "/n/1/")
    assert gzip.decompress(file.with_suffix(".html.gz").read_bytes()) == first.content
    assert brotli.decompress(file.with_suffix(".html.br").read_bytes()) == first.content
    assert first["ETag"] == f'"{int(file.stat().st_mtime):x}-{file.stat().st_size:x}"'
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_changed_page_is_gone_within_a_second_and_other_pages_stay(store: PageStore, reader: Client) -> None:
    write(1, "one")
    write(2, "two")
    heard(store)
    reader.get("/n/1/"), reader.get("/n/2/")
    write(1, "uno")
    assert until(lambda: not file_of(store, "/n/1/").exists())
    assert file_of(store, "/n/2/").exists()
    assert b"uno" in reader.get("/n/1/").content


def test_page_renewed_in_place_is_never_missing(store: PageStore, reader: Client) -> None:
    write(1, "one")
    heard(store)
    reader.get("/front/1/")
    file, seen = file_of(store, "/front/1/"), []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.append(file.exists())

    watcher = threading.Thread(target=watch)
    watcher.start()
    for word in ("two", "three", "four"):
        write(1, word)
        assert until(lambda word=word: word in file.read_text())
    stop.set()
    watcher.join()
    assert all(seen)


def test_two_hundred_readers_after_a_purge_cause_one_rendering(store: PageStore) -> None:
    write(1, "one")
    heard(store)

    def ask(_number: int) -> bytes:
        try:
            return Client().get("/slow/1/").content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        answers = set(pool.map(ask, range(200)))
    assert answers == {b"<p>one</p>"}
    assert RENDERED == ["/slow/1/"]


def test_page_rendered_from_old_data_is_not_stored(store: PageStore, reader: Client) -> None:
    write(1, "old")
    heard(store)

    def ask() -> None:
        Client().get("/slow/1/")
        connections.close_all()

    rendering = threading.Thread(target=ask)
    rendering.start()
    assert until(lambda: RENDERED == ["/slow/1/"])
    time.sleep(0.03)
    write(1, "new")
    rendering.join()
    assert not until(lambda: file_of(store, "/slow/1/").exists(), 0.3)
    assert b"new" in reader.get("/slow/1/").content


@settings(max_examples=6)
@given(st.lists(st.tuples(st.sampled_from(["/n/1/", "/slow/1/", "/front/1/"]), st.floats(0, 0.12)), max_size=14))
def test_whatever_the_order_no_old_page_stays(store: PageStore, asked: list[tuple[str, float]]) -> None:
    write(1, "before")

    def ask(path: str, after: float) -> None:
        time.sleep(after)
        Client().get(path)
        connections.close_all()

    threads = [threading.Thread(target=ask, args=pair) for pair in asked]
    for thread in threads:
        thread.start()
    for step in range(5):
        time.sleep(0.02)
        write(1, f"step {step}")
    for thread in threads:
        thread.join()
    paths = {path for path, _after in asked}
    assert until(
        lambda: all(not (file := file_of(store, path)).exists() or "step 4" in file.read_text() for path in paths)
    )


def test_pages_of_one_second_and_size_never_share_an_etag(store: PageStore, reader: Client) -> None:
    tags = []
    for word in ("aaa", "bbb", "ccc"):
        write(1, word)
        heard(store)
        tags.append(reader.get("/n/1/")["ETag"])
    assert len(set(tags)) == 3


def test_page_knows_nothing_of_who_asks(store: PageStore) -> None:
    known = Client(
        headers={"user-agent": "Agent/1", "accept-language": "fr", "host": "localhost"}, REMOTE_ADDR="9.9.9.9"
    )
    known.cookies["broadsheet_session"] = "secret"
    shown = known.get("/who/?utm_source=letter&fbclid=x").content.decode()
    assert "secret" not in shown
    assert "Agent" not in shown
    assert "fr" not in shown
    assert "9.9.9.9" not in shown
    assert "letter" not in shown
    assert file_of(store, "/who/").exists()


@pytest.mark.parametrize("path", ["/cookie/", "/missing/", "/broken/", "/moved/", "/who/?page=2"])
def test_answer_that_is_not_a_page_for_all_is_not_stored(store: PageStore, reader: Client, path: str) -> None:
    reader.get(path)
    assert list(store.files.www.rglob("index.html")) == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(store: PageStore, reader: Client, method: str) -> None:
    answer = getattr(reader, method)("/who/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_new_build_empties_the_store(store: PageStore, reader: Client) -> None:
    reader.get("/who/")
    assert not store.open()
    assert file_of(store, "/who/").exists()
    newer = PageStore(store.files.folder, build="another")
    assert newer.open()
    assert not file_of(store, "/who/").exists()
    reader.get("/who/")  # the process of the older build no longer stores
    assert not file_of(store, "/who/").exists()


def test_page_grown_old_is_renewed_or_removed(store: PageStore, reader: Client) -> None:
    reader.get("/ageing/")
    row = store.index.page("/ageing/")
    assert row is not None
    assert 0 < row.refresh_at - time.time() <= 1


def test_full_disk_still_serves(store: PageStore, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    write(1, "one")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(page_files.Path, "write_bytes", full)
    answer = reader.get("/n/1/")
    assert (answer.status_code, b"one" in answer.content) == (200, True)
    assert list((store.files.folder / "state" / "new").iterdir()) == []


def test_unwritable_store_still_serves(store: PageStore, reader: Client) -> None:
    write(1, "one")
    heard(store)
    store.index.forget_connection()
    moved = store.files.folder.with_name("pages-away")
    store.files.folder.rename(moved)
    store.files.folder.write_text("in the way")
    try:
        assert b"one" in reader.get("/n/1/").content
    finally:
        store.files.folder.unlink()
        moved.rename(store.files.folder)


def test_a_store_that_could_not_be_used_at_the_start_is_used_when_it_can_be(
    small_pages: None, transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purger, "AGAIN_SECONDS", 0.0)
    (tmp_path / "pages").write_text("a file in the way")
    store = PageStore(tmp_path / "pages")
    tailing = purger.Purger(store, Renewer(store))
    tailing.begin()
    assert not store.purging
    heard_meanwhile: list[int] = []
    tailing.listeners = (*tailing.listeners, lambda _fact, number, _keys: heard_meanwhile.append(number))
    tailing.cursor.start_at_end()
    write(1, "one")
    tailing.turn()
    assert len(heard_meanwhile) == 1  # the process hears the news all the same
    assert not store.purging
    (tmp_path / "pages").unlink()
    tailing.turn()
    assert store.purging


def test_purge_that_fails_empties_the_store(store: PageStore, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.get("/who/")

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store, "_purge", fail)
    store.purge(["tag:9"])
    assert not file_of(store, "/who/").exists()


def test_outside_a_serving_process_nothing_is_stored(small_pages: None, db: None, reader: Client) -> None:
    assert reader.get("/who/").status_code == 200


def test_keys_are_collected_within_and_ignored_outside() -> None:
    depends_on("article:1")
    with collecting() as found:
        depends_on("article:2", "site")
    assert found == {"article:2", "site"}


def test_decorator_takes_arguments_or_none() -> None:
    assert stored(lambda request: None).__name__ == stored(refresh_after=5)(lambda request: None).__name__

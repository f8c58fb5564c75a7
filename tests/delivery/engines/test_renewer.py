"""Pages renewed in place: the ones that can't be in time are removed, and nobody works for them afterwards."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from broadsheet.delivery.engines.page_index import PageRow
from broadsheet.delivery.engines.pagestore import PageStore
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.delivery.rules.stored_paths import stored_file
from broadsheet.kernel.clock import now
from broadsheet.kernel.facts import announce
from broadsheet.kernel.models import PublicNumber
from broadsheet.newsroom.facts import TermChanged
from tests.delivery.conftest import heard, until, write

pytestmark = [pytest.mark.row("OPS-01"), pytest.mark.django_db(transaction=True)]


def test_of_a_thousand_pages_changed_at_once_those_not_renewed_in_time_are_removed_and_left_alone(
    tmp_path: Path,
) -> None:
    store = PageStore(tmp_path)
    store.open(lost=True)
    rendered, lock = [], threading.Lock()

    def render(path: str, _number: int) -> int:
        time.sleep(0.02)
        with lock:
            rendered.append(path)
        return 204

    renewer = Renewer(store, render=render)
    rows = [PageRow(f"/city/{number}/", 0, True, None) for number in range(1000)]
    for row in [*rows, PageRow("/", 0, True, None)]:
        assert store._put(stored_file(row.path), b"<p>old</p>", row, {"section:1"}, store._begin())
    renewer.start()
    try:
        renewer.changed([*store.purge(["section:1"])], 0)
        assert until(lambda: not any(store.files.path(stored_file(row.path)).exists() for row in rows[200:]), 2.0)
        begun = len(rendered)
        time.sleep(0.3)
    finally:
        renewer.stop()
    assert "/" in rendered[:2]  # the front first; two are rendered at once
    assert begun < 200
    assert len(rendered) <= begun + 2  # the two that were being rendered just then


class Crawling(ThreadPoolExecutor):
    """Takes so long to be told of two hundred pages that the first are overdue before the last is known."""

    def submit(self, *args, **words):
        time.sleep(0.005)
        return super().submit(*args, **words)


def test_on_a_machine_that_crawls_no_page_is_rendered_that_was_removed_as_overdue(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    store.open(lost=True)
    rendered: list[str] = []
    renewer = Renewer(store, render=lambda path, _number: rendered.append(path) or 204)
    renewer.pool = Crawling(1)
    rows = [PageRow(f"/city/{number}/", 0, True, None) for number in range(200)]
    renewer.start()
    try:
        renewer.changed(rows, 0)
        time.sleep(0.1)
    finally:
        renewer.stop()
    assert 0 < len(rendered) < 150  # 0.45 s are enough for some ninety


def test_a_page_renewed_in_place_that_is_withdrawn_is_gone_within_a_second(store: PageStore, reader: Client) -> None:
    write(7, "seven")
    heard(store)
    assert reader.get("/front/7/").status_code == 200
    file = store.files.path(stored_file("/front/7/"))
    assert file.exists()
    with transaction.atomic():
        PublicNumber.objects.filter(id=7).delete()
        announce(TermChanged(kind="tag", term_id=7, at=now()))
    assert until(lambda: not file.exists())

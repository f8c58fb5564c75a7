"""Pages that are to be renewed in place: by a process that was killed before it came to it, or that was too slow."""

import time
from pathlib import Path

import pytest

from broadsheet.delivery.engines.page_index import PageRow
from broadsheet.delivery.engines.pagestore import PageStore
from broadsheet.delivery.engines.purger import Purger
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.delivery.rules.stored_paths import stored_file


def put(store: PageStore, path: str, keys: set[str]) -> Path:
    row = PageRow(path, 0, True, time.time() + 600)
    assert store._put(stored_file(path), b"<p>old</p>", row, keys, store._begin())
    return store.files.path(stored_file(path))


@pytest.mark.row("OPS-03")
@pytest.mark.django_db(transaction=True)
def test_a_page_whose_renewal_was_never_made_is_not_served_after_a_restart(tmp_path):
    killed = PageStore(tmp_path)
    killed.open(lost=True)
    changed, other = put(killed, "/", {"edition:1:front"}), put(killed, "/world/", {"section:7"})
    assert [row.path for row in killed.purge(["edition:1:front"])] == ["/"]
    assert changed.exists()  # its readers see the old page until it is renewed, which now never happens
    after = PageStore(tmp_path)
    purger = Purger(after, Renewer(after))
    purger.cursor.at = 0
    (tmp_path / "state" / "cursor").write_text("0", encoding="ascii")
    purger.prepare()
    assert not changed.exists()
    assert other.exists()


@pytest.mark.row("PAGE-05")
@pytest.mark.django_db(transaction=True)
def test_a_page_removed_while_it_was_rendered_still_goes_when_what_it_shows_changes(tmp_path, monkeypatch):
    store = PageStore(tmp_path)
    store.open(lost=True)
    prepare = store.files.prepare

    def removed_meanwhile(file, content):
        store.remove("/")  # overdue: its renewal took longer than the deadline
        return prepare(file, content)

    monkeypatch.setattr(store.files, "prepare", removed_meanwhile)
    assert put(store, "/", {"edition:1:front"}).exists()
    assert [row.path for row in store.purge(["edition:1:front"])] == ["/"]

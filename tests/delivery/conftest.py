"""A page store with its purger at work, and pages of the tests' own."""

import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.test import Client

from broadsheet.delivery.engines import pagestore
from broadsheet.delivery.engines.pagestore import PageStore
from broadsheet.delivery.engines.purger import Purger
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.kernel.clock import now
from broadsheet.kernel.facts import announce
from broadsheet.kernel.models import PublicNumber
from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.facts import TermChanged
from tests.delivery import addresses, serving
from tests.papers import copy_of_migrated


@pytest.fixture
def small_pages(settings: object) -> None:
    """Serve the tests' own pages instead of the paper's."""
    settings.ROOT_URLCONF = "tests.delivery.addresses"
    addresses.RENDERED.clear()


@pytest.fixture
def store(small_pages: None, transactional_db: None) -> Iterator[PageStore]:
    """A page store that is purged, as in a serving process."""
    pagestore._stores.clear()
    found = pagestore.page_store()
    renewer = Renewer(found)
    purger = Purger(found, renewer)
    purger.prepare()
    renewer.start()
    purger.start()
    yield found
    purger.stop()
    renewer.stop()
    pagestore._stores.clear()
    connections.close_all()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty, migrated database."""
    return copy_of_migrated(tmp_path_factory.mktemp("migrated") / "data")


@pytest.fixture
def data(migrated: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    folder = tmp_path / "data"
    shutil.copytree(migrated, folder)
    return folder


@pytest.fixture(scope="module")
def shared_paper(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A data folder and the port of the process that serves it, for all tests of a module."""
    folder = tmp_path_factory.mktemp("paper") / "data"
    shutil.copytree(migrated, folder)
    port = serving.free_port()
    process = serving.serve(folder, port)
    yield folder, port
    process.kill(signal.SIGTERM)


def write(number: int, word: str) -> None:
    """Change what a page shows, and announce it."""
    with transaction.atomic():
        PublicNumber.objects.update_or_create(id=number, defaults={"kind": word})
        announce(TermChanged(kind="tag", term_id=number, at=now()))


def heard(store: PageStore) -> None:
    """Wait until the store has heard everything that was announced."""
    assert until(lambda: store.position() >= latest_number())


def until(holds: Callable[[], bool], seconds: float = 1.0) -> bool:
    """Return whether the condition came to hold within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.01)
    return holds()


@pytest.fixture
def reader() -> Client:
    """Somebody who reads."""
    return Client(raise_request_exception=False)

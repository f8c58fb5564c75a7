"""What every test may use."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import emptying, papers, postgresql

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's sync API runs a loop in the test's thread
_SLOW_IS_FINE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
# `make test` draws the same cases each time, so that what it says of a change is said about the change;
# `make test-all` draws new ones, and more of them.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=_SLOW_IS_FINE, derandomize=True, max_examples=40
)
# What is drawn on SQLite is drawn again on PostgreSQL, where each takes longer: a few show that both do the same.
hypothesis_settings.register_profile("few", hypothesis_settings.get_profile("house"), max_examples=15)
hypothesis_settings.register_profile(
    "explore", deadline=None, suppress_health_check=_SLOW_IS_FINE, max_examples=300, print_blob=True
)
hypothesis_settings.load_profile(os.environ.get("BROADSHEET_PROPERTIES", "house"))


_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
# Files that take long, the longest first: begun last, one process would wait for the other.
LONGEST = (
    "browser/test_desk_writing.py", "browser/test_desk_pages.py", "browser/test_reading.py", "flows/test_faults.py",
    "config/test_inspection.py", "importing/test_bundle_desk.py", "importing/test_bundle.py",
    "importing/test_cli_import.py", "config/test_inspection_of_the_machine.py", "flows/", "cli/", "house/",
    "importing/test_backup", "delivery/test_processes.py", "web/views/test_me.py", "standards/serving/",
    "moderation/test_sanctioned_lives.py", "readers/test_lives.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; within a file nothing changes its place.

    On PostgreSQL tests that ask no database are left out: they passed in the run before.
    """
    folder = Path(__file__).parent
    if connection.vendor != "sqlite":
        items[:] = [
            item for item in items if item.get_closest_marker("django_db") or _DATABASE & set(item.fixturenames)
        ]

    def place(item: pytest.Item) -> int:
        name = item.path.relative_to(folder).as_posix()
        return next((at for at, start in enumerate(LONGEST) if name.startswith(start)), len(LONGEST))

    items.sort(key=place)


def pytest_configure() -> None:
    """Let the judge take its time on busy processors, and the database be emptied fast."""
    settings.JUDGE_SECONDS = 60
    emptying.install()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove the folder the tests wrote to."""
    shutil.rmtree(settings.DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with a copy of a migrated database; where it is a file, its folder goes at the end in any case."""
    if connection.vendor != "sqlite":
        address = os.environ["BROADSHEET_DATABASE"]
        postgresql.copy_of_dump(papers.dump_of_migrated(address), address, connection.creation._get_test_db_name())
        return True
    name = Path(connection.creation._get_test_db_name())
    papers.copy_of_migrated(name.parent / "migrated")
    (name.parent / "migrated" / "broadsheet.sqlite3").rename(name)
    shutil.rmtree(name.parent / "migrated")
    return True


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data; tests that need it skip by name where it is absent."""
    folder = Path(os.environ.get("BROADSHEET_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the shared data are not at {folder} (set BROADSHEET_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Let no test see what another left in this process's memory or stores, its language included."""
    from django.utils import translation

    from broadsheet.discussion.engines.nearby import nearby
    from broadsheet.discussion.queries.submissions import forget_articles
    from broadsheet.moderation.queries.standards_marks import forget_alarms
    from broadsheet.newsroom.queries.editions import forget_editions
    from broadsheet.newsroom.queries.rulebooks import forget_rulebooks

    forgotten = (forget_editions, forget_rulebooks, forget_articles, nearby.forget, forget_alarms)
    translation.deactivate()
    for forget in forgotten:
        forget()
    yield
    for forget in forgotten:
        forget()
    for folder in ("pages", "img", "media", "avatars", "avatars-hidden"):
        shutil.rmtree(settings.DATA / folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _installed(request: pytest.FixtureRequest) -> None:
    """Put back what an installation begins with, which a test that really commits flushes with everything else."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("_django_db_helper")
        from wagtail.models import Collection

        if not Collection.objects.exists():
            Collection.add_root(name="Root")

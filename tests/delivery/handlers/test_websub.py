"""Hubs are told of new articles, later where they don't answer, and nobody waits for them."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from broadsheet.delivery.engines import jobs
from broadsheet.delivery.rules.hubs import SETTLE_SECONDS
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from tests.factories.newsroom import make_article, make_author, make_edition, make_section, make_tag

pytestmark = [pytest.mark.row("ART-10"), pytest.mark.django_db(transaction=True)]


class Hub(BaseHTTPRequestHandler):
    """A hub that notes what it is told."""

    told: list[dict] = []
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Hub.told.append(parse_qs(body))
        self.send_response(Hub.status)
        if Hub.status // 100 == 3:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    server = HTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Hub.told, Hub.status = [], 204
    monkeypatch.setitem(settings.ENV.values, "BROADSHEET_WEBSUB_HUBS", f"http://127.0.0.1:{server.server_port}/")
    yield Hub
    server.shutdown()
    server.server_close()


def pings() -> QuerySet[DBTaskResult]:
    """The jobs that tell hubs; other domains have their own."""
    return DBTaskResult.objects.filter(task_path="broadsheet.delivery.tasks.tell_hub")


def run_jobs() -> None:
    """Run what is queued, as if the feeds had settled; what is tried again waits for its own time."""
    soon = clock.now() + timedelta(seconds=SETTLE_SECONDS)
    pings().filter(run_after__lte=soon).update(run_after=clock.now())
    jobs.Jobs()._run()


def test_hub_is_told_which_feeds_changed(hub: type[Hub]) -> None:
    make_article()
    assert hub.told == []
    deliver_due()
    run_jobs()
    assert len(hub.told) == 1
    assert hub.told[0]["hub.mode"] == ["publish"]
    expected = {f"{settings.PUBLIC_URL}{home}feeds/{file}" for home in ("/", "/world/")
                for file in ("rss.xml", "atom.xml", "feed.json")}  # fmt: skip
    assert set(hub.told[0]["hub.url"]) == expected


def test_hub_that_fails_is_told_again_later(hub: type[Hub]) -> None:
    hub.status = 503
    make_article()
    deliver_due()
    run_jobs()
    waiting = pings().ready().count(), pings().filter(status="READY").count()
    assert waiting == (0, 1)
    hub.status = 204
    later = clock.now() - timedelta(seconds=1)
    pings().filter(status="READY").update(run_after=later)
    run_jobs()
    assert len(hub.told) == 2
    assert not pings().filter(status="READY").exists()


def test_the_feeds_of_its_tags_and_authors_are_among_them(hub: type[Hub]) -> None:
    section = make_section(make_edition())
    make_article(section, tags=[make_tag(section.edition, "floods")], authors=[make_author(section.edition, "ada")])
    deliver_due()
    run_jobs()
    told = set(hub.told[0]["hub.url"])
    homes = ("/", f"/{section.slug}/", "/tag/floods/", "/author/ada/")
    assert told == {f"{settings.PUBLIC_URL}{home}feeds/{file}" for home in homes
                    for file in ("rss.xml", "atom.xml", "feed.json")}  # fmt: skip


def test_a_hub_is_told_when_no_machine_serves_the_old_feed_any_more(hub: type[Hub]) -> None:
    make_article()
    deliver_due()
    jobs.Jobs()._run()
    assert hub.told == []
    (waiting,) = pings().values_list("run_after", flat=True)
    assert timedelta(seconds=1) < waiting - clock.now() < timedelta(seconds=10)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 500])
def test_a_hub_that_sends_us_elsewhere_or_refuses_was_not_told(hub: type[Hub], status: int) -> None:
    hub.status = status
    make_article()
    deliver_due()
    run_jobs()
    assert len(hub.told) == 1
    assert pings().filter(status="READY").count() == 1, "it is told again later"


def test_job_of_a_killed_process_is_taken_up(hub: type[Hub]) -> None:
    make_article()
    deliver_due()
    host = jobs.worker_name().rpartition(":")[0]
    pings().update(status="RUNNING", worker_ids=[f"{host}:999999999"])
    assert jobs.take_up() == 1
    run_jobs()
    assert len(hub.told) == 1


def test_without_hubs_nothing_is_queued() -> None:
    make_article()
    deliver_due()
    assert pings().count() == 0

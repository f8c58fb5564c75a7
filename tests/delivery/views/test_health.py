"""Those who watch over the paper are told how it is."""

import json

import pytest
from django.conf import settings
from django.test import Client

from broadsheet.delivery.engines.loops import RUNNING
from broadsheet.kernel.loops import Loop


class Idle(Loop):
    """A loop that was never started."""

    def turn(self) -> None:
        """Do nothing."""


pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _addresses(settings: object) -> None:
    settings.ROOT_URLCONF = "broadsheet.delivery.urls"


def test_healthy_paper_says_so() -> None:
    answer = Client().get("/health")
    found = json.loads(answer.content)
    assert (answer.status_code, found["status"]) == (200, "ok")
    assert {"database", "loops", "store", "disk", "version"} <= set(found)


def test_dead_loop_is_told() -> None:
    RUNNING.append(Idle())
    try:
        answer = Client().get("/health")
        assert answer.status_code == 503
        assert "stopped" in json.loads(answer.content)["loops"]["why"]
    finally:
        RUNNING.clear()


def test_unwritable_store_is_told() -> None:
    settings.PAGE_STORE.parent.mkdir(parents=True, exist_ok=True)
    settings.PAGE_STORE.write_text("in the way")
    try:
        answer = Client().get("/health")
        assert answer.status_code == 503
        assert "page store" in json.loads(answer.content)["store"]["why"]
    finally:
        settings.PAGE_STORE.unlink()


def test_metrics_are_for_this_machine_or_who_knows_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"broadsheet_healthy" in Client(REMOTE_ADDR="127.0.0.1").get("/metrics").content
    assert Client(REMOTE_ADDR="192.0.2.1").get("/metrics").status_code == 403
    monkeypatch.setitem(settings.ENV.values, "BROADSHEET_METRICS_TOKEN", "long-token")
    known = Client(REMOTE_ADDR="192.0.2.1").get("/metrics", headers={"Authorization": "Bearer long-token"})
    assert known.status_code == 200
    assert Client(REMOTE_ADDR="127.0.0.1").get("/metrics").status_code == 403

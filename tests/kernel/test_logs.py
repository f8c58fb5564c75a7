"""What a log line says of a request, and what it keeps to itself."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from broadsheet.kernel.logs import JsonLines

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.django_db]
TOKEN = "d3adb33f-a-token-that-opens-the-desk"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger("django.request"), logging.getLogger("django.security.csrf")]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_form_without_its_token_is_logged_without_the_link_it_was_sent_to(lines: io.StringIO) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/accounts/link/{TOKEN}/")
    assert answer.status_code == 403
    assert TOKEN not in lines.getvalue()
    assert "/accounts/link/<str:token>/" in json.loads(lines.getvalue().splitlines()[0])["message"]


def test_a_failure_is_logged_without_the_link_that_met_it(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise RuntimeError(TOKEN)

    monkeypatch.setattr("broadsheet.readers.views.link.render", fails)
    answer = Client(raise_request_exception=False).get(f"/accounts/link/{TOKEN}/")
    assert answer.status_code == 500
    line = json.loads(lines.getvalue().splitlines()[0])
    assert TOKEN not in lines.getvalue()
    assert line["error"] == "RuntimeError"
    assert "/accounts/link/<str:token>/" in line["message"]

"""`broadsheet check` on PostgreSQL: a server of its own, with a clock of its own."""

from datetime import timedelta

import pytest
from django.conf import settings

from broadsheet.config.inspection import database
from broadsheet.kernel import clock

pytestmark = [
    pytest.mark.row("OPS-03"),
    pytest.mark.django_db,
    pytest.mark.skipif("postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite is no server"),
]


def test_a_server_that_is_as_it_should_be_is_not_complained_of():
    assert list(database.look()) == []


def test_a_server_with_another_clock_is_named(monkeypatch):
    present = clock.now() - timedelta(seconds=90)
    monkeypatch.setattr(database.clock, "now", lambda: present)
    [found] = database.look()
    assert (found.code, found.level) == ("clock-of-the-database", "error")
    assert "+90 s" in found.why


def test_a_server_that_is_too_old_is_named(monkeypatch):
    monkeypatch.setattr(database, "LEAST_POSTGRESQL", 10_000_000)
    assert [found.code for found in database.look()] == ["old-postgresql"]

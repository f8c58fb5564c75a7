"""Periodic work runs in one process at a time, at most once per interval."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from broadsheet.kernel import clock
from broadsheet.kernel.models import Heartbeat
from broadsheet.kernel.schedule import Periodic, claim

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.django_db(transaction=True)]


def test_only_one_of_many_processes_may_run_a_task():
    task = Periodic("once", 60, lambda: None)
    won: list[bool] = []

    def ask() -> None:
        try:
            won.append(claim(task))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1


def test_a_task_is_due_again_after_its_interval():
    task = Periodic("again", 60, lambda: None)
    assert claim(task)
    assert not claim(task)
    Heartbeat.objects.filter(name="every:again").update(at=clock.now() - timedelta(seconds=61))
    assert claim(task)

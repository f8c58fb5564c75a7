"""What only one process may do at a time, on both databases."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.turns import alone, take_turn
from tests.at_once import at_once

pytestmark = [pytest.mark.row("OPS-02"), pytest.mark.django_db(transaction=True)]


def test_a_turn_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        take_turn("x")


def test_what_is_read_and_then_written_in_a_turn_is_never_written_over():
    FactRecord.objects.create(name="counter", payload={"n": 0}, at=clock.now())

    def count_up() -> None:
        for _number in range(10):
            with transaction.atomic():
                take_turn("counter")
                row = FactRecord.objects.get(name="counter")
                row.payload = {"n": row.payload["n"] + 1}
                row.save()

    at_once(*[count_up] * 4)
    assert FactRecord.objects.get(name="counter").payload == {"n": 40}


def test_work_that_is_done_alone_is_refused_to_others_until_it_ends():
    def ask(name: str) -> bool:
        with alone(name) as granted:
            return granted

    with alone("one") as granted:
        assert granted
        assert at_once(lambda: ask("one"), lambda: ask("other")) == [False, True]
    assert at_once(lambda: ask("one")) == [True]


def test_who_waits_comes_next():
    heard: list[str] = []

    def first() -> None:
        with alone("queue", wait=True):
            heard.append("in")
            time.sleep(0.2)
            heard.append("out")

    at_once(first, first, first)
    assert heard == ["in", "out"] * 3


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="on PostgreSQL the server sees to it")
def test_a_killed_process_holds_nothing():
    file = Path(settings.DATA) / ".hard.turn"
    script = f"import fcntl, time; f = open({str(file)!r}, 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "held\n"
    with alone("hard") as granted:
        assert not granted
    other.kill()
    other.wait(10)
    with alone("hard") as granted:
        assert granted
    assert connection.vendor == "sqlite"

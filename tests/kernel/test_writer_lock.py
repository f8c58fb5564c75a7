"""One writer at a time on SQLite, without "database is locked"."""

import threading
import time

import pytest
from django.db import connection, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.models import Heartbeat

pytestmark = [pytest.mark.row("OPS-01"), pytest.mark.django_db(transaction=True)]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the lock is for SQLite")
def test_writers_of_one_process_queue_and_none_fails():
    failures: list[Exception] = []

    def write(name: str) -> None:
        try:
            for _number in range(15):
                with transaction.atomic():
                    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})
                    time.sleep(0.001)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(f"loop-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Heartbeat.objects.filter(name__startswith="loop-").count() == 8


def test_a_transaction_that_fails_lets_the_next_one_in():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = 1 / 0
    with transaction.atomic():
        Heartbeat.objects.create(name="after", at=clock.now())
    assert Heartbeat.objects.filter(name="after").exists()


def test_nested_blocks_hold_the_lock_until_the_outermost_ends():
    with transaction.atomic():
        with transaction.atomic():
            Heartbeat.objects.create(name="inner", at=clock.now())
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Heartbeat.objects.create(name="undone", at=clock.now())
            _ = 1 / 0
        Heartbeat.objects.create(name="outer", at=clock.now())
    assert set(Heartbeat.objects.values_list("name", flat=True)) >= {"inner", "outer"}
    assert not Heartbeat.objects.filter(name="undone").exists()

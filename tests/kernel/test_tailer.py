"""Readers of the log miss nothing: not what is committed out of order, not what they slept through."""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction

from broadsheet.kernel import clock, outbox, tailer
from broadsheet.kernel.models import Delivery, FactRecord
from broadsheet.kernel.tailer import Cursor, Gap
from tests.at_once import at_once

pytestmark = [pytest.mark.row("OPS-02"), pytest.mark.django_db(transaction=True)]
side_by_side = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite has one writer at a time"
)


def write(count: int = 1, *, age: timedelta = timedelta()) -> list[int]:
    at = clock.now() - age
    return [FactRecord.objects.create(name="Trace", payload={}, at=at).pk for _number in range(count)]


def read(cursor: Cursor) -> list[int]:
    return [record.pk for record in cursor.read()]


@contextmanager
def slow_transaction(count: int = 1, *, fails: bool = False) -> Iterator[list[int]]:
    """Another process has taken these numbers and commits, or fails, at the end of the block."""
    numbers: list[int] = []
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        try:
            with transaction.atomic():
                numbers.extend(write(count))
                begun.set()
                end.wait(30)
                transaction.set_rollback(fails)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert begun.wait(30)
    yield numbers
    end.set()
    thread.join(30)


@side_by_side
def test_a_fact_whose_transaction_ends_later_than_one_with_a_higher_number_is_told():
    write()
    cursor = Cursor()
    cursor.start_at_end()
    with slow_transaction() as late:
        [higher] = write()
        assert read(cursor) == [higher]
        assert late[0] < higher
    assert read(cursor) == late
    assert read(cursor) == []


@side_by_side
def test_a_reader_that_begins_while_such_a_transaction_runs_hears_of_it(tmp_path):
    write()
    with slow_transaction() as late:
        write()
        cursor = Cursor(tmp_path / "cursor")
        cursor.start_at_end()
        assert read(cursor) == []
    assert read(cursor) == late
    after_restart = Cursor(tmp_path / "cursor")
    assert not after_restart.lost


@side_by_side
def test_a_transaction_with_more_facts_than_are_read_at_once_is_told_whole():
    write()
    cursor = Cursor()
    cursor.start_at_end()
    with slow_transaction(tailer.BATCH + 200) as late:
        [higher] = write()
        assert read(cursor) == [higher]
    assert read(cursor) + read(cursor) == late
    assert read(cursor) == []


@side_by_side
def test_a_transaction_may_last_longer_than_gaps_are_remembered(monkeypatch):
    monkeypatch.setattr(tailer, "GAP_SECONDS", 0.0)
    cursor = Cursor()
    cursor.start_at_end()
    with slow_transaction() as late:
        write()
        read(cursor)
        for _turn in range(3):
            assert read(cursor) == []
    assert read(cursor) == late


@side_by_side
def test_numbers_of_a_transaction_that_failed_are_not_asked_for_for_ever(monkeypatch):
    monkeypatch.setattr(tailer, "GAP_SECONDS", 0.0)
    cursor = Cursor()
    cursor.start_at_end()
    with slow_transaction(fails=True):
        write()
        read(cursor)
        assert cursor.gaps
    # PostgreSQL's oldest running transaction is the whole server's: another database's may hold the gap for a while.
    until = time.monotonic() + 20
    while cursor.gaps and time.monotonic() < until:
        read(cursor)
        time.sleep(0.05)
    assert cursor.gaps == []


def test_a_gap_loses_the_numbers_that_were_seen_and_nothing_else():
    gap = Gap(10, 15, 0.0, 0)
    left = [(part.first, part.last) for part in gap.without([3, 10, 12, 13, 20])]
    assert left == [(11, 11), (14, 15)]


def test_many_writers_of_uneven_speed_are_heard_once_each():
    written: list[int] = []
    heard: list[int] = []
    cursor = Cursor()
    cursor.start_at_end()
    done = threading.Event()

    def work(seed: int) -> None:
        dice = random.Random(seed)
        for _number in range(12):
            with transaction.atomic():
                numbers = write(dice.randint(1, 3))
                time.sleep(dice.uniform(0, 0.02))
                transaction.set_rollback(failed := dice.random() < 0.2)
            if not failed:
                written.extend(numbers)

    def listen() -> None:
        while not done.is_set():
            heard.extend(read(cursor))
            time.sleep(0.002)

    listener = threading.Thread(target=lambda: (listen(), connections.close_all()), daemon=True)
    listener.start()
    at_once(*[lambda seed=seed: work(seed) for seed in range(6)])
    time.sleep(0.1)
    done.set()
    listener.join(10)
    assert sorted(heard) == sorted(written)


OLD = outbox.KEEP_FACTS + timedelta(hours=1)


def away(path: Path, number: int) -> Cursor:
    """A reader comes back that had read up to this number."""
    path.write_text(str(number), encoding="ascii")
    return Cursor(path)


def test_old_facts_are_pruned_and_who_has_read_them_all_goes_on(tmp_path):
    old, young = write(5, age=OLD), write(2)
    assert outbox.prune() == 5
    assert list(FactRecord.objects.order_by("id").values_list("id", flat=True)) == young
    assert not away(tmp_path / "cursor", old[-1]).lost
    assert away(tmp_path / "cursor", old[-2]).lost


def test_who_slept_through_everything_that_was_pruned_starts_anew(tmp_path):
    numbers = write(5, age=OLD)
    outbox.prune()
    assert away(tmp_path / "cursor", numbers[0]).lost
    assert not away(tmp_path / "cursor", numbers[-1]).lost


def test_a_delivery_that_is_stuck_does_not_hide_that_later_facts_were_pruned(tmp_path):
    numbers = write(5, age=OLD)
    write()
    Delivery.objects.create(fact_id=numbers[1], handler="some.handler", due_at=clock.now())
    assert outbox.prune() == 1
    behind = away(tmp_path / "cursor", numbers[1])
    assert not behind.lost
    assert read(behind)[:3] == numbers[2:]


def test_a_log_that_is_empty_is_not_the_one_that_was_read(tmp_path):
    assert away(tmp_path / "cursor", 17).lost
    assert not away(tmp_path / "cursor", 0).lost


def test_processes_that_share_a_store_keep_its_position_without_disturbing_each_other(tmp_path):
    children = []
    for _number in range(4):
        child = os.fork()
        if child == 0:  # touches no database
            try:
                cursor = Cursor(tmp_path / "cursor")
                cursor.at = 5
                for _turn in range(300):
                    cursor.keep()
            except BaseException:
                os._exit(1)
            os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert (tmp_path / "cursor").read_text() == "5"

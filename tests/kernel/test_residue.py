"""What was deleted is in no byte of the database's files (ACC-07)."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections

from broadsheet.kernel import clock, residue
from broadsheet.kernel.models import FactRecord, Heartbeat
from tests.at_once import at_once

pytestmark = [
    pytest.mark.row("ACC-07"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite's files"),
]


def files() -> list[Path]:
    name = Path(connection.settings_dict["NAME"])
    return [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]


def count(word: bytes) -> int:
    return sum(path.read_bytes().count(word) for path in files())


def write(word: str, rows: int = 400) -> None:
    """Write rows that others lie between, so that they move when pages fill up."""
    for number in range(rows):
        name = word if number % 4 == 0 else "somebody-else"
        text = f"{name} " * (1 + number * 37 % 60)
        FactRecord.objects.create(name=name, payload={"text": text}, at=clock.now())
        FactRecord.objects.filter(pk=1 + number // 2).update(payload={"text": f"{text}{'z' * (number % 900)}"})


def test_nothing_deleted_is_left_in_the_file_or_its_log():
    write("quillfeather")
    FactRecord.objects.filter(payload__text__startswith="quillfeather").delete()
    FactRecord.objects.filter(name="quillfeather").delete()
    assert count(b"quillfeather") > 0, "the log at least still has it"
    began = clock.now()
    assert residue.overwrite()
    assert count(b"quillfeather") == 0
    assert count(b"somebody-else") > 0
    assert began <= residue.last(residue.DONE) <= clock.now()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store")
        assert cursor.fetchone()[0] == 2
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == 20_000


def test_somebody_who_reads_is_not_waited_for_and_the_next_time_it_is_done(monkeypatch):
    monkeypatch.setattr(residue, "TRIES", 2)
    reading = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM kernel_fact").fetchone()
    write("quillfeather", 8)
    began = time.monotonic()
    assert not residue.empty_log()
    assert not residue.overwrite()
    assert time.monotonic() - began < 5
    assert residue.last(residue.DONE) < residue.last(residue.TRIED)
    FactRecord.objects.create(name="x", payload={}, at=clock.now())  # others go on writing
    reading.execute("COMMIT")
    assert residue.overwrite()
    reading.close()


def test_what_takes_too_long_is_given_up_and_nothing_is_lost(monkeypatch):
    FactRecord.objects.create(name="long", payload={"text": "x" * 40_000_000}, at=clock.now())
    monkeypatch.setattr(residue, "MOST_SECONDS", 0.005)
    assert not residue.overwrite()
    assert residue.last(residue.DONE) < residue.last(residue.TRIED)
    assert len(FactRecord.objects.get().payload["text"]) == 40_000_000
    FactRecord.objects.create(name="x", payload={}, at=clock.now())


def test_others_of_the_process_wait_to_write_and_none_fails():
    write("somebody", 100)

    def writes() -> None:
        for number in range(10):
            Heartbeat.objects.update_or_create(name=f"{threading.get_ident()}", defaults={"at": clock.now()})
            time.sleep(0.001 * number)

    assert at_once(residue.overwrite, writes, writes, writes)[1:] == [None] * 3


def test_inside_a_transaction_it_says_no():
    from django.db import transaction

    with transaction.atomic():
        write("x", 1)
        with pytest.raises((OperationalError, transaction.TransactionManagementError)):
            residue._rewrite()
    connections.close_all()

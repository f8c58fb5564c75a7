"""Facts are announced in the transaction that makes them true and delivered at least once."""

import threading
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from broadsheet.kernel import clock, outbox
from broadsheet.kernel.facts import Fact, Registry, announce, fact, follows, from_payload, handles, to_payload
from broadsheet.kernel.models import Delivery, FactRecord
from broadsheet.kernel.tailer import Cursor, Tailer, latest_number

pytestmark = [pytest.mark.row("OPS-03"), pytest.mark.django_db(transaction=True)]


@fact
@dataclass(frozen=True, kw_only=True)
class BellRang(Fact):
    """A fact of the tests."""

    times: int
    at: object = None

    def touches(self) -> tuple[str, ...]:
        return ("bell:1",)


heard: list[int] = []
followed: list[int] = []
failing = {"left": 0}


@handles(BellRang)
def write_down(happened: BellRang) -> None:
    if failing["left"] > 0:
        failing["left"] -= 1
        raise ValueError("not yet")
    heard.append(happened.times)


@follows(BellRang)
def follow(happened: BellRang, number: int) -> None:
    followed.append(happened.times)


@pytest.fixture(autouse=True)
def _silence() -> None:
    heard.clear()
    followed.clear()
    failing["left"] = 0


def ring(times: int) -> None:
    with transaction.atomic():
        announce(BellRang(times=times))


def test_announcing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        announce(BellRang(times=1))
    assert FactRecord.objects.count() == 0


def test_a_fact_of_a_rolled_back_transaction_was_never_announced():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(BellRang(times=1))
        _ = 1 / 0
    outbox.deliver_due()
    assert heard == []
    assert FactRecord.objects.count() == 0


def test_each_handler_hears_once_and_the_debt_is_struck_off():
    ring(1)
    ring(2)
    assert outbox.deliver_due() == 2
    assert heard == [1, 2]
    assert outbox.deliver_due() == 0
    assert Delivery.objects.count() == 0
    assert FactRecord.objects.count() == 2


def test_a_handler_that_raises_is_tried_again_and_does_not_hold_up_others():
    failing["left"] = 1
    ring(1)
    ring(2)
    outbox.deliver_due()
    assert heard == [2]
    owed = Delivery.objects.get()
    assert owed.attempts == 1
    assert owed.failed_with == "ValueError"
    Delivery.objects.update(due_at=clock.now())
    outbox.deliver_due()
    assert heard == [2, 1]
    assert Delivery.objects.count() == 0


def test_a_handlers_own_writes_are_undone_with_its_failure():
    @handles(BellRang)
    def writes_then_fails(happened: BellRang) -> None:
        FactRecord.objects.create(name="trace", payload={}, at=clock.now())
        raise ValueError

    try:
        ring(1)
        outbox.deliver_due()
        assert not FactRecord.objects.filter(name="trace").exists()
    finally:
        Registry.handlers["BellRang"].pop(f"{writes_then_fails.__module__}.{writes_then_fails.__qualname__}")


def test_a_handler_is_not_owed_what_means_nothing_to_it():
    @handles(BellRang, unless=lambda happened: happened.times < 3)
    def hears_loud_ones(happened: BellRang) -> None:
        heard.append(100 + happened.times)

    path = f"{hears_loud_ones.__module__}.{hears_loud_ones.__qualname__}"
    try:
        ring(1)
        assert list(Delivery.objects.values_list("handler", flat=True)) == [f"{write_down.__module__}.write_down"]
        ring(3)
        outbox.deliver_due()
        assert sorted(heard) == [1, 3, 103]
    finally:
        Registry.handlers["BellRang"].pop(path)
        Registry.spared.pop(path)


def test_of_many_that_are_due_one_that_fails_takes_nothing_from_the_others():
    @handles(BellRang)
    def writes_and_fails_at_five(happened: BellRang) -> None:
        FactRecord.objects.create(name="trace", payload={"times": happened.times}, at=clock.now())
        if happened.times == 5:
            raise ValueError("not this one")

    path = f"{writes_and_fails_at_five.__module__}.{writes_and_fails_at_five.__qualname__}"
    try:
        for number in range(10):
            ring(number)
        outbox.deliver_due()
        assert heard == list(range(10))
        traces = {row.payload["times"] for row in FactRecord.objects.filter(name="trace")}
        assert traces == set(range(10)) - {5}
        owed = Delivery.objects.get()
        assert (owed.handler, owed.fact.payload["times"], owed.attempts) == (path, 5, 1)
    finally:
        Registry.handlers["BellRang"].pop(path)


def test_a_process_that_dies_among_several_deliveries_has_delivered_none_of_that_transaction():
    class Dies(BaseException):
        """What nobody catches: the process is gone."""

    for number in range(5):
        ring(number)
    told: list[int] = []

    @handles(BellRang)
    def dies_at_three(happened: BellRang) -> None:
        FactRecord.objects.create(name="trace", payload={"times": happened.times}, at=clock.now())
        told.append(happened.times)
        if happened.times == 3 and told.count(3) == 1:
            raise Dies

    path = f"{dies_at_three.__module__}.{dies_at_three.__qualname__}"
    try:
        for number in range(5):
            ring(number)
        with pytest.raises(Dies):
            outbox.deliver_due()
        outbox.deliver_due()
        traces = [row.payload["times"] for row in FactRecord.objects.filter(name="trace")]
        assert sorted(traces) == list(range(5)), "each once, whatever was rolled back"
        assert Delivery.objects.count() == 0
    finally:
        Registry.handlers["BellRang"].pop(path)


def test_slow_handlers_do_not_hold_the_others_up_in_one_transaction(monkeypatch):
    monkeypatch.setattr(outbox, "AT_MOST_SECONDS", 0.0)
    for number in range(3):
        ring(number)
    assert outbox._deliver_some() == 1
    assert Delivery.objects.count() == 2


def test_two_deliverers_at_once_deliver_each_fact_once():
    for number in range(20):
        ring(number)

    def work() -> None:
        try:
            outbox.deliver_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == list(range(20))


def test_a_fact_survives_its_journey_through_json():
    at = clock.now()
    assert from_payload("BellRang", to_payload(BellRang(times=3, at=at))) == BellRang(times=3, at=at)
    assert from_payload("NeverHeardOf", {}) is None


def test_the_tailer_tells_followers_in_order_and_never_twice():
    tailer = Tailer(interval=0)
    told: list[tuple[int, tuple[str, ...]]] = []
    tailer.listeners = (lambda happened, number, keys: told.append((happened.times, keys)),)
    tailer.cursor.start_at_end()
    for number in range(5):
        ring(number)
    tailer.turn()
    tailer.turn()
    assert followed == [0, 1, 2, 3, 4]
    assert told == [(number, ("bell:1",)) for number in range(5)]


def test_a_number_that_becomes_visible_late_is_still_told():
    ring(0)
    cursor = Cursor()
    cursor.start_at_end()
    first = latest_number()
    FactRecord.objects.create(id=first + 3, name="BellRang", payload={"times": 3}, at=clock.now())
    assert [record.pk for record in cursor.read()] == [first + 3]
    FactRecord.objects.create(id=first + 2, name="BellRang", payload={"times": 2}, at=clock.now())
    FactRecord.objects.create(id=first + 1, name="BellRang", payload={"times": 1}, at=clock.now())
    assert [record.pk for record in cursor.read()] == [first + 1, first + 2]
    assert cursor.read() == []


def test_a_cursor_kept_in_a_file_goes_on_where_it_stood(tmp_path):
    path = tmp_path / "cursor"
    ring(0)
    assert Cursor(path).lost
    cursor = Cursor(path)
    cursor.start_at_end()
    ring(1)
    again = Cursor(path)
    assert not again.lost
    assert [record.payload["times"] for record in again.read()] == [1]


def test_a_cursor_behind_pruned_facts_or_ahead_of_a_restored_database_is_lost(tmp_path):
    path = tmp_path / "cursor"
    ring(1)
    newest = latest_number()
    path.write_text(str(newest + 1_000))
    assert Cursor(path).lost
    path.write_text("0")
    FactRecord.objects.all().delete()
    FactRecord.objects.create(id=newest + 5_000, name="BellRang", payload={"times": 1}, at=clock.now())
    assert Cursor(path).lost

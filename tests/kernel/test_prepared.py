"""Queries put into SQL once find what the same querysets find."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connections
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.kernel.inserting import MOST, insert, insert_all
from broadsheet.kernel.models import Delivery, FactRecord, PublicNumber, Rate
from broadsheet.kernel.prepared import LONGEST, Prepared, PreparedObjects, PreparedUpdate

pytestmark = [pytest.mark.row("ART-01"), pytest.mark.django_db(transaction=True)]
KINDS = ("article", "picture")


def those(numbers):
    return PublicNumber.objects.filter(id__in=numbers).order_by("-id").values_list("id", "kind")


def between(first, last):
    return PublicNumber.objects.filter(id__gte=first, id__lt=last, kind="picture").order_by("id").values_list("id")


@pytest.fixture
def numbers():
    PublicNumber.objects.bulk_create(PublicNumber(id=n, kind=KINDS[n % 2]) for n in range(1, 60))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 80), max_size=40), st.integers(1, 70), st.integers(1, 70))
def test_prepared_query_finds_what_its_queryset_finds(numbers, wanted, first, last):
    assert ASKED(wanted) == list(those(wanted))
    assert RANGED(first, last) == list(between(first, last))


ASKED, RANGED = Prepared(those), Prepared(between)


def test_it_is_built_once_for_each_length_and_asked_in_one_query_each(numbers, django_assert_num_queries):
    built = []

    def build(wanted):
        built.append(len(wanted))
        return those(wanted)

    ask = Prepared(build)
    with django_assert_num_queries(4):
        assert [len(ask([*range(1, count + 1)])) for count in (5, 6, 8, 3)] == [5, 6, 8, 3]
    assert built == [8, 4]
    assert ask([]) == []


def test_numbers_beyond_the_longest_are_asked_in_parts_and_refused_at_once():
    PublicNumber.objects.bulk_create(PublicNumber(id=n, kind="article") for n in range(1, LONGEST + 40))
    assert {row[0] for row in ASKED.in_parts(range(1, LONGEST + 40))} == set(range(1, LONGEST + 40))
    with pytest.raises(ValueError, match="at most"):
        ASKED(list(range(LONGEST + 1)))


def test_keys_are_asked_for_as_the_database_keeps_them(numbers):
    from django_tasks_db.models import DBTaskResult

    ask = Prepared(lambda key: DBTaskResult.objects.filter(id=key).values_list("id", "task_path"))
    row = DBTaskResult.objects.create(task_path="a.b", args_kwargs={}, backend_name="default")
    assert ask(row.id) == [(row.id, "a.b")]
    assert ask(uuid.uuid4()) == []


def test_many_threads_may_ask_the_same_query(numbers):
    ask, found = Prepared(those), []

    def work(number):
        try:
            found.append(ask([number, number + 1]) == list(those([number, number + 1])))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 19


def test_an_argument_that_the_query_does_not_ask_for_is_refused(numbers):
    ask = Prepared(lambda number: PublicNumber.objects.filter(kind="article").values_list("id"))
    with pytest.raises(ValueError, match="all of its arguments"):
        ask(3)


NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
COUNTING = Prepared(lambda key, now: Rate.objects.filter(pk=key, expires_at__gt=now).values_list("level", "free_at"))
RAISED = PreparedUpdate(
    lambda key, change, until: (Rate.objects.filter(pk=key), {"level": F("level") + change, "expires_at": until})
)
RATES = PreparedObjects(Rate, lambda since: Rate.objects.filter(free_at__gte=since).order_by("pk"))
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, st.integers(-100, 100))
def test_words_and_moments_are_asked_for_as_the_database_keeps_them(transactional_db, key, other, minutes):
    Rate.objects.all().delete()
    Rate.objects.create(pk=key, level=3, free_at=NOON, expires_at=NOON + timedelta(minutes=1))
    now = NOON + timedelta(minutes=minutes)
    for asked in (key, other):
        rows = Rate.objects.filter(pk=asked, expires_at__gt=now).values_list("level", "free_at")
        assert COUNTING(asked, now) == list(rows)
    assert COUNTING(key, NOON - timedelta(days=1)) == [(3, NOON)]


def test_a_prepared_change_changes_those_rows_and_says_how_many():
    for key in "abc":
        Rate.objects.create(pk=key, level=1, free_at=NOON, expires_at=NOON)
    until = NOON + timedelta(hours=3)
    assert [RAISED("b", change, until) for change in (4, -2)] == [1, 1]
    assert RAISED("nobody", 1, until) == 0
    assert list(Rate.objects.order_by("pk").values_list("level", "expires_at")) == [(1, NOON), (3, until), (1, NOON)]


def test_whole_rows_are_objects_like_those_of_the_queryset():
    for level, key in enumerate("abc"):
        Rate.objects.create(pk=key, level=level, free_at=NOON + timedelta(hours=level), expires_at=NOON)
    since = NOON + timedelta(minutes=1)
    found = RATES(since)
    assert found == list(Rate.objects.filter(free_at__gte=since).order_by("pk"))
    assert [(one.level, one.free_at) for one in found] == [(n, NOON + timedelta(hours=n)) for n in (1, 2)]
    found[0].level = 9
    found[0].save()
    assert Rate.objects.get(pk="b").level == 9, "it is known to be there, and is not written a second time"


def test_a_change_that_leaves_an_argument_out_is_refused():
    with pytest.raises(ValueError, match="all of its arguments"):
        PreparedUpdate(lambda key, level: (Rate.objects.filter(pk=key), {"level": 1}))("a", 5)


def test_a_new_row_has_its_number_and_holds_what_it_was_given():
    one = FactRecord(name="Rang", payload={"times": 3, "words": ["ä", None]}, keys=["bell:1"], at=NOON)
    insert(one)
    kept = FactRecord.objects.get(pk=one.pk)
    assert (kept.name, kept.payload, kept.keys, kept.at) == (one.name, one.payload, one.keys, one.at)
    one.name = "Rang twice"
    one.save()
    assert FactRecord.objects.get().name == "Rang twice"
    insert(PublicNumber(id=7, kind="article"))
    assert PublicNumber.objects.get().kind == "article"


def test_many_new_rows_are_written_in_portions(django_assert_num_queries):
    one = FactRecord(name="Rang", payload={}, at=NOON)
    insert(one)
    rows = [Delivery(fact=one, handler=f"h{number}", due_at=NOON) for number in range(MOST + 3)]
    with django_assert_num_queries(2):
        insert_all(rows)
    insert_all([])
    assert set(Delivery.objects.values_list("handler", flat=True)) == {row.handler for row in rows}
    with pytest.raises(IntegrityError):
        insert_all([Delivery(fact=one, handler="h1", due_at=NOON)])

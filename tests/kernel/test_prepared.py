"""Queries put into SQL once find what the same querysets find."""

import threading
import uuid

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.kernel.models import PublicNumber
from broadsheet.kernel.prepared import LONGEST, Prepared

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

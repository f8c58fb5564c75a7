"""Public numbers: ten digits, one sequence."""

import threading

import pytest
from django.db import connection

from broadsheet.kernel.errors import Refused
from broadsheet.kernel.ids import FIRST, allocate_public_number, take_public_number
from broadsheet.kernel.models import PublicNumber
from tests.at_once import at_once

pytestmark = [pytest.mark.row("ART-01"), pytest.mark.django_db(transaction=True)]


def test_articles_and_pictures_share_one_sequence_of_ten_digit_numbers():
    numbers = [allocate_public_number(kind) for kind in ("article", "picture", "article")]
    assert len(set(numbers)) == 3
    assert all(len(str(number)) == 10 for number in numbers)


def test_a_number_an_archive_brings_is_kept_and_never_given_again():
    take_public_number(1_085_123_456, "article")
    assert allocate_public_number("picture") == 1_085_123_457
    with pytest.raises(Refused) as refused:
        take_public_number(1_085_123_456, "picture")
    assert refused.value.refusal.code == "number-taken"


@pytest.mark.parametrize("number", [0, 5, 999_999_999, 10_000_000_000])
def test_numbers_without_ten_digits_are_refused(number):
    with pytest.raises(Refused) as refused:
        take_public_number(number, "article")
    assert refused.value.refusal.code == "number-out-of-range"


def test_the_last_number_of_all_does_not_end_the_sequence():
    take_public_number(9_999_999_999, "article")
    assert FIRST <= allocate_public_number("article") < 9_999_999_999


def test_numbers_asked_for_at_once_differ():
    found: list[int] = []

    def ask() -> None:
        try:
            found.extend(allocate_public_number("article") for _number in range(10))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 60
    assert PublicNumber.objects.count() == 60


def test_an_archive_that_takes_numbers_meanwhile_never_spoils_one_that_is_just_given():
    first = allocate_public_number("article")
    refused: list[int] = []

    def take() -> None:
        for number in range(first + 1, first + 31):
            try:
                take_public_number(number, "picture")
            except Refused:
                refused.append(number)

    def give() -> list[int]:
        return [allocate_public_number("article") for _number in range(15)]

    *given, _none, _none_too = at_once(give, give, take, take)
    numbers = [number for some in given for number in some]
    assert len(set(numbers)) == 30
    assert PublicNumber.objects.filter(kind="article").count() == 31

"""Whether a reader may post: confirmed, not blocked, not deleted, the current policy acknowledged (ACC-01, ACC-08)."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from broadsheet.kernel import clock
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.standing import may_post, standing

pytestmark = [pytest.mark.django_db, pytest.mark.row("ACC-01"), pytest.mark.usefixtures("paper")]


def reader(*, verified=True, **fields):
    made = Reader.objects.create_user("ada@mail.example", **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=verified, primary=True)
    return made


def why(made, edition="en"):
    refusal = may_post(made.pk, edition, clock.now())
    return refusal.code if refusal else None


def test_nothing_stands_against_a_confirmed_reader_of_an_edition_without_a_policy():
    assert why(reader()) is None


def test_an_address_must_be_confirmed():
    assert why(reader(verified=False)) == "unconfirmed"


def test_the_own_address_must_be_confirmed_not_another_readers():
    made = reader(verified=False)
    other = Reader.objects.create_user("other@mail.example")
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    assert why(made) == "unconfirmed"


def test_a_block_stands_until_its_end():
    now = clock.now()
    assert why(reader(block="timed", blocked_until=now + timedelta(minutes=5))) == "blocked"
    Reader.objects.update(blocked_until=now - timedelta(seconds=1))
    assert why(Reader.objects.get()) is None
    Reader.objects.update(block="final", blocked_until=None)
    assert why(Reader.objects.get()) == "blocked"


def test_a_deleted_account_and_none_at_all_post_nothing():
    assert why(reader(is_active=False)) == "no-account"
    assert may_post(0, "en", clock.now()).code == "no-account"


def test_all_of_it_is_asked_at_once(django_assert_num_queries):
    made = reader()
    with django_assert_num_queries(1):
        standing(made.pk, "en", clock.now())

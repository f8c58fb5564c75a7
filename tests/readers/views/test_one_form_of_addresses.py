"""A domain in Unicode and in ASCII is one address, wherever an address comes in."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.models import FormerAddress, Reader
from broadsheet.readers.queries.people import account_by_email, account_named, has_confirmed
from broadsheet.readers.queries.retention import BLOCKED, keyed
from tests.readers.entrance import PASSWORD, confirmed_reader, due, is_in, last_link, log_in, recover, register
from tests.readers.provider import city, city_running, sign_in
from tests.readers.views.test_social import branch

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.row("ACC-01"), pytest.mark.row("ACC-02"), pytest.mark.django_db]
UNICODE, ASCII = "Tom@Bücher.example", "tom@xn--bcher-kva.example"
WRITTEN = [UNICODE, ASCII, "TOM@XN--BCHER-KVA.EXAMPLE"]


@pytest.fixture
def tom(paper: None) -> Reader:
    """Somebody who registered with a domain in Unicode."""
    register(Client(), UNICODE)
    Client().post(last_link("confirm"))
    return Reader.objects.get()


@pytest.mark.parametrize("typed", WRITTEN)
def test_it_opens_the_account_however_it_is_typed(tom, client, typed):
    assert (tom.email, EmailAddress.objects.get().email) == (ASCII, ASCII)
    log_in(client, typed)
    assert is_in(client)


@pytest.mark.parametrize("typed", WRITTEN)
def test_it_is_registered_once_and_recovered_by_each(tom, typed):
    register(Client(), typed)
    assert Reader.objects.count() == 1
    assert [each["purpose"] for each in due()][-1] == "already"
    recover(Client(), typed)
    assert [each["purpose"] for each in due()][-1] == "recover"


@pytest.mark.parametrize("typed", WRITTEN)
def test_wrong_passwords_count_together(tom, typed):
    for number in range(6):
        log_in(Client(), WRITTEN[number % 3], "a wrong password altogether")
    assert "There were too many attempts" in log_in(Client(), typed).content.decode()


def test_it_is_changed_to_in_that_form_and_not_to_ones_own_again(paper, client):
    tom = confirmed_reader(client)
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": UNICODE, "action_add": ""})
    client.post(last_link("confirm"))
    tom.refresh_from_db()
    assert tom.email == ASCII
    response = client.post("/accounts/email/", {"email": UNICODE.upper(), "action_add": ""})
    assert "already" in response.content.decode()


@pytest.mark.row("ACC-04")
def test_a_network_that_vouches_for_the_other_form_vouches_for_this(client, city):
    city.person("1", name="Tom Wharf", email=ASCII, email_verified=True)
    path = branch(client, sign_in(client, city, "1"), "No")
    client.post(path, {"display_name": "Tom Wharf", "email": UNICODE})
    assert is_in(client)
    assert Reader.objects.get().email == ASCII


def test_the_terminal_and_the_archive_find_it_by_each(tom):
    FormerAddress.objects.create(reader=tom, email="old@xn--bcher-kva.example", until=clock.now())
    for typed in WRITTEN:
        assert account_by_email(typed) == tom
        assert account_named(typed, clock.now())["id"] == tom.pk
        assert has_confirmed(tom.pk, typed)
        assert keyed(BLOCKED, typed) == keyed(BLOCKED, ASCII)
    assert account_named("Old@bücher.example", clock.now())["id"] == tom.pk
    staff = put_staff(email=UNICODE, name="Tom", role="editor")
    assert staff == tom


@pytest.mark.parametrize("typed", ["tom@☃.example", "tom@" + ".".join(["ü" * 38] * 6) + ".example"])
def test_a_domain_that_has_no_such_form_is_refused_in_words(paper, client, typed):
    response = register(client, typed)
    assert "valid email address" in response.content.decode()
    assert Reader.objects.count() == 0


def test_what_was_stored_in_unicode_is_rewritten_unless_another_has_it(paper):
    from broadsheet.readers.migrations import __name__ as package

    migration: Any = __import__(f"{package}.0005_one_form_of_addresses", fromlist=["give_one_form"])
    rows = []
    for address in ("one@bücher.example", "two@bücher.example", "two@xn--bcher-kva.example"):
        reader = Reader.objects.create(email=address)
        EmailAddress.objects.create(user=reader, email=address, verified=True, primary=True)
        rows.append(reader)
    FormerAddress.objects.create(reader=rows[0], email="old@bücher.example", until=clock.now())
    with transaction.atomic():
        migration.give_one_form(apps, None)
    expected = ["one@xn--bcher-kva.example", "two@bücher.example", "two@xn--bcher-kva.example"]
    for reader, address in zip(rows, expected, strict=True):
        reader.refresh_from_db()
        assert (reader.email, EmailAddress.objects.get(user=reader).email) == (address, address)
    assert FormerAddress.objects.get().email == "old@xn--bcher-kva.example"
    with pytest.raises(IntegrityError), transaction.atomic():
        Reader.objects.create(email="one@xn--bcher-kva.example")

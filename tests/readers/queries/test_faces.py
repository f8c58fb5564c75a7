"""Readers as others see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.kernel import clock
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.queries.faces import Face, account_of, faces
from tests.factories.accounts import make_reader

pytestmark = [pytest.mark.row("ACC-07", "DIS-01"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]


def test_names_and_pictures_are_told_in_one_question_and_those_of_deleted_accounts_are_not():
    here, gone = make_reader(display_name="Ines", avatar="a.webp"), make_reader(display_name="Vera", avatar="b.webp")
    delete_account(reader_id=gone.pk, edition="en", now=clock.now())
    with CaptureQueriesContext(connection) as asked:
        found = faces([here.pk, gone.pk, here.pk, 10**9])
    assert len(asked) == 1
    assert found == {
        here.pk: Face(here.pk, "Ines", "a.webp", False, here.public_id),
        gone.pk: Face(gone.pk, "", "", True),
    }
    assert faces([]) == {}


def test_since_when_an_account_is_there():
    reader = make_reader()
    found = account_of(reader.pk)
    assert (found.registered_at, found.is_staff) == (reader.registered_at, False)
    assert account_of(10**9) is None

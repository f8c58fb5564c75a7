"""The moderators delete an account: hidden, kept for 180 days, brought back by them alone, then erased (MOD-04)."""

from datetime import timedelta

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.actions.close_account import close_account
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due, erase_now
from broadsheet.readers.actions.lift_block import lift_block
from broadsheet.readers.actions.reopen_account import reopen_account
from broadsheet.readers.actions.restore_deleted import bring_back, restore_deleted
from broadsheet.readers.actions.set_block import set_block
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.models import Closure, Departure, Kept, Reader
from broadsheet.readers.queries.conduct import conducted
from broadsheet.readers.queries.departures import departed
from broadsheet.readers.queries.retention import is_erased, marks_of
from broadsheet.readers.queries.standing import may_post
from tests.factories.accounts import PASSWORD, add_former_address, list_session, make_reader

pytestmark = [pytest.mark.row("MOD-04", "MOD-06", "MOD-08"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]


def token_of(reader: Reader) -> str | None:
    mail = make_account_mail(purpose="deleted", reader_id=reader.pk, edition="en")
    return mail.values["link"].rstrip("/").rpartition("/")[2] if mail is not None else None


def state(reader: Reader) -> str:
    found = conducted(reader.pk)
    assert found is not None
    return found.state


def test_it_is_hidden_at_once_and_no_session_opens_anything():
    reader = make_reader()
    client = Client()
    client.force_login(reader)
    list_session(reader, client.session.session_key)
    close_account(reader_id=reader.pk, now=clock.now())
    assert client.get("/accounts/my-data/").status_code == 302
    assert state(reader) == "closed"
    assert FactRecord.objects.filter(name="AccountClosed", payload__reader_id=reader.pk).exists()
    with pytest.raises(Refused) as found:
        close_account(reader_id=reader.pk, now=clock.now())
    assert found.value.refusal.code == "account-closed"


@pytest.mark.row("ACC-06")
def test_a_refused_log_in_names_the_user_id_and_sends_no_link(mailoutbox):
    reader = make_reader("ines@mail.example", password=PASSWORD)
    close_account(reader_id=reader.pk, now=clock.now())
    answer = Client().post("/accounts/login/", {"login": "ines@mail.example", "password": PASSWORD})
    assert answer.status_code == 403
    assert reader.public_id in answer.content.decode()
    assert token_of(reader) is None


def test_the_owner_s_own_link_does_not_undo_it_and_works_again_when_it_is_undone():
    reader, now = make_reader(), clock.now()
    delete_account(reader_id=reader.pk, edition="en", now=now)
    token = token_of(reader)
    assert token is not None
    close_account(reader_id=reader.pk, now=now)
    with pytest.raises(Refused):
        restore_deleted(token=token, now=now)
    assert departed(reader.pk, now) is None
    assert token_of(reader) is None
    assert reopen_account(reader_id=reader.pk, now=now)
    assert state(reader) == "deleted"
    token = token_of(reader)
    assert token is not None
    restore_deleted(token=token, now=now)
    assert state(reader) == "there"


def test_no_other_tool_brings_it_back():
    reader, now = make_reader("ines@mail.example"), clock.now()
    delete_account(reader_id=reader.pk, edition="en", now=now)
    close_account(reader_id=reader.pk, now=now)
    assert bring_back(departure_id=reader.pk), "the owner's own deletion is taken back"
    assert state(reader) == "closed"
    with pytest.raises(Refused) as found:
        put_staff(email="ines@mail.example")
    assert found.value.refusal.code == "account-closed"
    assert not Reader.objects.get(pk=reader.pk).is_active


def test_after_180_days_it_is_erased_and_until_then_it_can_be_brought_back():
    reader, now = make_reader(), clock.now()
    close_account(reader_id=reader.pk, now=now)
    assert erase_due(now=now + timedelta(days=180, seconds=-1)) == 0
    assert erase_due(now=now + timedelta(days=180)) == 1
    reader.refresh_from_db()
    assert is_erased(reader)
    assert not Closure.objects.exists()
    assert not Departure.objects.exists()
    other = make_reader()
    close_account(reader_id=other.pk, now=now)
    assert not reopen_account(reader_id=other.pk, now=now + timedelta(days=180)), "it is about to be erased"
    assert reopen_account(reader_id=other.pk, now=now + timedelta(days=180, seconds=-1))
    assert state(other) == "there"


def test_who_had_deleted_it_before_is_erased_after_their_own_30_days():
    reader, now = make_reader(), clock.now()
    delete_account(reader_id=reader.pk, edition="en", now=now)
    close_account(reader_id=reader.pk, now=now)
    assert erase_due(now=now + timedelta(days=30)) == 1
    assert not Closure.objects.exists()
    last = make_reader()
    close_account(reader_id=last.pk, now=now)
    erase_now(reader_id=last.pk, now=now)
    assert not Closure.objects.exists()


def test_accounts_of_the_newsroom_are_left_to_the_operator():
    with pytest.raises(Refused) as found:
        close_account(reader_id=make_reader(is_staff=True).pk, now=clock.now())
    assert found.value.refusal.code == "staff-account"


def test_a_block_is_set_changed_and_lifted_with_what_was_kept_under_it():
    reader, now = make_reader("ines@mail.example"), clock.now()
    assert set_block(reader_id=reader.pk, until=now + timedelta(days=3))
    assert may_post(reader.pk, "en", now) is not None
    assert may_post(reader.pk, "en", now + timedelta(days=3)) is None
    assert set_block(reader_id=reader.pk, until=None)
    assert may_post(reader.pk, "en", now + timedelta(days=3000)) is not None
    delete_account(reader_id=reader.pk, edition="en", now=now)
    erase_due(now=now + timedelta(days=30))
    assert Kept.objects.count() == 1
    assert not set_block(reader_id=reader.pk, until=None), "nobody is left to be blocked"
    again = make_reader("ines@mail.example", block="final")
    assert lift_block(reader_id=again.pk)
    assert not Kept.objects.exists()
    assert not lift_block(reader_id=again.pk)
    assert may_post(again.pk, "en", now) is None


def test_a_person_is_recognised_by_what_was_confirmed_alone():
    reader = make_reader("ines@mail.example")
    marks = marks_of(reader.pk)
    assert len(marks) == 1
    reader.emailaddress_set.create(email="stranger@mail.example", verified=False)
    assert marks_of(reader.pk) == marks
    add_former_address(reader, "old@mail.example")
    assert len(marks_of(reader.pk)) == 2
    assert not any("mail" in mark for mark in marks)

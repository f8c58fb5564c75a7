"""Deleting an account ends it at once; a link brings it back as it was, once, until the last moment (ACC-07)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due
from broadsheet.readers.actions.keep_avatar import keep_avatar
from broadsheet.readers.actions.restore_deleted import restore_deleted
from broadsheet.readers.actions.staff import make_login_link, put_staff, redeem_login_link
from broadsheet.readers.models import Departure, Reader, ReaderSession
from tests.at_once import at_once
from tests.factories.accounts import add_former_address, image_bytes, list_session, make_reader
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ACC-07"), pytest.mark.django_db]
MONTH = timedelta(hours=720)


def delete(reader: Reader, now: datetime | None = None) -> Any:
    return delete_account(reader_id=reader.pk, edition="en", now=now or clock.now())


def mails_due(reader: Reader) -> list[dict[str, Any]]:
    rows = FactRecord.objects.filter(name="AccountMailDue", payload__reader_id=reader.pk).order_by("pk")
    return [row.payload for row in rows]


def mail(reader: Reader, email_id: int | None = None) -> Any:
    return make_account_mail(purpose="deleted", reader_id=reader.pk, edition="en", email_id=email_id)


def token_in(letter: Any) -> str:
    return urlsplit(letter.values["link"]).path.rstrip("/").rpartition("/")[2]


def names_of_facts(reader: Reader) -> list[str]:
    rows = FactRecord.objects.filter(payload__reader_id=reader.pk).exclude(name="AccountMailDue").order_by("pk")
    return list(rows.values_list("name", flat=True))


def test_every_session_ends_at_once_whether_it_is_listed_or_not():
    reader = make_reader()
    listed, unlisted = Client(), Client()
    for client in (listed, unlisted):
        client.force_login(reader)
    list_session(reader, listed.session.session_key)
    token = make_login_link(reader=reader, now=clock.now())
    delete(reader)
    assert not Session.objects.filter(pk=listed.session.session_key).exists()
    assert not ReaderSession.objects.filter(reader=reader).exists()
    assert redeem_login_link(token=token, now=clock.now()) is None
    for client in (listed, unlisted):
        assert client.get("/accounts/my-data/").status_code == 302
    assert names_of_facts(reader) == ["AccountDeleted"]


def test_the_picture_is_hidden_and_comes_back(settings, django_capture_on_commit_callbacks):
    make_edition()
    reader = make_reader()
    name = keep_avatar(reader_id=reader.pk, content=image_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        delete(reader)
    assert not (settings.DATA / "avatars" / name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        restore_deleted(token=token_in(mail(reader)), now=clock.now())
    assert (settings.DATA / "avatars" / name).is_file()
    (settings.DATA / "avatars" / name).unlink()


def test_nothing_more_is_mailed_to_a_deleted_account_but_the_way_back():
    make_edition()
    reader = make_reader()
    delete(reader)
    assert mail(reader) is not None
    assert make_account_mail(purpose="changed", reader_id=reader.pk, edition="en") is None


def test_the_mail_goes_to_the_confirmed_address_and_to_those_of_the_last_thirty_days():
    make_edition(time_zone="Asia/Amman", account_domain="paper.example")
    reader = make_reader("now@mail.example")
    former = add_former_address(reader, "before@mail.example")
    add_former_address(reader, "long-ago@mail.example", days_left=-0.01)
    delete(reader, datetime.now(UTC))
    due = mails_due(reader)
    assert {(row["purpose"], row["email_id"]) for row in due} == {("deleted", None), ("deleted", former.pk)}
    assert len({row["key"] for row in due}) == 2
    assert [mail(reader, row["email_id"]).address for row in due] == ["now@mail.example", "before@mail.example"]
    assert token_in(mail(reader)) != token_in(mail(reader, former.pk))


def test_the_mail_names_the_deadline_by_date_time_and_zone():
    make_edition(time_zone="Asia/Amman")
    reader = make_reader()
    soon = clock.now().replace(minute=7, second=0, microsecond=0) + timedelta(hours=1)
    delete(reader, soon)
    ends = (soon + MONTH).astimezone(make_zone())
    said = mail(reader).values["deadline"]
    assert f"{ends:%B}" in said or f"{ends:%b}" in said
    assert str(ends.day) in said
    assert str(ends.year) in said
    assert f"{ends:%H:%M}" in said
    assert "Asia/Amman" in said


def make_zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Asia/Amman")


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(days=1)])
def test_from_the_deadline_on_nothing_comes_back(late):
    make_edition()
    reader = make_reader()
    began = clock.now()
    delete(reader, began)
    token = token_in(mail(reader))
    with pytest.raises(Refused) as refused:
        restore_deleted(token=token, now=began + MONTH + late)
    assert refused.value.refusal.code == "restore-link-dead"
    assert restore_deleted(token=token, now=began + MONTH - timedelta(microseconds=1)) == reader.pk


def test_a_link_works_once_and_ends_all_others():
    make_edition()
    reader = make_reader()
    former = add_former_address(reader, "before@mail.example")
    delete(reader)
    first, second = token_in(mail(reader)), token_in(mail(reader, former.pk))
    restore_deleted(token=second, now=clock.now())
    for token in (first, second, "", "unknown"):
        with pytest.raises(Refused):
            restore_deleted(token=token, now=clock.now())
    reader.refresh_from_db()
    assert reader.is_active
    assert names_of_facts(reader) == ["AccountDeleted", "AccountRestored"]
    assert mail(reader) is None, "a mail that was still to be sent is no longer due"


def test_a_blocked_account_comes_back_blocked_also_where_it_was_blocked_meanwhile():
    make_edition()
    until = clock.now() + timedelta(days=60)
    before = make_reader(block="timed", blocked_until=until)
    meanwhile = make_reader()
    for reader in (before, meanwhile):
        delete(reader)
    Reader.objects.filter(pk=meanwhile.pk).update(block="final")
    for reader in (before, meanwhile):
        restore_deleted(token=token_in(mail(reader)), now=clock.now())
        reader.refresh_from_db()
    assert (before.block, before.blocked_until) == ("timed", until)
    assert meanwhile.block == "final"


def test_deleted_again_later_it_is_a_new_deletion_with_thirty_days_of_its_own():
    make_edition()
    reader = make_reader()
    began = clock.now()
    delete(reader, began)
    old = token_in(mail(reader))
    restore_deleted(token=old, now=began + timedelta(days=29))
    delete(reader, began + timedelta(days=29))
    with pytest.raises(Refused):
        restore_deleted(token=old, now=began + timedelta(days=29))
    assert erase_due(now=began + timedelta(days=31)) == 0
    assert Departure.objects.get().deadline == began + timedelta(days=29) + MONTH
    assert len({row["key"] for row in mails_due(reader)}) == 2


def test_accounts_of_the_newsroom_are_ended_by_the_operator():
    chief = put_staff(email="chief@paper.example")
    with pytest.raises(Refused) as refused:
        delete(chief)
    assert refused.value.refusal.code == "staff-account"
    chief.refresh_from_db()
    assert chief.is_active


def test_what_is_deleted_already_is_not_deleted_again():
    reader = make_reader()
    delete(reader)
    with pytest.raises(Refused) as refused:
        delete(reader)
    assert refused.value.refusal.code == "account-not-there"
    assert len(mails_due(reader)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_deletes_and_one_restores():
    make_edition()
    reader = make_reader()

    def tried(work: Any) -> Any:
        def run() -> bool:
            try:
                work()
            except Refused:
                return False
            return True

        return run

    now = clock.now()
    assert sum(map(bool, at_once(*[tried(lambda: delete(reader, now))] * 6))) == 1
    tokens = [token_in(mail(reader)) for _number in range(3)] * 2  # each opened twice
    restored = at_once(*[tried(lambda token=token: restore_deleted(token=token, now=now)) for token in tokens])
    assert sum(map(bool, restored)) == 1
    assert names_of_facts(reader) == ["AccountDeleted", "AccountRestored"]

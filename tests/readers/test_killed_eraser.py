"""An eraser that is killed at any moment leaves nothing half done that the next one doesn't end (ACC-07)."""

import os
import random
import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.personal_data import holdings
from broadsheet.notifications.models import Notice
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due
from broadsheet.readers.actions.restore_deleted import restore_deleted
from broadsheet.readers.models import Acceptance, Departure, Reader, ReaderSession
from broadsheet.readers.queries.retention import is_erased
from tests.factories.accounts import make_reader
from tests.notifications.sending import child, kill, wait_for
from tests.readers.entrance import PASSWORD, log_in

pytestmark = [pytest.mark.row("ACC-07"), pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("paper")]


def furnish(email: str, rows: int) -> Reader:
    """Return a reader of whom so many rows of each of three kinds are held, and sessions."""
    now, reader = clock.now(), make_reader(email, password=PASSWORD)
    Acceptance.objects.bulk_create(
        Acceptance(reader=reader, kind="standards", edition="en", version=1, digest="d" * 64, language="en", way="login", at=now)
        for _row in range(rows)
    )  # fmt: skip
    Notice.objects.bulk_create(
        Notice(reader_id=reader.pk, kind="reply", key=f"{row}", values={}, path="/x/", at=now) for row in range(rows)
    )
    keys = [f"{reader.pk}x{row}" for row in range(rows)]
    Session.objects.bulk_create(
        Session(session_key=key, session_data="x", expire_date=now + timedelta(days=90)) for key in keys
    )
    ReaderSession.objects.bulk_create(
        ReaderSession(session_key=key, reader=reader, device="Firefox", began_at=now, seen_on=now.date())
        for key in keys
    )
    return reader


def held(reader: Reader) -> dict[str, Any]:
    """Return all that is held of the reader, and the password's hash."""
    return {one.name: list(one.rows(reader.pk)) for one in holdings()} | {"password": reader.password}


def try_to_enter(reader: Reader, token: str) -> None:
    """See that neither password, session nor link opens the account."""
    assert "sessionid" not in log_in(Client(), reader.email or "").cookies
    assert not Reader.objects.get(pk=reader.pk).is_active
    with pytest.raises(Refused):
        restore_deleted(token=token, now=clock.now())


@pytest.mark.parametrize(("rows", "kills"), [(300, 6), pytest.param(1500, 20, marks=pytest.mark.slow)])
def test_killed_at_any_moment_it_is_ended_by_the_next_and_nobody_else_is_touched(rows, kills):
    other, reader = furnish("other@mail.example", 50), furnish("reader@mail.example", rows)
    before, chance = held(other), random.Random(os.urandom(8))
    began = clock.now() - timedelta(hours=720) + timedelta(seconds=3)
    delete_account(reader_id=reader.pk, edition="en", now=began)
    mail = make_account_mail(purpose="deleted", reader_id=reader.pk, edition="en")
    token = mail.values["link"].rstrip("/").rpartition("/")[2]
    while clock.now() < began + timedelta(hours=720):
        time.sleep(0.05)
    killed, span = 0, 0.05
    for _kill in range(kills):
        number = child(lambda: erase_due(now=clock.now()))
        time.sleep(chance.uniform(0, span))
        if os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            assert wait_for(number) == 0
            break
        kill(number)
        killed += 1
        try_to_enter(reader, token)
    assert wait_for(child(lambda: erase_due(now=clock.now()))) == 0
    assert killed > 0
    row = Reader.objects.get(pk=reader.pk)
    assert is_erased(row)
    assert not row.has_usable_password()
    assert {name for name, rows in held(row).items() if rows and name != "password"} == {"readers.account"}
    assert not Session.objects.filter(pk__startswith=f"{reader.pk}x").exists()
    assert FactRecord.objects.filter(name="AccountErased").count() == 1
    assert not Departure.objects.exists()
    other.refresh_from_db()
    assert held(other) == before
    assert log_in(Client(), "other@mail.example").status_code == 302

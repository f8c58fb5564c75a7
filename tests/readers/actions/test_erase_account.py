"""What is erased is gone everywhere, once the 30 days are over and not before (ACC-07)."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from broadsheet.kernel import clock, personal_data
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.models import ArticlePage
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_account, erase_due, erase_now, purge_kept
from broadsheet.readers.actions.keep_avatar import keep_avatar
from broadsheet.readers.actions.register import register
from broadsheet.readers.actions.restore_deleted import restore_deleted
from broadsheet.readers.actions.staff import make_login_link, put_staff
from broadsheet.readers.facts import AvatarOffered
from broadsheet.readers.models import Acceptance, Consent, Departure, Kept, Reader, ReaderSession
from broadsheet.readers.queries.retention import is_erased, kept_away_until
from tests.at_once import at_once
from tests.factories.accounts import add_former_address, image_bytes, list_session, make_reader
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("ACC-07"), pytest.mark.django_db]
MONTH = timedelta(hours=720)
# Each stands for one field in which something of a person may be kept.
TRACES = (
    "quillfeather", "earlier-quill", "zanzibar-net", "passkeyofquill", "zephyrphone", "picture-of-quill",
    "wording-quill", "quilltoken", "c0ffee0ddba11",
)  # fmt: skip


def furnished() -> Reader:
    """Return a reader of whom something is held in every place there is."""
    now = clock.now()
    reader = make_reader(
        "quillfeather@mail.example", password="quillfeather has a long one", display_name="Quillfeather Q.",
        language="fr", choices={"replies": True}, block="final", last_login=now,
    )  # fmt: skip
    add_former_address(reader, "earlier-quill@mail.example")
    account = SocialAccount.objects.create(
        user=reader, provider="openid_connect", uid="zanzibar-net-77",
        extra_data={"name": "Quillfeather", "picture": "https://pictures.example/picture-of-quill.png"},
    )  # fmt: skip
    SocialToken.objects.create(account=account, token="quilltoken")
    Authenticator.objects.create(user=reader, type="webauthn", data={"name": "passkeyofquill", "credential": {}})
    for number in range(3):
        Acceptance.objects.create(
            reader=reader, kind="privacy", edition="en", version=number, digest="c0ffee0ddba11" * 4, language="fr",
            way="gate", at=now,
        )  # fmt: skip
    Consent.objects.create(
        reader=reader, purpose="push", wording="wording-quill", digest="c0ffee0ddba11" * 4, language="fr", way="form",
        given_at=now,
    )  # fmt: skip
    for number in range(2):
        client = Client()
        client.force_login(reader)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "email": "quillfeather@mail.example"}]
        session.save()
        if number == 0:
            list_session(reader, session.session_key, "Firefox on Zephyrphone")
    make_login_link(reader=reader, now=now)
    with transaction.atomic():
        announce(AvatarOffered(reader_id=reader.pk, url="https://pictures.example/picture-of-quill.png"))
    deliver_due()
    keep_avatar(reader_id=reader.pk, content=image_bytes(colour="#112233"))
    reader.refresh_from_db()
    return reader


def cells() -> Any:
    """Give every cell of every table of the database as text, packed sessions unpacked, with where it stands."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.endswith(("_config", "_data", "_idx", "_docsize", "_content")) and "fts" in table:
                continue  # the insides of a full-text index, which its own table shows
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if value is not None:
                        yield f"{table}.{column}", as_text(value)
    for session in Session.objects.all():
        yield "django_session.session_data", json.dumps(session.get_decoded())


def as_text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return json.dumps(value, default=str) if isinstance(value, dict | list) else str(value)


def files() -> Any:
    """Give every file of the data folder but the database, which is read by its tables."""
    for folder, _folders, names in os.walk(settings.DATA):
        for name in names:
            if ".sqlite3" not in name:
                yield Path(folder) / name


def traces(more: tuple[str, ...] = ()) -> set[str]:
    """Return each trace of the person with where it is."""
    wanted = (*TRACES, *more)
    found = {f"{trace} in {place}" for place, text in cells() for trace in wanted if trace in text.lower()}
    found |= {
        f"{trace} in {path}"
        for path in files()
        for content in [path.name.lower().encode() + path.read_bytes().lower()]
        for trace in wanted
        if trace.encode() in content
    }
    return found


def end(reader: Reader, days: int = 30) -> Any:
    began = clock.now() - timedelta(days=days)
    delete_account(reader_id=reader.pk, edition="en", now=began)
    return began


def test_nothing_of_a_person_is_left_in_any_table_or_file(django_capture_on_commit_callbacks, caplog):
    make_edition()
    reader = furnished()
    avatar, password = reader.avatar, reader.password
    more = (avatar, password.lower()[-30:])
    before = traces(more)
    assert {trace.partition(" in ")[0] for trace in before} == {*TRACES, *more}, "the scan finds what there is"
    with django_capture_on_commit_callbacks(execute=True):
        end(reader)
        assert make_account_mail(purpose="deleted", reader_id=reader.pk, edition="en") is None
        assert erase_due(now=clock.now()) == 1
    assert traces(more) == set()
    assert not any(trace in caplog.text.lower() for trace in TRACES)
    reader.refresh_from_db()
    assert is_erased(reader)
    assert not reader.has_usable_password()
    assert Reader.objects.get(public_id=reader.public_id).pk == reader.pk, "the number that others point to stays"
    for holding in personal_data.holdings():
        told = list(holding.rows(reader.pk))
        assert holding.name == "readers.account" or told == [], holding.name
    assert FactRecord.objects.filter(name="AccountErased").count() == 1


def test_nothing_is_erased_before_its_time():
    make_edition()
    reader = make_reader()
    began = clock.now()
    delete_account(reader_id=reader.pk, edition="en", now=began)
    assert erase_due(now=began + MONTH - timedelta(microseconds=1)) == 0
    assert not erase_account(reader_id=reader.pk, now=began + MONTH - timedelta(microseconds=1))
    reader.refresh_from_db()
    assert reader.email
    assert erase_due(now=began + MONTH) == 1
    assert erase_due(now=began + MONTH) == 0


def test_once_erasing_began_nothing_comes_back_even_where_a_clock_is_behind():
    make_edition()
    reader = make_reader()
    began = clock.now()
    delete_account(reader_id=reader.pk, edition="en", now=began)
    letter = make_account_mail(purpose="deleted", reader_id=reader.pk, edition="en")
    token = letter.values["link"].rstrip("/").rpartition("/")[2]
    with Broken("readers.sessions"), pytest.raises(RuntimeError):
        erase_account(reader_id=reader.pk, now=began + MONTH)
    with pytest.raises(Refused):
        restore_deleted(token=token, now=began + MONTH - timedelta(seconds=5))


class Broken:
    """A holding that is killed when it is to erase."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.whole = personal_data._holdings[self.name]

        def killed(reader_id: int) -> int:
            raise RuntimeError("killed")

        personal_data._holdings[self.name] = personal_data.Holding(
            self.whole.name, self.whole.title, self.whole.fields, self.whole.rows, killed
        )

    def __exit__(self, *failure: object) -> None:
        personal_data._holdings[self.name] = self.whole


@pytest.mark.parametrize("place", [holding.name for holding in personal_data.holdings()])
def test_an_eraser_that_is_killed_anywhere_is_followed_by_one_that_ends_the_work(place):
    make_edition()
    reader = furnished()
    end(reader)
    with Broken(place):
        assert erase_due(now=clock.now()) == 0
    assert Departure.objects.filter(reader=reader).exists()
    assert erase_due(now=clock.now()) == 1
    assert {trace for trace in traces() if " in /" not in trace} == set()


def test_one_account_that_fails_keeps_no_other_from_being_erased(monkeypatch):
    make_edition()
    first, second = make_reader(), make_reader()
    end(first, 31)
    end(second)
    whole = personal_data._holdings["readers.account"]
    fails = personal_data.Holding(
        whole.name, whole.title, whole.fields, whole.rows, lambda pk: whole.erase(pk) if pk == second.pk else 1 / 0
    )
    monkeypatch.setitem(personal_data._holdings, "readers.account", fails)
    assert erase_due(now=clock.now()) == 1
    second.refresh_from_db()
    assert is_erased(second)


@pytest.mark.django_db(transaction=True)
def test_two_erasers_at_once_do_no_harm_and_one_of_them_ends_it():
    make_edition()
    reader = furnished()
    end(reader)
    now = clock.now()
    done = at_once(*[lambda: erase_account(reader_id=reader.pk, now=now)] * 3)
    assert sorted(map(bool, done)) == [False, False, True]
    assert traces() == set()
    assert FactRecord.objects.filter(name="AccountErased").count() == 1


@pytest.mark.parametrize(
    ("block", "days", "kept_days"), [("", None, None), ("timed", 90, 60), ("timed", 20, None), ("final", None, 730)]
)
def test_only_where_a_block_runs_a_hash_is_kept_and_it_ends(block, days, kept_days):
    make_edition()
    began = clock.now()
    now = began + MONTH
    until = began + timedelta(days=days) if days else None
    reader = make_reader("blocked@mail.example", block=block, blocked_until=until)
    delete_account(reader_id=reader.pk, edition="en", now=began)
    erase_due(now=now)
    assert (kept_away_until("Blocked@Mail.example", now) is not None) is (kept_days is not None)
    assert not kept_away_until("other@mail.example", now)
    if kept_days is None:
        assert not Kept.objects.exists()
        return
    kept = Kept.objects.get()
    assert "blocked" not in kept.digest
    assert kept.ends_at == now + timedelta(days=kept_days)
    assert purge_kept(now=kept.ends_at - timedelta(seconds=1)) == 0
    assert kept_away_until("blocked@mail.example", kept.ends_at - timedelta(seconds=1))
    assert not kept_away_until("blocked@mail.example", kept.ends_at)
    assert purge_kept(now=kept.ends_at) == 1
    assert not Kept.objects.exists()


def test_former_addresses_end_after_their_thirty_days():
    reader = make_reader()
    former = add_former_address(reader, "before@mail.example")
    assert purge_kept(now=former.until - timedelta(seconds=1)) == 0
    assert purge_kept(now=former.until) == 1


def test_an_operator_erases_at_once_but_nobody_of_the_newsroom():
    make_edition()
    reader, chief = make_reader(), put_staff(email="chief@paper.example")
    list_session(reader, "a" * 32)
    erase_now(reader_id=reader.pk, now=clock.now())
    reader.refresh_from_db()
    assert is_erased(reader)
    assert not ReaderSession.objects.exists()
    for number in (chief.pk, 0):
        with pytest.raises(Refused):
            erase_now(reader_id=number, now=clock.now())


def test_others_and_their_work_are_left_alone():
    make_edition()
    other, reader = furnished(), make_reader("second@mail.example")
    pages = ArticlePage.objects.count()
    before = traces()
    end(reader)
    erase_due(now=clock.now())
    assert traces() == before
    assert ArticlePage.objects.count() == pages
    other.refresh_from_db()
    assert other.email == "quillfeather@mail.example"


def test_a_database_file_keeps_nothing_of_what_was_deleted():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's vacuum reuses the room of deleted rows; docs/explanation/privacy.md says so")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1


def test_who_was_erased_while_blocked_registers_into_the_rest_of_that_block():
    make_edition()
    now = clock.now() + MONTH
    reader = make_reader("blocked@mail.example", block="final")
    delete_account(reader_id=reader.pk, edition="en", now=now - MONTH)
    erase_due(now=now)
    made = {"display_name": "Ada", "password_hash": None, "edition": "en", "language": "en", "now": now}
    again, other = register(email="Blocked@mail.example", **made), register(email="other@mail.example", **made)
    assert (again.block, again.blocked_until) == ("timed", now + timedelta(days=730))
    assert (other.block, other.blocked_until) == ("", None)

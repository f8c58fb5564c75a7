"""What mail leaves behind of a reader is told to that reader and goes with the account (ACC-07, ACC-10)."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.kernel.personal_data import holdings
from broadsheet.notifications.actions.prune import prune
from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.models import Message, Unsubscribed
from broadsheet.notifications.queries.unsubscribed import by_account, by_address
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_account, erase_now
from broadsheet.readers.models import FormerAddress, Reader
from tests.factories.accounts import add_former_address, make_reader
from tests.notifications.sending import queue, send

pytestmark = [pytest.mark.row("ACC-07", "ACC-10"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demo(paper, settings):
    """A paper that keeps its mails as files and sends none."""
    settings.MAIL_SERVER, settings.MAIL_KEPT = "", True


def keep(**headers: str) -> str:
    """Keep a mail with these headers and return its name."""
    mail, name = EmailMessage(), uuid4().hex
    for header, value in headers.items():
        mail[header.replace("_", "-")] = value
    mail["Date"] = "Sun, 29 Nov 2026 10:00:00 +0000"
    mail.set_content("Hello")
    mailbox.keep(name, mail.as_bytes())
    return name


def held(reader: Reader, name: str) -> list[Any]:
    return list(next(one for one in holdings() if one.name == name).rows(reader.pk))


def in_files() -> bytes:
    folder = settings.DATA / "mail"
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).lower()


def test_kept_mails_to_all_addresses_are_told_and_go_and_those_of_others_stay(demo):
    reader, other = make_reader("Now@reader.example".lower()), make_reader("other@reader.example")
    former = add_former_address(reader, "before@reader.example")
    for one in (reader, other):
        delete_account(reader_id=one.pk, edition="en", now=clock.now() - timedelta(days=29))
    deliver_due()
    send(turns=3)
    assert len(mailbox.files()) == 3
    told = held(reader, "notifications.kept")
    assert {row["to"] for row in told} == {"now@reader.example", "before@reader.example"}
    assert all("/accounts/restore/" in row["text"] and row["subject"] for row in told)
    FormerAddress.objects.filter(pk=former.pk).delete()  # its days are over: the queue alone knows whose mail that was
    assert erase_account(reader_id=reader.pk, now=clock.now() + timedelta(days=2))
    assert [row["to"] for row in held(other, "notifications.kept")] == ["other@reader.example"]
    assert len(mailbox.files()) == 1
    assert b"now@reader" not in in_files()
    assert b"before@reader" not in in_files()


def test_kept_letters_from_a_reader_and_to_an_international_domain_are_the_readers(demo):
    reader = make_reader("ines@bücher.example")
    keep(To="desk@courier.example", Reply_To="INES@xn--bcher-kva.example", Subject="Contact")
    keep(To="Ines <ines@xn--bcher-kva.example>", Subject="Copy")
    stays = keep(To="ines@xn--bcher-kva.example.other.example", Subject="Somebody else")
    assert {row["subject"] for row in held(reader, "notifications.kept")} == {"Contact", "Copy"}
    erase_now(reader_id=reader.pk, now=clock.now())
    assert [path.stem for path in mailbox.files()] == [stays]


def test_letters_that_wait_or_died_are_told_and_go_with_the_account():
    reader = make_reader("ines@reader.example")
    own = {"email": "Ines@Reader.example", "text": "what I wrote", "user_id": ""}
    queue("to the paper", address="desk@courier.example", values=own)
    queue("signed", address="desk@courier.example", values={"email": "x@y.example", "user_id": reader.public_id})
    queue("copy", address="Ines@reader.example", values={})
    strange = queue("strange", address="ines@reader.example.net", values={"email": "ines@reader.example.net"})
    rows = held(reader, "notifications.letters")
    assert [row["to"] for row in rows] == ["desk@courier.example", "desk@courier.example", "Ines@reader.example"]
    assert rows[0]["text"] == "what I wrote"
    Message.objects.filter(key="copy").update(state="dead")
    erase_now(reader_id=reader.pk, now=clock.now())
    assert list(Message.objects.all()) == [strange]


def test_a_wish_to_get_no_mail_goes_by_account_and_by_address():
    reader = make_reader("ines@reader.example")
    for recipient in (by_account(reader.pk), by_address("INES@reader.example"), by_address("x@reader.example")):
        Unsubscribed.objects.create(purpose="digest", recipient=recipient, at=clock.now())
    assert len(held(reader, "notifications.unsubscribed")) == 2
    erase_now(reader_id=reader.pk, now=clock.now())
    assert [row.recipient for row in Unsubscribed.objects.all()] == [by_address("x@reader.example")]


def test_kept_mails_end_after_their_time_and_so_do_torn_ones(demo):
    import os
    import time

    keep(To="a@reader.example")
    old, torn = keep(To="b@reader.example"), mailbox.folder() / f".{'0' * 32}"
    torn.write_bytes(b"half")
    long_ago = time.time() - 91 * 86_400
    os.utime(mailbox.folder() / f"{old}.eml", (long_ago, long_ago))
    prune()
    assert torn.exists(), "somebody may be writing it"
    os.utime(torn, (time.time() - 3700, time.time() - 3700))
    prune()
    assert [path.stem == old for path in mailbox.files()] == [False]
    assert not torn.exists()

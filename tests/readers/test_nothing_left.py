"""After a whole life of an account, lived by browser, mail and command line, no byte of it is left (ACC-07)."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from broadsheet.kernel import clock, schedule
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.models import EditionPage
from broadsheet.notifications.actions.ring import ring
from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import Message
from broadsheet.notifications.queries.mailbox import kept_mails
from broadsheet.readers.actions.link_identity import link_identity
from broadsheet.readers.actions.staff import make_login_link
from broadsheet.readers.models import Consent, Reader
from broadsheet.readers.rules.profiles import Profile
from tests.factories.accounts import image_bytes
from tests.factories.newsroom import make_article, make_section
from tests.factories.policies import make_version
from tests.readers import entrance

pytestmark = [pytest.mark.row("ACC-07"), pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("paper")]
# Tables in which rows stay: number and User ID, what the table of retention names, and what is about nobody: facts and
# the desk's log, which know numbers, and letters that were sent, which hold nothing but their keys for 90 days.
STAYS = {"readers_reader", "readers_kept", "kernel_fact", "wagtailcore_modellogentry", "notifications_message"}
NOBODY = {
    "kernel_heartbeat", "notifications_telling", "discussion_judged_up_to", "discussion_mode_clock", "discussion_months_up_to",
}  # fmt: skip


def rows() -> dict[str, int]:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def places(word: str) -> set[str]:
    """Return where the word stands: columns of tables, unpacked sessions, and files of the data folder byte by byte."""
    found = {where for where, text in texts() if word in text.lower()}
    for path in Path(django_settings.DATA).rglob("*"):
        if path.is_file() and word.encode() in f"{path.name}\n".lower().encode() + unpacked(path).lower():
            found.add(re.sub(r"[0-9a-f]{32}", "…", str(path.relative_to(django_settings.DATA))))
    return found


def unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".eml":
        mail = mailbox.read(path.stem)
        return content + b"".join(part.get_content().encode() for part in mail.iter_parts())
    return content + (gzip.decompress(content) if path.suffix == ".gz" else b"")


def texts() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", value.decode("latin-1") if isinstance(value, bytes) else str(value)
    for session in Session.objects.all():
        yield "django_session, unpacked", json.dumps(session.get_decoded())


def send() -> None:
    """Let the mails that are due be kept as files."""
    deliver_due()
    sender = Sender()
    while Message.objects.filter(state="due", due_at__lte=clock.now()).exists():
        sender.turn()
    sender._carrier.close()


def link(kind: str) -> str:
    """Return the path of the newest link of that kind that a kept mail holds."""
    send()
    return next(urlsplit(url).path for mail in kept_mails() for url in mail.links if f"/accounts/{kind}/" in url)


def live(client: Client, word: str) -> Reader:
    """Do all that one can do with an account, and return it."""
    first, second = f"{word}@mail.example", f"{word}-later@mail.example"
    entrance.register(client, first, display_name=word.title())
    client.post(link("confirm"))
    entrance.log_in(client, first, f"{word} is not it")
    entrance.recover(client, first)
    link("recover")
    entrance.log_in(client, first)
    client.post("/accounts/profile/", {"display_name": f"{word.title()} Q.", "language": "fr", "choices": ["replies"]})
    client.post("/accounts/profile/picture/", {"picture": SimpleUploadedFile(f"{word}.jpg", image_bytes())})
    client.post("/accounts/reauthenticate/", {"password": entrance.PASSWORD, "next": "/accounts/my-data/"})
    client.post("/accounts/email/", {"email": second, "action_add": ""})
    client.post(link("confirm"))
    solved = entrance.solution(client, "contact")
    letter = {"to": "moderators", "name": word, "email": second, "text": f"I, {word}, write to you.", **solved}
    client.post("/accounts/contact/", letter)
    reader = Reader.objects.get(email=second)
    link_identity(
        reader_id=reader.pk, profile=Profile("city", f"sub-{word}", word, first, True, f"https://p.example/{word}")
    )
    SocialToken.objects.create(account=SocialAccount.objects.get(user=reader), token=f"token-{word}")
    Authenticator.objects.create(user=reader, type="webauthn", data={"name": word, "credential": {}})
    Consent.objects.create(
        reader=reader, purpose="push", wording=word, digest="0", language="fr", way="form", given_at=clock.now()
    )
    ring(reader_id=reader.pk, kind="reply", key=f"reply:{word}", values={"by": word}, path=f"/{word}/")
    make_login_link(reader=reader, now=clock.now())
    UserProfile.objects.create(user=reader, preferred_language="fr")
    ModelLogEntry.objects.log_action(reader, "wagtail.edit", title=f"{word} Q.")
    for path in (
        "/",
        f"/search/?q={word}",
        f"/{word}/",
        "/me/",
        "/accounts/my-data/",
        "/accounts/notices/",
        "/accounts/sessions/",
    ):
        client.get(path)
    b"".join(client.post("/accounts/my-data/export/").streaming_content)
    send()
    return reader


def test_after_a_whole_life_no_byte_is_left(settings, later):
    settings.MAIL_SERVER, settings.MAIL_KEPT = "", True
    make_article(make_section(EditionPage.objects.get(code="en")))
    make_version(EditionPage.objects.get(code="en"), at=clock.now())
    word = "quill" + "".join(random.choices("bcdfgklmnprst", k=12))
    deliver_due()
    client, before = Client(), rows()
    reader = live(client, word)
    avatar = reader.avatar
    Reader.objects.filter(pk=reader.pk).update(block="final")
    queued = Message.objects.filter(reader_id=None).values_list("pk", flat=True).last()
    Message.objects.filter(pk=queued).update(state="dead", address=reader.email, values={"text": word})
    seen = places(word)
    assert seen >= {
        "readers_reader.email", "readers_reader.display_name", "account_emailaddress.email", "django_session, unpacked",
        "readers_former_address.email", "socialaccount_socialaccount.uid", "socialaccount_socialtoken.token",
        "mfa_authenticator.data", "readers_consent.wording", "notifications_notice.values",
        "wagtailcore_modellogentry.label", "notifications_message.address", "mail/kept/….eml",
    }, seen  # fmt: skip
    assert connection.vendor != "sqlite" or any("sqlite3" in where for where in seen), "its bytes are found, too"
    client.post("/accounts/delete/")
    assert client.get("/accounts/deleted/").status_code == 200
    link("restore")
    later.pass_(days=31)
    for _turn in range(2):
        for task in schedule.registered():
            task.run()
        deliver_due()
        later.pass_(hours=1)
    assert places(word) == set()
    assert places(avatar) == set()
    after = rows()
    assert {table for table in after if after[table] > before.get(table, 0)} <= STAYS | NOBODY
    assert after["readers_reader"] == before["readers_reader"] + 1
    assert after["readers_kept"] == 1
    later.pass_(days=731)
    for task in schedule.registered():
        task.run()
    assert rows()["readers_kept"] == 0

"""What tests of subscribing by mail do again and again."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code
from broadsheet.notifications.actions.confirm_mail import confirm_mail, confirmation_for
from broadsheet.notifications.actions.queue_digests import queue_digests
from broadsheet.notifications.actions.subscribe_mail import subscribe_mail
from broadsheet.notifications.models import MailSubscription, MailTopic, Message
from broadsheet.notifications.queries.unsubscribed import by_address
from tests.notifications.sending import send
from tests.readers.entrance import solution


def visitor() -> Client:
    """Return a browser that has no account and never was here."""
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=False)


def ask(client: Client, *topics: str, email: str = "ada@reader.example", **values: Any) -> Any:
    """Send the form as a browser does."""
    form = {"articles": [one for one in topics if not one.startswith("newsletter")], "email": email}
    form["newsletters"] = [one for one in topics if one.startswith("newsletter")]
    return client.post("/accounts/subscribe/", {**form, **solution(client, "subscribe"), **values})


def link_in(mail: Any, word: str) -> str:
    """Return the path of the link with this word in the plain text of a mail."""
    text = mail.get_body(("plain",)).get_content()
    found = re.search(rf"https?://\S+{word}\S*", text)
    assert found, text
    return urlsplit(found[0]).path


def subscribed(*topics: str, email: str = "ada@reader.example", edition: str = "en", **times: Any) -> MailSubscription:
    """Return a subscription that its owner confirmed now, with its digest at these times."""
    now = clock.now()
    here: EditionView | None = edition_by_code(edition)
    assert here is not None
    subscribe_mail(address=email, topics=topics, edition=here, reader_id=None, way="page", now=now)
    row = MailSubscription.objects.get(recipient=by_address(email))
    token = confirmation_for(subscription_id=row.pk, topics=topics, asked_at=now)
    assert confirm_mail(token=token, now=now)
    Message.objects.filter(purpose="subscribe-confirm").delete()
    if times:
        MailSubscription.objects.filter(pk=row.pk).update(**times)
    row.refresh_from_db()
    return row


def running(row: MailSubscription) -> list[str]:
    """Return the words of what comes."""
    return list(MailTopic.objects.filter(subscription=row, confirmed_at__isnull=False, ended_at=None).order_by("topic").values_list("topic", flat=True))  # fmt: skip


def at(monkeypatch: Any, moment: datetime) -> datetime:
    """Let it be that moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def let_digests_come(monkeypatch: Any, row: MailSubscription, *, sender: Any = None) -> Any:
    """Let it be a minute after the digest is due, queue what is due and send it."""
    row.refresh_from_db()
    assert row.digest_due_at is not None
    at(monkeypatch, row.digest_due_at + timedelta(minutes=1))
    queue_digests()
    return send(sender)

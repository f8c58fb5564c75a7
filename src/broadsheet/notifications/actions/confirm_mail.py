"""Lets mail come that its recipient said yes to: the second half of a double opt-in (NOT-02)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction

from broadsheet.notifications.actions.forgive_returns import forgive_returns
from broadsheet.notifications.actions.plan_digest import locked, plan_digest
from broadsheet.notifications.conf import CONFIRM_MAIL
from broadsheet.notifications.models import MailSubscription
from broadsheet.readers.actions.give_consent import give_consent

SALT = "notifications.confirm-mail"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link would confirm: `waiting` topics are not confirmed yet, `running` ones are."""

    subscription_id: int
    asked_at: datetime
    waiting: tuple[str, ...]
    running: tuple[str, ...]


def confirmation_for(*, subscription_id: int, topics: Collection[str], asked_at: datetime) -> str:
    """Return what names the topics in a link, signed; it holds no address and works for three days."""
    return signing.dumps([subscription_id, sorted(topics), asked_at.isoformat()], salt=SALT)


def asked_by(*, token: str, now: datetime) -> Asked | None:
    """Return what the link would confirm; None where it isn't ours, is too old, or nothing of it is left."""
    try:
        number, words, at = signing.loads(token, salt=SALT)
        asked_at = datetime.fromisoformat(at)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if now - asked_at > CONFIRM_MAIL:
        return None
    waiting, running = [], []
    for topic in MailSubscription(pk=number).topics.filter(topic__in=words, ended_at=None).order_by("pk"):
        if topic.confirmed_at is not None:
            running.append(topic.topic)
        elif topic.consented_at >= asked_at:
            waiting.append(topic.topic)
    return Asked(number, asked_at, tuple(waiting), tuple(running)) if waiting or running else None


@transaction.atomic
def confirm_mail(*, token: str, now: datetime) -> Asked | None:
    """Let the topics count from now on, as often as it is told; return what the link named, None as `asked_by`.

    Mail that had been stopped, since it came back, say, is sent again.
    """
    found = asked_by(token=token, now=now)
    row = locked(found.subscription_id) if found is not None else None
    if found is None or row is None:
        return None
    let_count(row=row, words=found.waiting, now=now)
    return found


def let_count(*, row: MailSubscription, words: Collection[str], now: datetime) -> None:
    """Confirm the subscription and these of its topics; called in a transaction that has the row locked."""
    row.topics.filter(topic__in=words, confirmed_at=None, ended_at=None).update(confirmed_at=now)
    row.confirmed_at = row.confirmed_at or now
    row.stopped_at, row.stopped_why = None, ""
    row.save(update_fields=["confirmed_at", "stopped_at", "stopped_why"])
    forgive_returns(recipient=row.recipient, now=now)
    consent_to(row=row, words=words)
    plan_digest(row=row, now=now, anew=True)


def consent_to(*, row: MailSubscription, words: Collection[str]) -> None:
    """Let the account's register of consents have the topics, where the address belongs to one."""
    if row.reader_id is None:
        return
    for topic in row.topics.filter(topic__in=words):
        give_consent(
            reader_id=row.reader_id, purpose=purpose_of(topic.topic), wording=topic.wording, language=row.language,
            way=topic.way,
        )  # fmt: skip


def purpose_of(word: str) -> str:
    """Return what the consent is for: mail of one topic, and nothing else."""
    return f"mail:{word}"

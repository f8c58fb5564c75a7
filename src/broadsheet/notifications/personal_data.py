"""What notifications hold about readers, for the register of personal data (GDPR art. 15, 17, 20).

Some of it is found by the account's addresses, and some files by the queue's rows: both are erased later, as the order
of the holdings' names has it.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import PORTION, Holding, delete_portion, register
from broadsheet.notifications.actions.forget_mail import forget_mail_of
from broadsheet.notifications.actions.forget_signature import forget_signature, forget_writer
from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.models import (
    Message,
    Notice,
    PushRefusal,
    PushSubscription,
    ReturnedMail,
    Rhythm,
    StoppedAddress,
    Unsubscribed,
)
from broadsheet.notifications.queries.about_reader import kept_about, letters_about, recipients
from broadsheet.notifications.queries.mail_offer import named_mail_topic
from broadsheet.notifications.queries.mail_subscriptions import rows_of
from broadsheet.notifications.queries.mailbox import kept_mail
from broadsheet.notifications.queries.newsletter_about import PEOPLE, signed_issues
from broadsheet.notifications.queries.push_about import deliveries_to, signed_pushes
from broadsheet.notifications.queries.push_topics import named
from broadsheet.notifications.rules.mail_topics import is_digested
from broadsheet.notifications.rules.quiet_hours import clock_of


def _kept(reader_id: int) -> Iterable[dict[str, Any]]:
    for name in kept_about(reader_id):
        mail = kept_mail(name)
        if mail is not None:
            yield {"subject": mail.subject, "to": mail.to, "at": mail.at.isoformat(), "text": mail.text}


def _drop_kept(reader_id: int) -> int:
    return sum(mailbox.drop(name) for name in kept_about(reader_id)[:PORTION])


def _letters(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in letters_about(reader_id).order_by("id"):
        yield {
            "purpose": row.purpose,
            "to": row.address,
            "state": row.state,
            "queued": row.queued_at.isoformat(),
            "text": row.values.get("text", ""),
        }


def _drop_letters(reader_id: int) -> int:
    """Delete a portion; looked for without the writer lock, since no index helps."""
    found = list(letters_about(reader_id).values_list("pk", flat=True)[:PORTION])
    return delete_portion(Message.objects.filter(pk__in=found)) if found else 0


def _mails(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in Message.objects.filter(reader_id=reader_id).order_by("id").iterator():
        yield {
            "purpose": row.purpose,
            "edition": row.edition,
            "state": row.state,
            "queued": row.queued_at.isoformat(),
            "ended": row.ended_at.isoformat() if row.ended_at else None,
        }


def _drop_mails(reader_id: int) -> int:
    """Delete a portion; of what went to the reader's addresses otherwise nothing tells any more that it did."""
    count = delete_portion(Message.objects.filter(reader_id=reader_id))
    return count or Message.objects.filter(recipient__in=recipients(reader_id)).update(recipient="")


def _subscribed(reader_id: int) -> Iterable[dict[str, Any]]:
    """Tell of each topic with its consent: which words, where, when, and when it was confirmed."""
    for row in rows_of(reader_id).prefetch_related("topics"):
        for topic in sorted(row.topics.all(), key=lambda one: one.pk):
            found = named_mail_topic(topic.topic)
            yield {
                "edition": row.edition,
                "address": row.address,
                "topic": found.name if found is not None else topic.topic,
                "comes": str(Rhythm(row.rhythm).label) if is_digested(topic.topic) else "",
                "time_zone": row.zone,
                "consented": topic.consented_at.isoformat(),
                "wording": topic.wording,
                "digest": topic.wording_digest,
                "way": topic.way,
                "confirmed": topic.confirmed_at.isoformat() if topic.confirmed_at else None,
                "ended": topic.ended_at.isoformat() if topic.ended_at else None,
                "stopped": row.stopped_at.isoformat() if row.stopped_at else None,
            }


def _notices(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in Notice.objects.filter(reader_id=reader_id).order_by("id").iterator():
        yield {
            "kind": row.kind,
            "values": row.values,
            "path": row.path,
            "at": row.at.isoformat(),
            "seen": row.seen_at.isoformat() if row.seen_at else None,
        }


def _unsubscribed(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in Unsubscribed.objects.filter(recipient__in=recipients(reader_id)).order_by("id"):
        yield {"purpose": row.purpose, "at": row.at.isoformat()}


def _returned(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in ReturnedMail.objects.filter(recipient__in=recipients(reader_id)).order_by("id"):
        yield {"purpose": row.purpose, "kind": row.kind, "status": row.status, "at": row.at.isoformat()}


def _stopped(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in StoppedAddress.objects.filter(recipient__in=recipients(reader_id)).order_by("id"):
        yield {"why": row.why, "at": row.at.isoformat(), "until": row.until.isoformat() if row.until else None}


def _push(reader_id: int) -> Iterable[dict[str, Any]]:
    """Tell of the browsers; their keys, too: they are the reader's (GDPR art. 15)."""
    for row in PushSubscription.objects.filter(reader_id=reader_id).order_by("id").prefetch_related("topics"):
        words = sorted(topic.topic for topic in row.topics.all())
        quiet = row.quiet_from is not None and row.quiet_to is not None
        yield {
            "edition": row.edition,
            "topics": [found.name if (found := named(word)) else word for word in words],
            "quiet": f"{clock_of(row.quiet_from)}–{clock_of(row.quiet_to)} {row.zone}" if quiet else "",  # type: ignore[arg-type]
            "consented": row.consented_at.isoformat(),
            "wording": row.wording,
            "where": row.way,
            "last": row.last_ok_at.isoformat() if row.last_ok_at else None,
            "endpoint": row.endpoint,
            "keys": {"p256dh": row.p256dh, "auth": row.auth},
        }


def _pushed(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in deliveries_to(reader_id).select_related("campaign").order_by("id"):
        yield {"title": row.campaign.title, "state": row.state, "due": row.due_at.isoformat()}


def _refused(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in PushRefusal.objects.filter(reader_id=reader_id).order_by("id"):
        yield {"edition": row.edition, "at": row.at.isoformat()}


def _signed(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in signed_pushes(reader_id).order_by("id"):
        yield {"title": row.title, "text": row.text, "written": row.written_at.isoformat()}


def _written(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in signed_issues(reader_id).order_by("id"):
        yield {"subject": row.subject, "text": row.opening, "written": row.created_at.isoformat()}


register(Holding("notifications.kept", _("Mails kept as files"), (), _kept, _drop_kept))
register(Holding("notifications.letters", _("Letters not sent yet"), (), _letters, _drop_letters))
register(
    Holding(
        "notifications.mail",
        _("Mails about the account"),
        ("notifications.Message",),
        _mails,
        _drop_mails,
    )
)
register(
    Holding(
        "notifications.mail-subscriptions",
        _("Mail that you subscribed to"),
        ("notifications.MailSubscription", "notifications.MailTopic"),
        _subscribed,
        lambda reader_id: forget_mail_of(rows=rows_of(reader_id)),
    )
)
register(
    Holding(
        "notifications.newsletter-issues",
        _("Newsletter issues that you wrote, changed, sent, confirmed or recalled"),
        (*(f"notifications.NewsletterIssue.{name}" for name in PEOPLE), "notifications.NewsletterVersion.by_id"),
        _written,
        lambda reader_id: forget_writer(reader_id=reader_id),
    )
)
register(
    Holding(
        "notifications.notices",
        _("Notices on the site"),
        ("notifications.Notice",),
        _notices,
        lambda reader_id: delete_portion(Notice.objects.filter(reader_id=reader_id)),
    )
)
register(
    Holding(
        "notifications.push-deliveries",
        _("Push notifications that were sent"),
        ("notifications.PushDelivery",),
        _pushed,
        lambda reader_id: delete_portion(deliveries_to(reader_id)),
    )
)
register(
    Holding(
        "notifications.push-refusals",
        _("Push notifications that were refused"),
        ("notifications.PushRefusal",),
        _refused,
        lambda reader_id: delete_portion(PushRefusal.objects.filter(reader_id=reader_id)),
    )
)
register(
    Holding(
        "notifications.push-subscriptions",  # after the deliveries, which are found by them
        _("Browsers that get push notifications"),
        ("notifications.PushSubscription", "notifications.PushTopic"),
        _push,
        lambda reader_id: delete_portion(PushSubscription.objects.filter(reader_id=reader_id)),
    )
)
register(
    Holding(
        "notifications.pushes",
        _("Push notifications that you wrote, confirmed or recalled"),
        (
            "notifications.PushCampaign.written_by_id",
            "notifications.PushCampaign.confirmed_by_id",
            "notifications.PushCampaign.recalled_by_id",
        ),
        _signed,
        lambda reader_id: forget_signature(reader_id=reader_id),
    )
)
register(
    Holding(
        "notifications.returned-mail",
        _("Mail to you that came back"),
        ("notifications.ReturnedMail",),
        _returned,
        lambda reader_id: delete_portion(ReturnedMail.objects.filter(recipient__in=recipients(reader_id))),
    )
)
register(
    Holding(
        "notifications.stopped-addresses",
        _("Addresses of yours that get no optional mail"),
        ("notifications.StoppedAddress",),
        _stopped,
        lambda reader_id: delete_portion(StoppedAddress.objects.filter(recipient__in=recipients(reader_id))),
    )
)
register(
    Holding(
        "notifications.unsubscribed",
        _("Mail that was unsubscribed"),
        ("notifications.Unsubscribed",),
        _unsubscribed,
        lambda reader_id: delete_portion(Unsubscribed.objects.filter(recipient__in=recipients(reader_id))),
    )
)

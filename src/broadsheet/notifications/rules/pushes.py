"""What may be pushed, by whom and when: values in, a refusal or nothing out."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal

LATEST = timedelta(days=30)  # a push that is due later is forgotten by whoever wrote it


def strange_time(due_at: datetime, now: datetime) -> Refusal | None:
    """Return why a push can't be sent at that time."""
    if due_at - now <= LATEST:
        return None
    return Refusal(
        "push-too-late",
        _("The push was not queued."),
        _("It would be sent in more than 30 days."),
        _("Choose an earlier time."),
    )


def meanwhile() -> Refusal:
    """Return that somebody was faster."""
    return Refusal(
        "push-meanwhile",
        _("This push was not queued."),
        _("Somebody queued one for the article while you wrote; it stands below."),
        _("Send yours only if readers need both: it takes the other’s place on their screens."),
    )


def not_public() -> Refusal:
    """Return that readers would find nothing."""
    return Refusal(
        "push-not-public",
        _("The push was not queued."),
        _("The article is not public."),
        _("Publish it first."),
    )


def own_push() -> Refusal:
    """Return that two persons are two."""
    return Refusal(
        "push-own",
        _("The push was not confirmed."),
        _("It needs a second person, and you wrote it yourself."),
        _("Ask somebody else who may publish the article."),
    )


def needs_second(*, reach: int, limit: int) -> bool:
    """Return whether a push to so many browsers needs a second person."""
    return reach >= limit

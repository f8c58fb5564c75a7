"""Says what a newsletter's mail holds, at the moment it is sent (NOT-02)."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.end_issue import stop_issue
from broadsheet.notifications.conf import NEWSLETTER_FRESH
from broadsheet.notifications.engines.newsletter_markup import Markup, written
from broadsheet.notifications.models import IssueState, MailSubscription, Message, NewsletterIssue, NewsletterPick
from broadsheet.notifications.queries.newsletter_issues import IssueView, issue_view
from broadsheet.readers.actions.account_mail import AccountMail

TEST = "newsletter-test"


@dataclass(frozen=True, slots=True)
class _Held:
    """An issue as all its mails have it for the next moment."""

    view: IssueView
    markup: Markup
    until: float


_lock = threading.Lock()
_held: dict[tuple[int, Any], _Held] = {}  # by the issue and when it began; the one that was asked for last


def newsletter_values(
    edition: EditionView, subscription: MailSubscription, values: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Return what a subscriber's mail shows; None where its issue was recalled or stopped.

    An article that is no longer public is left out, which the issue notes; without any left, the issue stops.
    """
    gone = (IssueState.SENDING, IssueState.DONE)  # done: a mail that failed is sent again by hand
    sending = NewsletterIssue.objects.filter(pk=values["issue"], state__in=gone)
    key = sending.values_list("pk", "begun_at").first()
    held = _fresh(key) if key is not None else None
    return issue_values(held.view, held.markup) if held is not None else None


def make_newsletter_test(*, message: Message) -> AccountMail | None:
    """Return an issue as it is now, to whoever asked to try it; None where it is gone."""
    issue = NewsletterIssue.objects.select_related("newsletter").filter(pk=message.values["issue"]).first()
    view = issue_view(issue, counted=False) if issue is not None else None
    if view is None:
        return None
    return AccountMail(TEST, message.address, "", view.edition, tried_values(view))


def tried_values(view: IssueView) -> Mapping[str, Any]:
    """Return what a mail shows that only its writers see."""
    return {**issue_values(view, written(view.edition, {"issue": view})), "tried": True}


def issue_values(view: IssueView, markup: Markup) -> Mapping[str, Any]:
    """Return what the mail's templates show."""
    return {
        "issue_subject": view.subject,
        "language": view.edition.language,  # whatever the reader's: it is that of the articles
        "newsletter": view.newsletter,
        "sender_name": view.sender_name,
        "content_html": markup.html,
        "content_text": markup.text,
        "view_address": view.address,
    }


def _fresh(key: tuple[int, Any]) -> _Held | None:
    """Return the issue as it was at most a moment ago; None, and the issue stops, where nothing is left of it."""
    with _lock:
        held = _held.get(key)
        if held is not None and held.until > time.monotonic():
            return held
        held = _read(key[0])
        _held.clear()
        if held is not None:
            _held[key] = held
        return held


def _read(issue_id: int) -> _Held | None:
    issue = NewsletterIssue.objects.select_related("newsletter").get(pk=issue_id)
    view = issue_view(issue, counted=True)
    if view is None or not view.items:
        stop_issue(issue_id=issue_id, why="articles" if view is not None else "newsletter")
        return None
    if view.missing:
        _note_left_out(issue, view)
    return _Held(view, written(view.edition, {"issue": view}), time.monotonic() + NEWSLETTER_FRESH)


def _note_left_out(issue: NewsletterIssue, view: IssueView) -> None:
    rows = NewsletterPick.objects.filter(issue=issue, place__in=view.missing, left_out_at=None)
    rows.update(left_out_at=clock.now())

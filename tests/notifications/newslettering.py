"""What tests of newsletters do again and again."""

from datetime import datetime
from typing import Any

from broadsheet.kernel import clock
from broadsheet.notifications.actions.keep_newsletter import NewsletterWords, keep_newsletter
from broadsheet.notifications.actions.send_issue import send_issue
from broadsheet.notifications.actions.write_issue import begin_issue
from broadsheet.notifications.handlers.newsletters import NewsletterLoop
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import (
    MailSubscription,
    MailTopic,
    Message,
    Newsletter,
    NewsletterIssue,
    State,
)
from broadsheet.notifications.queries.newsletters import topic_word
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.notifications.rules.newsletters import IssueContent, Picked


def newsletter(edition: Any, name: str = "The Morning Tide", **words: Any) -> Newsletter:
    """Begin a newsletter of the edition."""
    return keep_newsletter(edition=edition.code, words=NewsletterWords(name, **words))


def subscribers(of: Newsletter, *names: str, first: int = 1) -> list[MailSubscription]:
    """Let addresses subscribe and confirm."""
    now = clock.now()
    rows = [
        MailSubscription(
            edition=of.edition, recipient=by_address(f"{name}@reader.example"), address=f"{name}@reader.example",
            language="en", zone="Europe/London", created_at=now, confirmed_at=now,
        )
        for name in names
    ]  # fmt: skip
    MailSubscription.objects.bulk_create(rows)
    word = topic_word(of.pk)
    MailTopic.objects.bulk_create(
        MailTopic(
            subscription=row, topic=word, wording="The Morning Tide", wording_digest="x", way="page",
            consented_at=now, confirmed_at=now,
        )
        for row in rows
    )  # fmt: skip
    return rows


def draft(of: Newsletter, *articles: Any, by: int = 1, **words: Any) -> NewsletterIssue:
    """Write a draft about the articles."""
    values = {"subject": "The bridge is open", "opening": "Good morning.\n\nHere is what happened.", **words}
    return begin_issue(
        newsletter=of, by=by, content=IssueContent(picks=tuple(Picked(one.pk) for one in articles), **values)
    )


def sent(issue: NewsletterIssue, *, by: int = 1, due_at: datetime | None = None) -> NewsletterIssue:
    """Queue the issue as it is."""
    issue.refresh_from_db()
    return send_issue(issue_id=issue.pk, version=issue.version, due_at=due_at, by=by)


def turn(loop: NewsletterLoop | None = None) -> NewsletterLoop:
    """Let the loop take a turn."""
    loop = loop or NewsletterLoop()
    loop.turn()
    return loop


def deliver(seconds_of: int = 400) -> None:
    """Let loops take turns until nothing is under way."""
    loop, sender = NewsletterLoop(), Sender()
    for _turn in range(seconds_of):
        loop.turn()
        if Message.objects.filter(state=State.DUE).exists():
            sender.turn()
        elif not NewsletterIssue.objects.filter(state="sending").exists():
            return


def states(issue: NewsletterIssue) -> list[str]:
    """Return how the issue's mails stand."""
    return list(Message.objects.filter(newsletter_issue_id=issue.pk).order_by("pk").values_list("state", flat=True))

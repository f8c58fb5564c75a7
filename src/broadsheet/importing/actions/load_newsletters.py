"""Gives the demo paper's editions their newsletters, with issues that were sent and drafts."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from broadsheet.newsroom.queries.articles import article_by_number
from broadsheet.newsroom.queries.editions import editions
from broadsheet.notifications.actions.count_clicks import count_click, write_clicks
from broadsheet.notifications.actions.keep_newsletter import NewsletterWords, keep_newsletter
from broadsheet.notifications.actions.send_issue import send_issue
from broadsheet.notifications.actions.spread_issue import spread_issues
from broadsheet.notifications.actions.subscribe_mail import subscribe_mail
from broadsheet.notifications.actions.write_issue import IssueContent, Picked, begin_issue
from broadsheet.notifications.queries.newsletters import offered_newsletters, topic_word
from broadsheet.readers.queries.people import account_by_email


def load_newsletters(*, editor: str, reader: str, now: datetime) -> int:
    """Store the shipped newsletter of each edition that has none yet, and return how many issues were written.

    The account `reader` subscribes; `editor` writes. What was sent goes out as soon as the paper is served.
    """
    writer, subscriber = account_by_email(editor), account_by_email(reader)
    written = 0
    for edition in editions():
        file = resources.files("broadsheet.importing") / "newsletters" / f"{edition.code}.toml"
        if file.is_file() and not offered_newsletters(edition) and writer is not None and subscriber is not None:
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            made = keep_newsletter(
                edition=edition.code, words=NewsletterWords(told["name"], told["description"], (), told["sender_name"])
            )
            topics = [topic_word(made.pk)]
            subscribe_mail(
                address=reader, topics=topics, edition=edition, reader_id=subscriber.pk, way="account", now=now
            )
            written += sum(_load(made, one, writer.pk) for one in told["issues"])
    write_clicks()
    return written


def _load(newsletter: Any, one: Mapping[str, Any], editor_id: int) -> int:
    """Write an issue, and let it go out where it was sent."""
    picks = [(article_by_number(row["number"]), row) for row in one["articles"]]
    content = IssueContent(
        one["subject"],
        one["opening"].strip(),
        tuple(
            Picked(page.pk, row.get("headline", ""), row.get("teaser", ""), row.get("picture", True))
            for page, row in picks
            if page is not None
        ),
    )
    issue = begin_issue(newsletter=newsletter, by=editor_id, content=content)
    if one.get("sent"):
        send_issue(issue_id=issue.pk, version=issue.version, due_at=None, by=editor_id)
        spread_issues()
        for place, row in enumerate(one["articles"], start=1):
            for _click in range(row["clicks"]):
                count_click(issue_id=issue.pk, place=place)
    return 1

"""NOT-02: how fast an issue of a newsletter is queued for its subscribers and sent by one process."""

import multiprocessing
import os
import sys
import time
from typing import Any

from bench.frame import Asked, Figure, answer, broadsheet, django, folder, free_port, report
from bench.mail_queue import take_mail

ADDRESSES = int(os.environ.get("BENCH_ADDRESSES", "20000"))
ARTICLES = 8
PORTION = 250


class Letters:
    """Lets addresses subscribe, and sends them an issue."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, what: str) -> dict[str, Any]:
        """Do one part of it; return the seconds that took, those of the processor, and the longest portion's."""
        begun, used, longest = time.perf_counter(), time.process_time(), 0.0
        if what == "subscribe":
            self._subscribe()
        elif what == "queue":
            longest = self._queue()
        else:
            self._send()
        took, processor = time.perf_counter() - begun, time.process_time() - used
        return {"seconds": took, "processor": processor, "longest": longest}

    def _subscribe(self) -> None:
        from broadsheet.kernel import clock
        from broadsheet.newsroom.actions.drafts import create_article
        from broadsheet.newsroom.actions.editions import create_section
        from broadsheet.newsroom.actions.publish import publish_article
        from broadsheet.newsroom.models import EditionPage
        from broadsheet.notifications.actions.keep_newsletter import NewsletterWords, keep_newsletter
        from broadsheet.notifications.actions.send_issue import send_issue
        from broadsheet.notifications.actions.write_issue import IssueContent, Picked, begin_issue
        from broadsheet.notifications.models import MailSubscription, MailTopic, NewsletterIssue

        edition, now = EditionPage.objects.get(), clock.now()
        section = create_section(edition=edition, slug="bench", name="Bench")
        articles = [
            publish_article(article=create_article(section=section, headline=f"Story {number} of the day", body=[]))
            for number in range(ARTICLES)
        ]
        letter = keep_newsletter(edition=edition.code, words=NewsletterWords("The Morning Tide"))
        for begin in range(0, ADDRESSES, 1000):
            rows = MailSubscription.objects.bulk_create(
                MailSubscription(
                    edition=edition.code, recipient=f"address:{number:064d}", address=f"reader{number}@reader.example",
                    language="en", zone="UTC", created_at=now, confirmed_at=now,
                )
                for number in range(begin, min(begin + 1000, ADDRESSES))
            )  # fmt: skip
            MailTopic.objects.bulk_create(
                MailTopic(
                    subscription=row, topic=f"newsletter:{letter.pk}", wording="", wording_digest="", way="page",
                    consented_at=now, confirmed_at=now,
                )
                for row in rows
            )  # fmt: skip
        picks = tuple(Picked(article.pk, teaser="What it says in a sentence or two. " * 4) for article in articles)
        content = IssueContent("What the day brings", "Good morning.\n\n" + "Here is what to read. " * 20, picks)
        issue = begin_issue(newsletter=letter, by=0, content=content)
        send_issue(issue_id=issue.pk, version=1, due_at=None, by=0)
        NewsletterIssue.objects.update(state="waiting")  # whatever the reach

    def _queue(self) -> float:
        from broadsheet.notifications.actions.spread_issue import spread_portion
        from broadsheet.notifications.models import Message, NewsletterIssue

        issue, longest = NewsletterIssue.objects.select_related("newsletter").get(), 0.0
        while issue.spread_at is None:
            begun = time.perf_counter()
            spread_portion(issue=issue, size=PORTION)
            longest = max(longest, time.perf_counter() - begun)
        if Message.objects.filter(newsletter_issue_id=issue.pk).count() != ADDRESSES:
            raise SystemExit("Not everybody was queued.")
        return longest

    def _send(self) -> None:
        from broadsheet.notifications.handlers.newsletters import NewsletterLoop
        from broadsheet.notifications.handlers.sending import Sender
        from broadsheet.notifications.models import Message, NewsletterIssue, State

        sender = Sender()
        while Message.objects.filter(state=State.DUE).exists():
            sender.turn()
        NewsletterLoop().turn()
        issue = NewsletterIssue.objects.get()
        if issue.state != "done" or issue.result.get("sent") != ADDRESSES:
            raise SystemExit("Not everybody was sent it.")


def measure() -> list[Figure]:
    """Return the figures."""
    port = free_port()
    server = multiprocessing.Process(target=take_mail, args=(port,), daemon=True)
    server.start()
    try:
        with folder("newsletters") as data:
            broadsheet(data, "new", str(data / "paper"), "--name", "The Courier")
            paper = data / "paper"
            with (paper / "broadsheet.env").open("a", encoding="ascii") as settings:
                settings.write(f"\nBROADSHEET_MAIL=smtp://127.0.0.1:{port}\n")
            with Asked("bench.newsletters", paper) as process:
                process(what="subscribe")
                queued = process(what="queue")
                sent = process(what="send")
    finally:
        server.terminate()
    several = f"{ADDRESSES:,} subscribers, {ARTICLES} articles"
    return [
        Figure("NOT-02", f"newsletter, {several}: mails queued in a second", round(ADDRESSES / queued["seconds"]), "/s"),
        Figure(
            "NOT-02", "mails of it queued for each second of processor", round(ADDRESSES / queued["processor"]), "/s"
        ),
        Figure("NOT-02", f"the longest portion of {PORTION} that others wait for", round(queued["longest"] * 1000), "ms"),
        Figure("NOT-02", "mails of it sent in a second by one process", round(ADDRESSES / sent["seconds"]), "/s"),
        Figure(
            "NOT-02", "mails of it sent for each second of processor", round(ADDRESSES / sent["processor"]), "/s"
        ),
    ]  # fmt: skip


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Letters()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())

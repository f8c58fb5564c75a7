"""Killed at any point while a newsletter goes out, nobody is left out and nobody gets it twice (NOT-02, NOT-03)."""

import random
import time

import pytest
from django.db.models import Q

from broadsheet.notifications.actions.spread_issue import spread_portion
from broadsheet.notifications.handlers.newsletters import NewsletterLoop
from broadsheet.notifications.handlers.sending import Sender
from broadsheet.notifications.models import Message, NewsletterIssue, State
from tests.factories.newsroom import make_article, make_section
from tests.notifications.newslettering import draft, newsletter, sent, subscribers
from tests.notifications.sending import child, kill

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.row("NOT-03"), pytest.mark.django_db(transaction=True)]
ADDRESSES = 60


@pytest.fixture
def letter(paper):
    from broadsheet.newsroom.models import EditionPage

    edition = EditionPage.objects.get()
    made = newsletter(edition)
    subscribers(made, *(f"reader{number}" for number in range(ADDRESSES)))
    return made, make_article(make_section(edition), "The bridge is open")


def work_until_killed() -> None:
    """Do what a serving process does for newsletters, in small portions and without its pauses."""
    loop, sender = NewsletterLoop(), Sender()
    while True:
        for issue in NewsletterIssue.objects.select_related("newsletter").filter(
            state__in=["waiting", "sending"], spread_at=None
        ):
            spread_portion(issue=issue, size=7)
        if Message.objects.filter(state=State.DUE).exists() or Message.objects.filter(
            ~Q(carrier=""), state__in=[State.SENDING, State.HANDING]
        ):
            sender.turn()
        else:
            loop.turn()


def kill_again_and_again(letter, paper, times: int) -> None:
    made, article = letter
    dice = random.Random(times)
    issue = sent(draft(made, article))
    for number in range(times):
        came = len(paper.mails)
        process = child(work_until_killed)
        end = time.monotonic() + 5
        while number % 2 and len(paper.mails) == came and time.monotonic() < end:
            time.sleep(0.0005)
        time.sleep(dice.random() * (0.05 if number % 2 else 0.2))  # while it sends, and while it queues
        kill(process)
        issue.refresh_from_db()
        if issue.state == "done":
            issue = sent(draft(made, article))
    process = child(work_until_killed)
    end = time.monotonic() + 60
    while NewsletterIssue.objects.filter(state__in=["waiting", "sending"]).exists() and time.monotonic() < end:
        time.sleep(0.05)
    kill(process)
    # A kill may fall into the moment between mark and end of data, and then nobody can know: that one counts as handed
    # over. Nothing else is missing, and nothing comes twice.
    assert set(NewsletterIssue.objects.values_list("state", flat=True)) == {"done"}
    issues = NewsletterIssue.objects.count()
    queued = Message.objects.filter(purpose="newsletter")
    unanswered = queued.filter(state=State.UNANSWERED).count()
    assert queued.count() == issues * ADDRESSES, "everybody once an issue"
    assert set(queued.values_list("state", flat=True)) <= {State.SENT, State.UNANSWERED}
    assert max(paper.count().values()) == 1, "sent twice"
    assert len(paper.mails) >= issues * ADDRESSES - unanswered, "lost"
    assert unanswered <= times


def test_six_kills_leave_nobody_out_and_send_nothing_twice(letter, paper):
    kill_again_and_again(letter, paper, 6)


@pytest.mark.slow
def test_fifty_kills_leave_nobody_out_and_send_nothing_twice(letter, paper):
    kill_again_and_again(letter, paper, 50)

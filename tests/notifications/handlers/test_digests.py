"""Digests: each article once, at the reader's hour, nothing when nothing is new, nothing lost or twice (NOT-02)."""

import random
import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.models import EditionPage
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.notifications.actions.end_mail import end_mail_topic, take_back
from broadsheet.notifications.actions.queue_digests import queue_digests
from broadsheet.notifications.actions.stop_mail import stop_mail
from broadsheet.notifications.actions.time_digest import Times, time_digest
from broadsheet.notifications.models import MailSubscription, MailTopic, Message, State
from tests.factories.newsroom import make_article, make_author, make_edition, make_section, make_tag
from tests.notifications.sending import child, kill, let_time_pass, send
from tests.notifications.subscribing import at, let_digests_come, link_in, running, subscribed, visitor

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.django_db(transaction=True)]
MORNING = datetime(2026, 11, 30, 7, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def world(paper, monkeypatch):
    """A section of the paper, whose clock is Greenwich's; it is the evening before."""
    page = EditionPage.objects.get(code="en")
    page.time_zone = "Etc/GMT"
    page.save()
    section = make_section(page, "world", name="World")
    forget_editions()
    at(monkeypatch, MORNING - timedelta(hours=12))
    return section


def headlines(mail) -> list[str]:
    return re.findall(r"\u2068(Story [^\u2069]+)\u2069", mail.get_body(("plain",)).get_content())


def story(section, name: str, moment: datetime, **more):
    return make_article(section, f"Story {name}", at=moment, **more)


def test_what_is_new_comes_once_newest_first_at_the_hour(paper, world, monkeypatch):
    tag, author = make_tag(world.get_parent().specific, "oil"), make_author(world.get_parent().specific, "ines")
    sport = make_section(world.get_parent().specific, "sport", name="Sport")
    row = subscribed(f"section:{world.pk}", f"tag:{tag.pk}", f"author:{author.pk}")
    assert row.digest_due_at == MORNING
    evening = clock.now()
    story(world, "before it was asked for", evening - timedelta(hours=1))
    story(world, "one", evening + timedelta(hours=1))
    story(sport, "with the tag", evening + timedelta(hours=2), tags=[tag])
    story(sport, "by the author", evening + timedelta(hours=3), authors=[author])
    story(world, "all three", evening + timedelta(hours=4), tags=[tag], authors=[author])
    story(sport, "of something else", evening + timedelta(hours=5))
    at(monkeypatch, MORNING - timedelta(minutes=1))
    assert queue_digests() == 0
    sender = let_digests_come(monkeypatch, row)
    [mail] = paper.mails
    assert headlines(mail) == ["Story all three", "Story by the author", "Story with the tag", "Story one"]
    assert mail["Subject"] == "Story all three – and 3 more"
    html = mail.get_body(("html",)).get_content()
    assert html.count("http://localhost:8000/world/2026") == 2
    assert 'name="color-scheme" content="light dark"' in html
    # The next day: what came after, and nothing of the day before.
    story(world, "two", MORNING + timedelta(hours=1))
    let_digests_come(monkeypatch, row, sender=sender)
    assert headlines(paper.mails[1]) == ["Story two"]
    assert paper.mails[1]["Subject"] == "Story two"
    # And nothing when nothing is new.
    let_digests_come(monkeypatch, row, sender=sender)
    assert len(paper.mails) == 2
    assert Message.objects.filter(purpose="digest").count() == 2


def test_what_is_withdrawn_meanwhile_is_not_in_it_and_alone_sends_nothing(paper, world, monkeypatch):
    row = subscribed(f"section:{world.pk}")
    gone = story(world, "gone", clock.now() + timedelta(hours=1))
    let_digests_come_unsent(monkeypatch, row)
    withdraw_article(article=gone)
    send()
    assert paper.mails == []
    assert Message.objects.get(purpose="digest").state == State.DROPPED


def let_digests_come_unsent(monkeypatch, row) -> None:
    row.refresh_from_db()
    at(monkeypatch, row.digest_due_at + timedelta(minutes=1))
    assert queue_digests() == 1


def test_twenty_are_named_and_of_the_rest_how_many(paper, world, monkeypatch):
    row = subscribed(f"news:{world.get_parent().pk}")
    for number in range(23):
        story(world, f"{number:02d}", clock.now() + timedelta(minutes=number + 1))
    let_digests_come(monkeypatch, row)
    [mail] = paper.mails
    assert len(headlines(mail)) == 20
    assert headlines(mail)[0] == "Story 22"
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "3 more articles are new: http://localhost:8000/all-news/" in text, text[-700:]
    assert mail["Subject"] == "Story 22 – and 22 more"


def test_a_weekly_digest_holds_the_week(paper, world, monkeypatch):
    row = subscribed(f"section:{world.pk}")
    assert time_digest(subscription_id=row.pk, times=Times("weekly", 18, 4, "Europe/Brussels"), now=clock.now())
    row.refresh_from_db()
    friday = datetime(2026, 12, 4, 18, tzinfo=ZoneInfo("Europe/Brussels"))
    assert row.digest_due_at == friday
    for day in range(5):
        story(world, f"{day}", MORNING + timedelta(days=day - 1, hours=13))
    let_digests_come(monkeypatch, row)
    assert headlines(paper.mails[0]) == ["Story 4", "Story 3", "Story 2", "Story 1", "Story 0"]
    assert "once a week" in paper.mails[0].get_body(("plain",)).get_content()


def test_one_click_ends_the_digest_and_a_look_does_not(paper, world, monkeypatch):
    row = subscribed(f"section:{world.pk}")
    story(world, "one", clock.now() + timedelta(hours=1))
    sender = let_digests_come(monkeypatch, row)
    [mail] = paper.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.fullmatch(r"<http://localhost(?::\d+)?(/\S+)>", mail["List-Unsubscribe"].strip())[1]
    for _time in range(3):
        assert visitor().get(path).status_code == 200
        assert visitor().get(link_in(mail, "/accounts/subscriptions/")).status_code == 200
    assert running(row) == [f"section:{world.pk}"], "opening links changes nothing"
    done = visitor().post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert done.status_code == 200
    assert not done.cookies
    assert "All my subscriptions, or take this back" in done.content.decode()
    assert running(row) == []
    story(world, "two", MORNING + timedelta(hours=1))
    at(monkeypatch, MORNING + timedelta(days=1, minutes=1))
    assert queue_digests() == 0
    send(sender)
    assert len(paper.mails) == 1
    assert visitor().post(path).status_code == 200, "a second click does no harm"


def test_ended_between_queueing_and_sending_it_is_not_sent(paper, world, monkeypatch):
    row, other = subscribed(f"section:{world.pk}"), subscribed(f"section:{world.pk}", email="eve@reader.example")
    stopped = subscribed(f"section:{world.pk}", email="bob@reader.example")
    story(world, "one", clock.now() + timedelta(hours=1))
    at(monkeypatch, MORNING + timedelta(minutes=1))
    assert queue_digests() == 3
    end_mail_topic(row.pk, f"section:{world.pk}")
    stop_mail(stopped.recipient, "bounced", clock.now())
    send()
    assert [to for _from, to in paper.envelopes] == ["eve@reader.example"]
    assert running(other) == [f"section:{world.pk}"]


def test_taken_back_at_once_nothing_is_missing(paper, world, monkeypatch):
    row = subscribed(f"section:{world.pk}")
    story(world, "one", clock.now() + timedelta(hours=1))
    at(monkeypatch, clock.now() + timedelta(hours=2))
    end_mail_topic(row.pk, f"section:{world.pk}")
    assert take_back(subscription_id=row.pk, topics=[f"section:{world.pk}"], now=clock.now()) == 1
    let_digests_come(monkeypatch, row)
    assert headlines(paper.mails[0]) == ["Story one"]


def test_a_digest_that_still_waits_tells_of_the_next_day_too(paper, world, monkeypatch):
    row = subscribed(f"section:{world.pk}")
    paper.answer = lambda command: "421 not now" if command == "MAIL" else None
    story(world, "one", clock.now() + timedelta(hours=1))
    sender = let_digests_come(monkeypatch, row)
    story(world, "two", MORNING + timedelta(hours=1))
    for _day in range(2):
        row.refresh_from_db()
        at(monkeypatch, row.digest_due_at + timedelta(minutes=1))
        queue_digests()
    assert Message.objects.filter(purpose="digest").count() == 1
    name = Message.objects.get(purpose="digest").message_id
    paper.answer = lambda _command: None
    sender._resume_at = 0
    let_time_pass()
    send(sender)
    assert [headlines(mail) for mail in paper.mails] == [["Story two", "Story one"]]
    assert paper.mails[0]["Message-ID"] == name


def test_after_days_without_a_running_paper_one_mail_tells_of_them(paper, world, monkeypatch):
    row = subscribed(f"section:{world.pk}")
    for day in range(4):
        story(world, f"{day}", MORNING + timedelta(days=day, hours=1))
    at(monkeypatch, MORNING + timedelta(days=4, hours=3))
    assert queue_digests() == 1
    assert queue_digests() == 0
    send()
    assert headlines(paper.mails[0]) == ["Story 3", "Story 2", "Story 1", "Story 0"]
    row.refresh_from_db()
    assert row.digest_due_at == MORNING + timedelta(days=5)


def test_a_digest_in_arabic_reads_from_right_to_left(paper, world, monkeypatch):
    make_edition("ar", name="المدّ", at_root=False, time_zone="Etc/GMT")
    forget_editions()
    page = EditionPage.objects.get(code="ar")
    section = make_section(page, "alam", name="العالم")
    forget_editions()
    row = subscribed(f"section:{section.pk}", edition="ar")
    make_article(section, "فُتح الجسر", at=clock.now() + timedelta(hours=1))
    let_digests_come(monkeypatch, row)
    html = paper.mails[0].get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html
    assert "text-align:right" in html
    assert "فُتح الجسر" in paper.mails[0]["Subject"]


def test_queueing_asks_as_much_for_many_as_for_few(world, monkeypatch, django_assert_max_num_queries):
    evening = clock.now()
    story(world, "one", evening + timedelta(hours=1))
    _many(world, 120)
    at(monkeypatch, MORNING + timedelta(minutes=1))
    with django_assert_max_num_queries(25):
        assert queue_digests(seconds=60) == 120
    assert Message.objects.filter(purpose="digest").count() == 120


def _many(section, count: int) -> None:
    now = clock.now()
    rows = MailSubscription.objects.bulk_create(
        MailSubscription(
            edition="en", recipient=f"address:{number}", address=f"{number}@reader.example", language="en", zone="Etc/GMT",
            created_at=now, confirmed_at=now, digest_due_at=MORNING, digested_until=now,
        )
        for number in range(count)
    )  # fmt: skip
    MailTopic.objects.bulk_create(
        MailTopic(
            subscription=row, topic=f"section:{section.pk}", wording="w", wording_digest="d", way="page",
            consented_at=now, confirmed_at=now,
        )
        for row in rows
    )  # fmt: skip


def test_killed_while_queueing_each_gets_one(world, monkeypatch):
    story(world, "one", clock.now() + timedelta(hours=1))
    _many(world, 60)
    at(monkeypatch, MORNING + timedelta(minutes=1))
    dice, kills = random.Random(7), 0

    def work() -> None:
        while queue_digests(size=2):
            pass

    while MailSubscription.objects.filter(digest_due_at__lte=clock.now()).exists() and kills < 40:
        process = child(work)
        time.sleep(0.03 + dice.random() * 0.05)
        try:
            kill(process)
        except AssertionError:
            break
        kills += 1
    queue_digests(seconds=60)
    keys = [message.values["subscription"] for message in Message.objects.filter(purpose="digest")]
    assert len(keys) == len(set(keys)) == 60
    assert kills > 1

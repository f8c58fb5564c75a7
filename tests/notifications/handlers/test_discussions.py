"""Answers and news of discussions: rung when they are seen, once, and mailed at most once an hour (DIS-10, NOT-03)."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from broadsheet.discussion.actions.follow_thread import follow_thread
from broadsheet.discussion.actions.ignore_reader import ignore_author
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.engines.markup import to_html
from broadsheet.discussion.models import Comment, Thread
from broadsheet.kernel import clock
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.models import ArticlePage, EditionPage
from broadsheet.notifications.actions.tell_of_news import note_news, tell_news
from broadsheet.notifications.actions.tell_of_reply import tell_of_reply
from broadsheet.notifications.handlers import sending
from broadsheet.notifications.models import Message, Notice, State, ThreadNews
from broadsheet.notifications.queries.bell import NoticeView, notices_of
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.discussion import make_comment
from tests.factories.newsroom import make_article, make_section
from tests.moderation.conftest import Clock
from tests.notifications.sending import send

pytestmark = [pytest.mark.row("DIS-10", "NOT-03"), pytest.mark.django_db]


@pytest.fixture
def article(paper) -> ArticlePage:
    return make_article(make_section(EditionPage.objects.get()), headline="Council votes on the wall")


@pytest.fixture
def ines(article) -> Reader:
    return make_reader("ines@mail.example", display_name="Ines")


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch) -> None:
    """Let the sender keep the connection in whose transaction the test stands."""
    monkeypatch.setattr(sending, "close_old_connections", lambda: None)


@pytest.fixture
def later(monkeypatch) -> Clock:
    hands = Clock()
    monkeypatch.setattr(clock, "now", lambda: hands.base + hands.ahead)
    return hands


def put(
    article: ArticlePage,
    author: Reader | None = None,
    text: str = "",
    parent: Comment | None = None,
    *,
    held: bool = False,
) -> Comment:
    """Return a comment that everybody sees, or that is held, without asking the judge."""
    Thread.objects.get_or_create(article_id=article.pk, defaults={"edition_id": article.edition_id, "section_id": 1})
    text = text or "Bus number 7 came late today."
    comment = Comment.objects.create(
        thread_id=article.pk, state="held", held_for="mode", placed=False, language="en", text=text, html=to_html(text),
        author=author or make_reader(), key=uuid4(), created_at=clock.now(), parent=parent,
        root_id=(parent.root_id or parent.pk) if parent else None, depth=parent.depth + 1 if parent else 0,
    )  # fmt: skip
    if not held:
        show_comment(comment_id=comment.pk)
    return comment


def hear() -> None:
    deliver_due()
    tell_news(now=clock.now(), seconds=60)


def told(reader: Reader) -> list[NoticeView]:
    return notices_of(reader.pk)


def kinds(reader: Reader) -> list[str]:
    return list(Notice.objects.filter(reader_id=reader.pk).order_by("pk").values_list("kind", flat=True))


def page_of(reader: Reader) -> str:
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)
    return client.get("/accounts/notices/").content.decode()


def test_an_answer_rings_once_and_shows_who_where_and_how_it_begins(article, ines):
    own = put(article, ines)
    otto = make_reader(display_name="Otto <i>")
    answer = put(article, otto, text="That was the bus of the *day* before.", parent=own)
    hear()
    assert not tell_of_reply(comment_id=answer.pk, now=clock.now()), "heard again"
    assert kinds(ines) == ["reply"]
    page = page_of(ines)
    assert "<bdi>Otto &lt;i&gt;</bdi> answered your comment on" in page
    assert "Council votes on the wall" in page
    assert "That was the bus of the day before." in page
    assert f'href="/comment/{answer.pk}/"' in page
    remove_comment(comment_id=answer.pk)
    page = page_of(ines)
    assert "no longer there" in page
    assert "Otto" not in page
    assert "the bus of the day" not in page
    assert f"/comment/{answer.pk}/" not in page


def test_nobody_hears_of_own_answers_of_ignored_readers_of_held_ones_or_against_their_wish(article, ines):
    own, otto = put(article, ines), make_reader()
    put(article, ines, parent=own)
    first = put(article, otto)
    ignore_author(reader_id=ines.pk, comment_id=first.pk, now=clock.now())
    put(article, otto, parent=own)
    follow_thread(reader_id=ines.pk, article_id=article.pk, now=clock.now())
    put(article, otto)
    quiet = make_reader(choices={"replies": "none", "followed": "none"})
    theirs = put(article, quiet)
    follow_thread(reader_id=quiet.pk, article_id=article.pk, now=clock.now())
    put(article, parent=theirs)
    hear()
    assert kinds(quiet) == []
    Notice.objects.filter(reader_id=ines.pk).delete()  # of the others' comments
    held = put(article, make_reader(), parent=own, held=True)
    hear()
    assert kinds(ines) == []
    show_comment(comment_id=held.pk)
    hear()
    assert kinds(ines) == ["reply"]


def test_news_of_a_discussion_are_one_notice_until_it_is_seen(article, ines, later):
    follow_thread(reader_id=ines.pk, article_id=article.pk, now=clock.now())
    first = put(article)
    hear()
    assert (told(ines)[0].values["count"], told(ines)[0].path) == (1, f"/comment/{first.pk}/")
    others = [put(article) for _number in range(4)]
    put(article, ines)
    hear()
    assert told(ines)[0].values["count"] == 1, "not oftener than once a minute"
    later.pass_(minutes=2)
    hear()
    assert kinds(ines) == ["followed"]
    assert "5 new comments in a discussion that you follow" in page_of(ines)
    remove_comment(comment_id=first.pk)
    assert told(ines)[0].values["count"] == 4
    assert told(ines)[0].path == f"/comment/{others[0].pk}/"
    Notice.objects.update(seen_at=clock.now())
    note_news(thread_id=article.pk, comment_id=others[0].pk, now=clock.now())
    fresh = put(article)
    later.pass_(minutes=2)
    hear()
    assert kinds(ines) == ["followed"]
    assert told(ines)[0].path in {f"/comment/{fresh.pk}/", f"/comment/{others[0].pk}/"}
    assert not told(ines)[0].seen


def test_a_discussion_that_nobody_follows_costs_no_row_and_many_followers_are_told_in_portions(
    article, ines, monkeypatch
):
    make_comment(article)
    hear()
    assert not ThreadNews.objects.exists()
    from broadsheet.notifications.actions import tell_of_news

    monkeypatch.setattr(tell_of_news, "NEWS_PORTION", 2)
    followers = [make_reader() for _number in range(5)]
    for one in followers:
        follow_thread(reader_id=one.pk, article_id=article.pk, now=clock.now())
    posted = make_comment(article, followers[0])
    if posted.state == "held":  # a busy machine was too slow for the judge
        show_comment(comment_id=posted.pk)
    hear()
    assert [len(told(one)) for one in followers] == [0, 1, 1, 1, 1]
    assert tell_news(now=clock.now()) == 0, "heard again"


@pytest.mark.row("NOT-02")
def test_mails_come_to_those_who_chose_them_at_most_one_an_hour_with_all_that_is_new(paper, article, ines, later):
    ines.choices = {"replies": "mail", "followed": "mail"}
    ines.save()
    own = put(article, ines)
    follow_thread(reader_id=ines.pk, article_id=article.pk, now=clock.now())
    otto = make_reader(display_name="Otto")
    put(article, otto, text="That bus was full.", parent=own)
    put(article, otto, text="And so was the next one.")
    hear()
    send(turns=2)
    assert sorted(mail["Subject"].strip() for mail in paper.mails) == [
        "1 new comment on “Council votes on the wall”",
        "An answer to your comment on “Council votes on the wall”",
    ]
    for number in range(3):
        later.pass_(minutes=5)
        put(article, make_reader(), text=f"An answer with the number {number}.", parent=own)
        hear()
        send()
    assert len(paper.mails) == 2
    later.pass_(minutes=50)
    send(turns=2)
    assert len(paper.mails) == 3
    mail = paper.mails[-1]
    told = mail["Subject"].strip()
    assert told == "3 answers to your comments on “Council votes on the wall”", "the first was told before"
    text = mail.get_body(("plain",)).get_content()
    assert "An answer with the number 2." in text
    address = re.search(r"<http://localhost(?::\d+)?(/[^>]+)>", mail["List-Unsubscribe"])[1]
    assert Client(headers={"host": "localhost"}).post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded").status_code == 200  # fmt: skip
    ines.refresh_from_db()
    assert ines.choices == {"replies": "bell", "followed": "mail"}
    put(article, otto, parent=own)
    hear()
    [notice] = [one for one in notices_of(ines.pk) if one.templates[0] == "notices/reply.html"]
    assert notice.values["count"] == 5, "one notice, until it is seen"
    assert Message.objects.filter(purpose="reply", state=State.DUE).count() == 0


@pytest.mark.row("NOT-02")
def test_what_was_seen_or_is_gone_when_the_mail_is_due_is_not_mailed(paper, article, ines):
    ines.choices = {"replies": "mail"}
    ines.save()
    own = put(article, ines)
    answer = put(article, parent=own)
    hear()
    remove_comment(comment_id=answer.pk)
    send(turns=2)
    assert paper.mails == []
    assert Message.objects.get().state == State.DROPPED
    assert Comment.objects.get(pk=answer.pk).state == "removed"


@pytest.mark.row("NOT-02")
def test_many_answers_in_many_discussions_are_no_flood(paper, article, ines, later):
    ines.choices = {"replies": "mail"}
    ines.save()
    other = make_article(article.get_parent().specific, headline="The ferry is late")
    mine = [put(article, ines), put(article, ines), put(other, ines)]
    otto = make_reader(display_name="Otto")
    for number in range(36):
        put((article, article, other)[number % 3], otto, text=f"Answer number {number}.", parent=mine[number % 3])
        hear()
    assert kinds(ines) == ["reply"] * 3, "one notice for each comment that was answered"
    assert [one.values["count"] for one in told(ines)] == [12, 12, 12]
    assert "12 answers to your comment on" in page_of(ines)
    send(turns=2)
    assert len(paper.mails) == 1, "the first at once"
    assert paper.mails[0]["Subject"].strip() == "36 answers to your comments"
    text = paper.mails[0].get_body(("plain",)).get_content()
    assert "Council votes on the wall" in text
    assert "The ferry is late" in text
    assert text.count("/comment/") == 10
    assert "And 26 more." in text
    for number in range(5):
        later.pass_(minutes=9)
        put((article, other)[number % 2], otto, text=f"One more, {number}.", parent=mine[(number % 2) * 2])
        hear()
        send()
    assert len(paper.mails) == 1
    later.pass_(minutes=16)
    send(turns=2)
    assert [mail["Subject"].strip() for mail in paper.mails[1:]] == ["5 answers to your comments"]


def test_an_answer_after_the_notice_was_seen_is_a_new_notice_and_none_is_told_twice(article, ines):
    own = put(article, ines)
    first = put(article, parent=own)
    hear()
    Notice.objects.update(seen_at=clock.now())
    second = put(article, parent=own)
    hear()
    assert [one.values["count"] for one in told(ines)] == [1, 1]
    assert told(ines)[0].path == f"/comment/{second.pk}/"
    for one in (first, second):
        assert not tell_of_reply(comment_id=one.pk, now=clock.now())
    assert kinds(ines) == ["reply", "reply"]

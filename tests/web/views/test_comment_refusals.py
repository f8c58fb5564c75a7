"""What can't be posted comes back with the reason, and with its text (DIS-02); whoever forges, learns nothing."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import set_thread_mode
from broadsheet.discussion.models import Comment
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.models import EditionPage
from broadsheet.readers.models import Reader
from tests.factories import newsroom as make
from tests.factories.discussion import FOUL, PLAIN, make_comment
from tests.factories.policies import put_in_force
from tests.web.conftest import Page
from tests.web.views.test_comments import ada, again, article, at, browser, patient, refusal, send

__all__ = ["ada", "article", "patient"]
pytestmark = [pytest.mark.row("DIS-02"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The comment has no words."),
        (" \u200b\n\u2028 ", "The comment has no words."),
        ("a" * 4001, "1 character longer"),
        ("a" * 300_000, "longer than the 4000 that are possible"),
        ("\u0301" * 10_000, "The comment has no words."),
    ],
)
def test_a_text_that_cannot_be_a_comment_comes_back_with_the_reason(article, ada, text, said):
    answer = send(browser(ada), at(article), text)
    assert said in refusal(answer)
    assert not Comment.objects.exists()
    assert len(again(answer)["text"]) == len(text)


def test_a_tower_of_marks_is_cut_down_and_bytes_that_are_no_text_do_no_harm(article, ada):
    client = browser(ada)
    send(client, at(article), "Tower a" + "\u0301" * 10_000 + " of marks.")
    assert len(Comment.objects.get().text) < 30
    body = f"do=post&key={uuid4()}&text=lone%20%ED%A0%80%00%FF%20surrogate".encode()
    answer = client.post(at(article), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert "\x00" not in Comment.objects.latest("pk").text


def test_more_than_a_request_may_bring_is_refused_before_it_is_read(article, ada):
    body = b"text=" + b"a" * (21 * 1024 * 1024)
    answer = browser(ada).post(at(article), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413}
    assert not Comment.objects.exists()


@pytest.mark.parametrize("forged", ["0", "-1", "9" * 30, "x", "1e3", "٣"])
def test_a_forged_parent_is_refused_and_the_text_can_be_posted_by_itself(article, ada, forged):
    client = browser(ada)
    answer = send(client, at(article), reply=forged)
    assert "The comment you answer is no longer there." in refusal(answer)
    form = again(answer)
    assert "reply" not in form
    client.post(at(article), {**form, "do": "post"})
    assert Comment.objects.get().parent_id is None


def test_a_held_removed_or_foreign_comment_is_neither_shown_nor_quoted_nor_answered(article, ada):
    held = make_comment(article, text=FOUL)
    removed = make_comment(article, text="Removed words here.")
    remove_comment(comment_id=removed.pk)
    elsewhere = make_comment(make.make_article(article.get_parent().specific), text="Other words here.")
    client = browser(ada)
    for comment in (held, removed, elsewhere):
        asked = client.get(at(article), {"reply": comment.pk, "quote": 1})
        page = Page(asked)
        assert not page.all(".compose-answered")
        if comment is not elsewhere:
            assert comment.text not in page.text
        assert "no longer there" in page.words("[data-errors]")
        assert "no longer there" in refusal(send(client, at(article), reply=comment.pk))


def test_a_discussion_that_closed_meanwhile_says_so_and_keeps_the_text(article, ada):
    client = browser(ada)
    form = again(client.get(at(article)), text=PLAIN, do="post")
    set_thread_mode(article_id=article.pk, mode="closed")
    answer = client.post(at(article), form)
    assert "The discussion is closed." in refusal(answer)
    assert again(answer)["text"] == PLAIN
    page = Page(client.get(at(article)))
    assert "The discussion is closed." in page.words("[data-errors]")
    assert not page.all("textarea")


def test_an_article_withdrawn_meanwhile_takes_no_comment_and_the_text_is_not_lost(article, ada):
    client = browser(ada)
    form = again(client.get(at(article)), text=PLAIN, do="post")
    withdraw_article(article=article)
    answer = client.post(at(article), form)
    assert "The article is no longer public." in refusal(answer)
    assert again(answer)["text"] == PLAIN
    assert client.get(at(article)).status_code == 404


@pytest.mark.row("MOD-04")
def test_who_is_blocked_or_unconfirmed_reads_why(article, ada):
    client = browser(ada)
    Reader.objects.filter(pk=ada.pk).update(block="final")
    assert "Your account is blocked." in refusal(send(client, at(article)))
    assert not Page(client.get(at(article))).all("textarea")
    stranger = Reader.objects.create_user("new@paper.example", None, display_name="New")
    page = Page(browser(stranger).get(at(article)))
    assert page.one("[data-errors] a").get("href").startswith("/accounts/email/?next=")


@pytest.mark.row("ACC-08")
def test_before_the_privacy_gate_the_way_through_it_is_named(article, ada):
    put_in_force(EditionPage.objects.get(), "privacy")
    Reader.objects.filter(pk=ada.pk).update(registered_at=timezone.now() - timezone.timedelta(days=2))
    page = Page(browser(ada).get(at(article)))
    assert page.one("[data-errors] a").get("href") == f"/accounts/gate/?next={at(article)}"


def test_a_form_of_another_site_posts_nothing(article, ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert send(client, at(article)).status_code == 403
    assert not Comment.objects.exists()

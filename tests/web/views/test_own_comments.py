"""Own comments are edited and deleted at any time, by their authors alone (DIS-03)."""

import pytest
from django.contrib.auth.hashers import make_password

from broadsheet.discussion.actions.bar_reader import bar_reader
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.set_mode import set_thread_mode
from broadsheet.discussion.models import Comment, TextVersion
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.readers.models import Reader
from tests.factories.accounts import PASSWORD, make_reader
from tests.factories.discussion import FOUL, PLAIN, SHOUTED, make_comment
from tests.web.conftest import Page
from tests.web.views.test_comments import ada, again, article, browser, patient, refusal

__all__ = ["ada", "article", "patient"]
pytestmark = [pytest.mark.row("DIS-03"), pytest.mark.django_db]


def of(comment, page):
    return f"/accounts/comment/{comment.pk}/{page}/"


@pytest.fixture
def mine(article, ada):
    return make_comment(article, ada, text="What I wrote *first*.")


def test_the_form_begins_with_the_words_and_changes_them(ada, mine):
    client = browser(ada)
    form = again(client.get(of(mine, "edit")))
    assert form["text"] == "What I wrote *first*."
    answer = client.post(of(mine, "edit"), {**form, "text": "What I mean.", "do": "post"})
    mine.refresh_from_db()
    assert (answer["Location"], mine.text, mine.state) == (f"/comment/{mine.pk}/", "What I mean.", "visible")
    assert TextVersion.objects.get().text == "What I wrote *first*."


def test_an_edited_comment_is_screened_again_and_the_words_are_named(ada, mine):
    client = browser(ada)
    answer = client.post(of(mine, "edit"), {"text": FOUL, "do": "post"})
    assert answer.status_code == 422
    assert "f**king" in Page(answer).words(".told mark")
    done = client.post(of(mine, "edit"), {**again(answer), "do": "insist"})
    mine.refresh_from_db()
    assert mine.state == "held"
    assert done["Location"] == of(mine, "posted")
    client.post(of(mine, "edit"), {"text": PLAIN, "do": "post"})
    mine.refresh_from_db()
    assert (mine.text, mine.state) == (PLAIN, "held")  # never visible by itself


def test_it_is_edited_in_a_closed_discussion_and_under_a_withdrawn_article(article, ada, mine):
    set_thread_mode(article_id=article.pk, mode="closed")
    client = browser(ada)
    client.post(of(mine, "edit"), {"text": "Once.", "do": "post"})
    withdraw_article(article=article)
    assert client.get(of(mine, "edit")).status_code == 200
    client.post(of(mine, "edit"), {"text": "Twice.", "do": "post"})
    mine.refresh_from_db()
    assert mine.text == "Twice."


def test_who_is_barred_edits_nothing_but_may_delete(article, ada, mine):
    bar_reader(sanction_id=1, reader_id=ada.pk, thread_id=article.pk, until=None)
    client = browser(ada)
    assert "You are blocked from this discussion." in Page(client.get(of(mine, "edit"))).words("[data-errors]")
    answer = client.post(of(mine, "edit"), {"text": "Anything.", "do": "post"})
    assert "You are blocked from this discussion." in refusal(answer)
    assert again(answer)["text"] == "Anything."
    client.post(of(mine, "withdraw"))
    mine.refresh_from_db()
    assert mine.state == "withdrawn"


def test_it_is_deleted_after_a_yes_and_its_place_stays(article, ada, mine):
    reply = make_comment(article, parent_id=mine.pk)
    client = browser(ada)
    page = Page(client.get(of(mine, "withdraw")))
    assert [button.get_text() for button in page.all(".account-buttons > *")] == ["Yes", "No"]
    answer = client.post(of(mine, "withdraw"))
    assert answer["Location"].endswith("#discussion")
    mine.refresh_from_db()
    assert (mine.state, mine.placed) == ("withdrawn", True)
    assert Comment.objects.get(pk=reply.pk).state == "visible"
    assert client.post(of(mine, "withdraw")).status_code == 302  # once more does no harm
    assert not Page(client.get(of(mine, "edit"))).all("textarea")


def test_what_the_newsroom_removed_is_neither_edited_nor_deleted(ada, mine):
    remove_comment(comment_id=mine.pk)
    client = browser(ada)
    answer = client.post(of(mine, "edit"), {"text": "Back again.", "do": "post"})
    assert "The comment was deleted." in refusal(answer)
    assert client.post(of(mine, "withdraw")).status_code == 409
    mine.refresh_from_db()
    assert mine.state == "removed"


@pytest.mark.parametrize("page", ["edit", "withdraw", "posted"])
@pytest.mark.parametrize("held", [True, False])
def test_to_everybody_else_these_pages_do_not_exist(article, ada, page, held):
    mine = make_comment(article, ada, text=FOUL if held else "My plain words.")
    member = make_reader(is_staff=True)
    for other in (make_reader(), member):
        client = browser(other)
        for answer in (client.get(of(mine, page)), client.post(of(mine, page), {"text": "Mine now.", "do": "post"})):
            assert answer.status_code in {404, 405}
            assert mine.text not in answer.content.decode()
    for answer in (browser().get(of(mine, page)), browser().post(of(mine, page), {"text": "Mine now.", "do": "post"})):
        assert answer.status_code in {302, 405}
    before = (mine.text, mine.state)
    mine.refresh_from_db()
    assert (mine.text, mine.state) == before


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1", "x", "007"])
def test_a_number_that_no_comment_has_is_no_page(ada, db, number):
    for page in ("edit", "withdraw", "posted", "ignore"):
        assert browser(ada).get(f"/accounts/comment/{number}/{page}/").status_code == 404


def test_words_written_while_the_session_ended_are_kept_for_the_edit(mine):
    Reader.objects.filter(pk=mine.author_id).update(password=make_password(PASSWORD))
    client = browser()
    asked = client.post(of(mine, "edit"), {"text": "Better words.", "do": "post"})
    assert asked["Location"] == f"/accounts/login/?next={of(mine, 'edit')}"
    form = {"login": "ada@paper.example", "password": PASSWORD, "next": of(mine, "edit")}
    assert client.post("/accounts/login/", form)["Location"] == of(mine, "edit")
    assert again(client.get(of(mine, "edit")))["text"] == "Better words."


def test_scripts_hear_what_became_of_it(ada, mine):
    client, asks = browser(ada), {"headers": {"accept": "application/json"}}
    assert client.get(of(mine, "edit"), **asks).json()["outcome"] == "form"
    told = client.post(of(mine, "edit"), {"text": SHOUTED, "do": "post"}, **asks)
    assert (told.status_code, told.json()["outcome"]) == (422, "form")
    assert client.post(of(mine, "edit"), {"text": PLAIN, "do": "post"}, **asks).json()["state"] == "visible"
    assert client.post(of(mine, "withdraw"), **asks).json() == {"outcome": "withdrawn", "id": mine.pk}

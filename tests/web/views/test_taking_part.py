"""What a page learns of its reader in a discussion, whom readers ignore, what they follow (DIS-04, DIS-10)."""

import pytest

from broadsheet.discussion.models import Follow, Ignored
from broadsheet.newsroom.actions.withdraw import withdraw_article
from tests.factories import newsroom as make
from tests.factories.accounts import make_reader
from tests.factories.discussion import FOUL, make_comment
from tests.web.conftest import Page
from tests.web.views.test_comments import ada, article, browser, patient

__all__ = ["ada", "article", "patient"]
pytestmark = [pytest.mark.row("DIS-10"), pytest.mark.django_db]
SCRIPT = {"headers": {"accept": "application/json"}}


def told(article, reader=None, root="/"):
    return browser(reader).get(f"{root}me/discussion/{article.pk}/")


def test_visitors_hear_that_nobody_is_known_at_no_cost(article, client, django_assert_num_queries):
    told(article)  # editions are held in memory from here
    with django_assert_num_queries(0):
        answer = told(article)
    assert answer.json() == {"may": False}
    assert not answer.cookies


@pytest.mark.row("DIS-04")
def test_a_reader_hears_of_what_is_own_and_of_nobody_elses(article, ada):
    ben = make_reader(display_name="Ben Pier")
    root = make_comment(article, ben)
    mine = make_comment(article, ada)
    held = make_comment(article, ada, text=FOUL, parent_id=root.pk)
    make_comment(article, ben, text=f"{FOUL} Twice!")
    make_comment(make.make_article(article.get_parent().specific), ada)
    answer = told(article, ada)
    said = answer.json()
    assert said["own"] == [held.pk, mine.pk]
    assert [(one["id"], one["root"]) for one in said["held"]] == [(held.pk, root.pk)]
    assert "nobody asked you" in said["held"][0]["html"]
    assert "Twice" not in answer.content.decode()
    assert (said["may"], said["why_not"], said["following"], said["ignored"]) == (True, None, False, [])
    assert said["user_id"] == ada.public_id
    assert said["compose"] == f"/accounts/comment/{article.pk}/"
    assert said["edit"].replace("{id}", "7") == "/accounts/comment/7/edit/"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told(article, make_reader()).json()["held"] == []


def test_a_held_comment_escapes_its_authors_name(article):
    evil = make_reader(display_name="<img src=x onerror=alert(1)>")
    make_comment(article, evil, text=FOUL)
    assert "<img src=x" not in told(article, evil).json()["held"][0]["html"]


def test_it_costs_as_much_for_one_comment_as_for_many(article, ada, django_assert_max_num_queries):
    for _each in range(12):
        make_comment(article, ada, text=FOUL)
    client = browser(ada)
    client.get(f"/me/discussion/{article.pk}/")
    with django_assert_max_num_queries(22):
        client.get(f"/me/discussion/{article.pk}/")


def test_what_keeps_a_reader_from_commenting_is_said(article, ada):
    withdraw_article(article=article)
    said = told(article, ada).json()
    assert (said["may"], said["why_not"]["code"]) == (False, "no-article")


def test_addresses_are_those_of_the_edition(ada, db):
    edition = make.make_edition("fr", name="La Marée", at_root=False)
    there = make.make_article(make.make_section(edition), headline="Le port")
    assert told(there, ada, "/fr/").json()["withdraw"] == "/fr/accounts/comment/{id}/withdraw/"


def test_an_author_is_ignored_by_a_comment_and_seen_again_from_the_list(article, ada):
    ben = make_reader(display_name="Ben Pier")
    comment = make_comment(article, ben)
    client = browser(ada)
    path = f"/accounts/comment/{comment.pk}/ignore/"
    assert Page(client.get(path)).words("h1") == "Ignore Ben Pier?"
    assert client.post(path)["Location"] == "/accounts/discussions/"
    assert told(article, ada).json()["ignored"] == [ben.public_id]
    assert told(article, ben).json()["ignored"] == []
    page = Page(client.get("/accounts/discussions/"))
    assert "Ben Pier" in page.words("[aria-labelledby=ignored]")
    client.post("/accounts/discussions/", {"heed": ben.public_id})
    assert not Ignored.objects.exists()
    client.post(path)
    assert Page(client.get(path)).words("h1") == "You ignore Ben Pier"
    client.post(path, {"do": "heed"})
    assert not Ignored.objects.exists()


def test_one_ignores_neither_oneself_nor_whom_no_comment_shows(article, ada):
    mine, held = make_comment(article, ada), make_comment(article, text=FOUL)
    client = browser(ada)
    assert client.post(f"/accounts/comment/{mine.pk}/ignore/").status_code == 409
    assert client.post(f"/accounts/comment/{held.pk}/ignore/").status_code == 404
    assert client.get(f"/accounts/comment/{held.pk}/ignore/").status_code == 404
    assert browser().post(f"/accounts/comment/{mine.pk}/ignore/").status_code == 302
    assert not Ignored.objects.exists()


def test_the_list_ends_only_what_is_ones_own(article, ada):
    ben, cleo = make_reader(), make_reader()
    Ignored.objects.create(reader=ben, other=cleo, at=ben.registered_at)
    make_comment(article, ben)
    Follow.objects.create(reader=ben, thread_id=article.pk, at=ben.registered_at)
    client = browser(ada)
    for form in ({"heed": cleo.public_id}, {"unfollow": article.pk}, {"unfollow": "9" * 40}, {}):
        assert client.post("/accounts/discussions/", form).status_code == 302
    assert (Ignored.objects.count(), Follow.objects.count()) == (1, 1)
    assert cleo.public_id not in client.get("/accounts/discussions/").content.decode()


def test_a_discussion_is_followed_and_left(article, ada):
    client, path = browser(ada), f"/accounts/discussion/{article.pk}/follow/"
    assert Page(client.get(path)).words("h1") == "Follow this discussion?"
    assert client.post(path)["Location"].endswith("#discussion")
    assert told(article, ada).json()["following"] is True
    assert "Council votes" in Page(client.get("/accounts/discussions/")).words("[aria-labelledby=followed]")
    assert client.post(path, {"do": "unfollow"}, **SCRIPT).json() == {"outcome": "left", "following": False}
    assert not Follow.objects.exists()


def test_what_is_not_public_is_not_followed_but_can_be_left(article, ada):
    client, path = browser(ada), f"/accounts/discussion/{article.pk}/follow/"
    client.post(path)
    withdraw_article(article=article)
    assert client.get(path).status_code == 200
    client.post(path, {"do": "unfollow"})
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404

"""Articles are found by their number, whatever else the address says (ART-01)."""

import pytest

from broadsheet.newsroom.actions.withdraw import withdraw_article
from tests.factories import newsroom as make


@pytest.mark.row("ART-01")
def test_the_address_says_edition_section_day_number_and_words(paper, read):
    number = paper.articles["news"].public_id
    assert paper.path() == f"/world/20261120{number:010d}-the-news-of-the-day/"
    assert paper.path("fr").startswith("/fr/monde/20261120")
    assert read(paper.path()).words("h1") == "The news of the day"


WRONG = (
    "/world/20200101{n}-the-news-of-the-day/",
    "/world/20261120{n}-other-words/",
    "/world/20261120{n}-/",
    "/world/20261120{n}/",
    "/world/20261120{n}-the-news-of-the-day",
    "/sport/20261120{n}-the-news-of-the-day/",
    "/nowhere/20261120{n}-the-news-of-the-day/",
    "/fr/world/20261120{n}-the-news-of-the-day/",
    "/world/20261120{n}-المدّ/",
)


@pytest.mark.row("ART-01")
def test_a_wrong_address_leads_to_the_right_one_for_good(paper, client):
    for wrong in WRONG:
        response = client.get(wrong.format(n=f"{paper.articles['news'].public_id:010d}"))
        assert (response.status_code, response["Location"]) == (301, paper.path()), wrong


@pytest.mark.row("ART-01")
def test_an_unknown_number_is_not_found(paper, client):
    assert client.get("/world/202611209999999999-x/").status_code == 404


def test_a_draft_is_not_found(paper, client):
    draft = make.make_draft(paper.world, "Secret")
    response = client.get(f"/world/20261120{draft.public_id:010d}-secret/")
    assert response.status_code == 404
    assert "Secret" not in response.content.decode()


def test_a_withdrawn_article_is_gone_and_says_so(paper, client):
    path = paper.path()
    withdraw_article(article=paper.articles["news"])
    response = client.get(path)
    assert response.status_code == 410
    assert "The news of the day" not in response.content.decode()
    assert "This article was withdrawn" in response.content.decode()


NOWHERE = (
    "/nowhere/", "/fr/nowhere/", "/x/y/z/", "/../etc/passwd", "/" + "a" * 10_000 + "/", "/%00/", "/all-news/1/",
    "/all-news/999/", "/all-news/2026/13/40/", "/tag/none/", "/author/none/", "/page/none/", "/en/",
)  # fmt: skip


def test_what_is_not_there_gets_a_page_that_helps(paper, client):
    for path in NOWHERE:
        check_helpful(client, path)


def check_helpful(client, path):
    response = client.get(path)
    assert response.status_code == 404
    text = response.content.decode()
    assert 'role="search"' in text
    assert ("La nouvelle du jour" if path.startswith("/fr/") else "The news of the day") in text
    assert 'content="noindex"' in text


def test_the_helpful_page_speaks_the_language_of_its_edition(paper, client):
    text = client.get("/fr/nowhere/").content.decode()
    assert "Cette page n’est pas ici" in text


@pytest.mark.django_db
def test_before_there_is_any_edition_the_site_answers_in_words(client):
    response = client.get("/")
    assert response.status_code == 404
    assert "No edition" in response.content.decode()


@pytest.mark.django_db
def test_where_no_edition_lives_at_the_root_the_root_leads_to_the_first(client):
    make.make_edition("fr", at_root=False)
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/fr/")


def test_pages_are_only_read(paper, client):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/").status_code == 405
        assert getattr(client, method)("/search/").status_code == 405

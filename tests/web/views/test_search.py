"""Search and suggestions (ART-14)."""

import pytest

from broadsheet.kernel.outbox import deliver_due


@pytest.fixture
def indexed(paper):
    while deliver_due():
        pass
    return paper


@pytest.mark.row("ART-14")
def test_what_is_found_is_shown_with_its_words_marked(indexed, read):
    page = read("/search/?q=opinions")
    assert page.words(".hit .headline") == "The opinion of the day"
    assert page.all(".hit mark")[0].get_text().lower().startswith("opinion")
    assert page.one("input#words").get("value") == "opinions"
    assert page.one("link[rel=canonical]").get("href").endswith("/search/")  # results are no pages of their own


@pytest.mark.row("ART-14")
def test_filters_narrow_the_search(indexed, read):
    author = str(indexed.author.pk)
    assert len(read("/search/?q=day").all(".hit")) == 4
    assert read("/search/?q=day&kind=video").words(".hit .headline") == "The video of the day"
    assert read("/search/?q=day&section=sport").all(".hit") == []
    assert len(read(f"/search/?q=day&author={author}").all(".hit")) == 4
    assert [h.get_text() for h in read("/search/?q=jour&in=fr").all(".hit .headline")] == ["La nouvelle du jour"]
    assert read("/search/?q=jour").all(".hit") == []


@pytest.mark.row("ART-14")
@pytest.mark.parametrize(
    "query",
    ["", "?q=", "?q=%00", "?q=a&page=x", "?q=a&page=-3", "?q=a&page=99999999999999999999", "?q=a&author=x&in=zz&time=9&kind=;", "?q=%22%20OR%201=1--", "?q=" + "x" * 3000, "?q=*", "?q=%F0%9F%8C%8A", "?q=NEAR(a,b)"],
)  # fmt: skip
def test_any_query_is_answered(paper, client, query):
    assert client.get(f"/search/{query}").status_code == 200
    assert client.get(f"/search/suggest/{query}").status_code == 200


@pytest.mark.row("ART-14")
def test_nothing_found_says_what_to_do(indexed, read):
    page = read("/search/?q=<b>zebra</b>")
    assert "<b>zebra</b>" in page.words(".nothing")
    assert page.one(".nothing a").get("href") == "?q=%3Cb%3Ezebra%3C%2Fb%3E&in=all"
    assert "The news of the day" in page.words(".news")


@pytest.mark.row("ART-14")
def test_suggestions_begin_as_typed(indexed, client):
    found = client.get("/search/suggest/?q=salt").json()["suggestions"]
    assert {"text": "Saltmere", "kind": "Tag", "path": "/tag/saltmere/"} in found
    assert client.get("/search/suggest/?q=s").json() == {"suggestions": []}


@pytest.mark.row("ART-14")
def test_an_editions_search_speaks_its_language(paper, read):
    page = read("/fr/search/")
    assert page.words("h1") == "Rechercher"
    assert page.all("select[name=time] option")[0].get_text() == "Toutes les périodes"

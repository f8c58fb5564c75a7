"""A live blog's page and its news (ART-12)."""

import re

import pytest

from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.actions.live import put_live_post, remove_live_post
from broadsheet.newsroom.queries.addresses import path_of
from tests.factories import newsroom as make
from tests.web.conftest import NOON


@pytest.fixture
def blog(paper):
    article = make.make_article(
        paper.world, "The night of the surge", kind="live", at=NOON, fields={"live_starts_at": NOON}
    )
    for number in range(3):
        put_live_post(article=article, key=f"p{number}", html=f"<p>Report {number}.</p>", headline=f"Hour {number}", at=NOON.replace(hour=13 + number))  # fmt: skip
    return article


@pytest.mark.row("ART-12")
def test_posts_stand_newest_first_with_pinned_ones_above(blog, read):
    make.make_live_post(blog, key="pinned", headline="Pinned", pinned=True, at=NOON)
    page = read(path_of(blog))
    assert [h.get_text() for h in page.all(".post h3")] == ["Pinned", "Hour 2", "Hour 1", "Hour 0"]
    assert page.words(".story-head .live") == "Live"
    assert page.one("#post-p1 .post-time a").get("href") == "#post-p1"


@pytest.mark.row("ART-12")
def test_what_is_new_can_be_asked_for(blog, read, client):
    page = read(path_of(blog))
    since = page.one("[data-live]").get("data-since")
    number = f"{blog.public_id:010d}"
    assert client.get(f"/live/{number}/since/{since}/").json()["posts"] == []
    fresh = put_live_post(
        article=blog, key="new", html="<p>Peak.</p>", headline="<b>Peak</b>", at=NOON.replace(hour=20)
    )
    gone = blog.live_posts.get(key="p0")
    remove_live_post(post=gone)
    answer = client.get(f"/live/{number}/since/{since}/").json()
    assert [post["id"] for post in answer["posts"]] == [fresh.pk]
    assert answer["removed"] == [gone.pk]
    assert answer["number"] == latest_number()
    assert "&lt;b&gt;Peak&lt;/b&gt;" in answer["posts"][0]["html"]
    assert re.search(r'id="post-new"', answer["posts"][0]["html"])


def test_only_live_blogs_have_news(paper, client):
    assert client.get(f"/live/{paper.articles['news'].public_id:010d}/since/0/").status_code == 404
    assert client.get("/live/9999999999/since/0/").status_code == 404

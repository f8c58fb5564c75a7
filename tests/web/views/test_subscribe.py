"""`Subscribe` at the article: feed and push of its section, tags and authors, the same for everybody (NOT-02)."""

import pytest

from tests.web.conftest import Paper

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.row("NOT-01"), pytest.mark.django_db]


def test_feed_and_push_of_section_tags_and_authors(paper: Paper, read, client):
    page = read(paper.path())
    links = [link["href"] for link in page.all(".subscribe a")]
    topics = [f"section:{paper.world.pk}", *(f"tag:{tag.pk}" for tag in paper.tags), f"author:{paper.author.pk}"]
    assert links[1::2] == [f"/accounts/push/?topic={topic}" for topic in topics]
    for link in links:
        assert client.get(link).status_code == 200, link
    chosen = read(links[1])
    assert [field["value"] for field in chosen.all("[name=topic][checked]")] == [topics[0]]
    assert read(links[3]).one("[name=topic][checked]")["value"] == topics[1], "a tag is offered where it was asked for"

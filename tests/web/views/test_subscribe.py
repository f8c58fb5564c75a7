"""`Subscribe`: feed, e-mail and push of sections, tags, authors and the front, the same for everybody (NOT-02, ART-05)."""

import pytest

from tests.web.conftest import Paper

pytestmark = [pytest.mark.row("NOT-02"), pytest.mark.row("NOT-01"), pytest.mark.row("ART-05"), pytest.mark.django_db]


def test_feed_mail_and_push_of_section_tags_and_authors(paper: Paper, read, client):
    page = read(paper.path())
    links = [link["href"] for link in page.all(".subscribe a")]
    topics = [f"section:{paper.world.pk}", *(f"tag:{tag.pk}" for tag in paper.tags), f"author:{paper.author.pk}"]
    assert links[1::3] == [f"/accounts/subscribe/?topic={topic}" for topic in topics]
    assert links[2::3] == [f"/accounts/push/?topic={topic}" for topic in topics]
    for link in links:
        assert client.get(link).status_code == 200, link
    chosen = read(links[2])
    assert [field["value"] for field in chosen.all("[name=topic][checked]")] == [topics[0]]
    assert read(links[5]).one("[name=topic][checked]")["value"] == topics[1], "a tag is offered where it was asked for"
    for link, topic in zip(links[1::3], topics, strict=True):
        assert [field["value"] for field in read(link).all("[name=articles][checked]")] == [topic]


def test_sections_tags_authors_and_the_front_offer_all_three(paper: Paper, read, client):
    tag, author = paper.tags[0], paper.author
    pages = {
        "/": f"news:{paper.edition.pk}",
        "/world/": f"section:{paper.world.pk}",
        f"/author/{author.slug}/": f"author:{author.pk}",
        f"/tag/{tag.slug}/": f"tag:{tag.pk}",
    }
    for path, topic in pages.items():
        links = [link["href"] for link in read(path).all(".page-feeds a")]
        assert links[3:] == [f"/accounts/subscribe/?topic={topic}", f"/accounts/push/?topic={topic}"], path
        assert [client.get(link).status_code for link in links] == [200] * 5, path

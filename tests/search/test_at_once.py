"""Two processes that index one article at the same moment leave what is true."""

import threading

import pytest

from broadsheet.kernel import outbox
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.search.actions import index
from broadsheet.search.models import SearchDocument
from tests.at_once import at_once
from tests.factories.newsroom import make_author, make_draft, make_section, make_tag

pytestmark = [pytest.mark.row("ART-14", "OPS-02"), pytest.mark.django_db(transaction=True)]


def test_an_article_withdrawn_while_another_process_indexes_it_is_not_found_afterwards(monkeypatch):
    article = make_draft(section=make_section(), headline="Soon gone")
    publish_article(article=article)
    outbox.deliver_due()
    reading, has_read, gone = index.article_text, threading.Event(), threading.Event()

    def slowly(article_id):
        text = reading(article_id)
        if not has_read.is_set():
            has_read.set()
            gone.wait(1.5)
        return text

    monkeypatch.setattr(index, "article_text", slowly)

    def withdraw():
        assert has_read.wait(10)
        withdraw_article(article=article)
        outbox.deliver_due()
        gone.set()

    at_once(lambda: index.index_article(article_id=article.pk), withdraw)
    assert list(SearchDocument.objects.all()) == []


def test_articles_that_share_their_terms_are_indexed_side_by_side():
    section = make_section()
    tags = [make_tag(section.edition) for _number in range(6)]
    authors = [make_author(section.edition) for _number in range(3)]
    articles = []
    for number in range(8):
        order = -1 if number % 2 else 1
        article = make_draft(section=section, headline=f"Shared {number}", tags=tags[::order], authors=authors[::order])
        articles.append(publish_article(article=article))
    at_once(*[
        lambda some=articles[number::4]: [index.index_article(article_id=one.pk) for one in some] for number in range(4)
    ])  # fmt: skip
    assert SearchDocument.objects.count() == 8

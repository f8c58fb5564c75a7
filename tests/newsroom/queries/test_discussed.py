"""What a discussion knows of its article."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.queries.discussed import discussed, is_public
from tests.factories.newsroom import make_article, make_draft, make_section, make_tag

pytestmark = [pytest.mark.row("DIS-01"), pytest.mark.django_db]


def test_a_public_article_tells_where_it_stands_in_two_questions():
    section = make_section()
    tags = [make_tag(section.edition) for _number in range(2)]
    article = make_article(section, tags=tags)
    with CaptureQueriesContext(connection) as asked:
        found = discussed(article.pk)
    assert len(asked) == 2
    assert (found.article_id, found.edition_id, found.section_id) == (article.pk, section.edition_id, section.pk)
    assert found.published_at == article.listed_at
    assert found.tag_ids == tuple(sorted(tag.pk for tag in tags))
    assert is_public(article.pk)


def test_what_is_not_public_is_not_discussed():
    section = make_section()
    draft, article = make_draft(section), make_article(section)
    withdraw_article(article=article)
    for number in (draft.pk, article.pk, 10**9):
        assert discussed(number) is None
        assert not is_public(number)

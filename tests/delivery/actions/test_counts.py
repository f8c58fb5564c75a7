"""Views counted by several processes at once: none lost, none twice."""

from datetime import date

import pytest

from broadsheet.delivery.actions.counts import record_counts, salt_of
from broadsheet.delivery.engines.counting import Batch
from broadsheet.delivery.models import ArticleCount
from broadsheet.newsroom.actions.publish import publish_article
from tests.at_once import at_once
from tests.factories.newsroom import make_draft, make_section

pytestmark = [pytest.mark.row("ART-06", "OPS-02"), pytest.mark.django_db(transaction=True)]
DAY = date(2026, 11, 28)


def test_the_same_visitors_seen_by_several_processes_count_once_each():
    section = make_section()
    articles = [publish_article(article=make_draft(section=section, headline=f"Tale {n}")) for n in range(6)]
    seen = [(f"{visitor:08d}{article.pk:08d}".encode(), article) for visitor in range(40) for article in articles]

    def record(order: int) -> list[int]:
        new = []
        for part in range(0, len(seen), 60):
            rows = seen[part : part + 60][::order]
            batch = Batch(
                views={(DAY, key): article.public_id for key, article in rows},
                uses={article.public_id: 1 for article in articles[::order]},
            )
            new.append(record_counts(batch=batch))
        return new

    found = at_once(*[lambda order=order: record(order) for order in (1, -1, 1, -1)])
    assert sum(sum(new) for new in found) == 240
    counts = {row.article_id: (row.views, row.short_link_uses) for row in ArticleCount.objects.all()}
    assert counts == {article.pk: (40, 4 * 4) for article in articles}


def test_all_processes_make_their_keys_of_one_day_with_one_salt():
    assert len(set(at_once(*[lambda: salt_of(day=DAY)] * 6))) == 1

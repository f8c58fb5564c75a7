"""Writes what was counted before the paper moved here."""

from collections.abc import Mapping

from django.db import transaction

from broadsheet.delivery.models import ArticleCount


@transaction.atomic
def restore_counts(*, counts: Mapping[int, tuple[int, int]]) -> int:
    """Let no article, by its database id, have fewer views and uses of its short link; return how many rose."""
    here = ArticleCount.objects.in_bulk(counts)
    changed = []
    for article_id, (views, uses) in counts.items():
        row = here.get(article_id)
        now = (row.views, row.short_link_uses) if row is not None else (0, 0)
        raised = (max(views, now[0]), max(uses, now[1]))
        if raised != now:
            changed.append(ArticleCount(article_id=article_id, views=raised[0], short_link_uses=raised[1]))
    ArticleCount.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["article_id"],
        update_fields=["views", "short_link_uses"],
        batch_size=200,
    )
    return len(changed)

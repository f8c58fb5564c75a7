"""What a discussion needs to know of its article."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.models import ArticlePage, ArticleTag


@dataclass(frozen=True, slots=True)
class Discussed:
    """Where a public article stands, and since when it is public; `article_id` is the number of its page."""

    article_id: int
    edition_id: int
    section_id: int
    published_at: datetime
    tag_ids: tuple[int, ...]


_ARTICLE = Prepared(
    lambda number: ArticlePage.objects.filter(pk=number, listed_at__isnull=False).values_list(
        "edition_id", "section_id", "listed_at"
    )
)
_TAGS = Prepared(
    lambda number: ArticleTag.objects.filter(article_id=number).order_by("tag_id").values_list("tag_id", flat=True)
)


def discussed(article_id: int) -> Discussed | None:
    """Return where the article stands, None where it isn't public; two questions."""
    rows = _ARTICLE(article_id)
    if not rows:
        return None
    edition_id, section_id, published_at = rows[0]
    return Discussed(article_id, edition_id, section_id, published_at, tuple(row[0] for row in _TAGS(article_id)))


def is_public(article_id: int) -> bool:
    """Return whether readers see the article; one question."""
    return bool(_ARTICLE(article_id))


def published_between(since: datetime, until: datetime) -> list[tuple[int, int]]:
    """Return number and edition of the articles that are public since a moment after `since`, `until` at the latest."""
    rows = ArticlePage.objects.filter(listed_at__gt=since, listed_at__lte=until)
    return list(rows.order_by("listed_at").values_list("pk", "edition_id"))

"""How often articles were looked at (ART-07)."""

from collections.abc import Iterator

from broadsheet.delivery.models import ArticleCount
from broadsheet.kernel.prepared import Prepared

_VIEWS = Prepared(lambda number: ArticleCount.objects.filter(article_id=number).values_list("views"))


def views_of(article_id: int) -> int:
    """Return the views of an article by its database id."""
    return sum(views for (views,) in _VIEWS(article_id))


def short_link_uses_of(article_id: int) -> int:
    """Return how often the article's short link was followed, by its database id."""
    found = ArticleCount.objects.filter(article_id=article_id).values_list("short_link_uses", flat=True).first()
    return found or 0


def all_counts() -> Iterator[tuple[int, int, int]]:
    """Yield each article's database id, its views and the uses of its short link."""
    yield from ArticleCount.objects.values_list("article_id", "views", "short_link_uses").iterator()

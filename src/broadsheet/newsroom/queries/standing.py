"""Standing pages, the log of corrections, and what became of an article's number."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.newsroom.models import ArticlePage, Correction, InfoPage
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id


@dataclass(frozen=True, slots=True)
class LoggedCorrection:
    """A correction with the article it belongs to."""

    at: datetime
    text: str
    card: ArticleCard


def info_text(page_id: int) -> tuple[str, datetime | None]:
    """Return a standing page's stored rich text and when it was last published."""
    row = InfoPage.objects.filter(pk=page_id, live=True).values_list("text", "last_published_at").first()
    return row or ("", None)


def corrections_log(edition_id: int, *, count: int, skip: int = 0) -> list[LoggedCorrection]:
    """Return the edition's corrections of public articles, newest first."""
    rows = list(
        Correction.objects.filter(article__edition_id=edition_id, article__listed_at__isnull=False)
        .order_by("-at", "-pk")
        .values_list("at", "text", "article_id")[skip : skip + count]
    )
    by_id = cards_by_id([article for _at, _text, article in rows])
    return [LoggedCorrection(at, text, by_id[article]) for at, text, article in rows if article in by_id]


def was_public(public_id: int) -> bool:
    """Return whether an article with this number was public once and no longer is."""
    return ArticlePage.objects.filter(
        public_id=public_id, listed_at__isnull=True, first_published_at__isnull=False
    ).exists()

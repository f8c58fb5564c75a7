"""Where an article stands and what shows it, for facts about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from wagtail.models import Page

from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline


@dataclass(frozen=True, slots=True)
class Standing:
    """What the public sees of an article besides its text: its place, its terms, its translations."""

    article_id: int
    public_id: int
    edition_id: int
    section_id: int
    listed_at: datetime | None
    content_digest: str
    tag_ids: tuple[int, ...]
    author_ids: tuple[int, ...]
    translation_ids: tuple[int, ...]

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return self.listed_at is not None


def hold_page(kind: type[Page], page_id: int) -> None:
    """Wait until nobody else publishes, withdraws or rewrites the page; it is held until the transaction ends.

    What is read of it afterwards is as the one before left it. On SQLite every transaction holds everything.
    """
    if connection.features.has_select_for_update:
        kind.objects.select_for_update(of=("self",)).filter(pk=page_id).order_by("pk").only("pk").first()


def standing_of(article_id: int, *, lock: bool = False) -> Standing | None:
    """Return where the article stands now, holding its row until the transaction ends where asked."""
    if lock:
        hold_page(ArticlePage, article_id)
    article = ArticlePage.objects.filter(pk=article_id).defer("body").first()
    if article is None:
        return None
    same_story = ArticlePage.objects.filter(translation_key=article.translation_key, listed_at__isnull=False)
    return Standing(
        article_id=article.pk,
        public_id=article.public_id,
        edition_id=article.edition_id,
        section_id=article.section_id,
        listed_at=article.listed_at,
        content_digest=article.content_digest,
        tag_ids=_ids(ArticleTag.objects.filter(article_id=article.pk).values_list("tag_id", flat=True)),
        author_ids=_ids(Byline.objects.filter(article_id=article.pk).values_list("author_id", flat=True)),
        translation_ids=_ids(same_story.exclude(pk=article.pk).values_list("pk", flat=True)),
    )


def public_articles_under(path: str) -> list[int]:
    """Return the database ids of the public articles at or below a path of the page tree."""
    rows = ArticlePage.objects.filter(path__startswith=path, listed_at__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _ids(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))

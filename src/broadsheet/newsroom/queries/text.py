"""The words of a public article, for those who index or compare them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.rich_text import get_text_for_indexing

from broadsheet.newsroom.models import ArticlePage, LivePost
from broadsheet.newsroom.queries.articles import TagView, tags_of
from broadsheet.newsroom.queries.cards import AuthorView, authors_of
from broadsheet.newsroom.queries.editions import edition_by_id

RICH = {"paragraph"}


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The plain text of a public article with what it can be filtered by."""

    article_id: int
    edition_id: int
    section_id: int
    language: str
    kind: str
    published_at: datetime
    headline: str
    short_title: str
    standfirst: str
    body: str
    tags: tuple[TagView, ...]
    authors: tuple[AuthorView, ...]


def article_text(article_id: int) -> ArticleText | None:
    """Return the words of the article, None where it isn't public."""
    article = ArticlePage.objects.filter(pk=article_id, listed_at__isnull=False).first()
    if article is None or article.listed_at is None:
        return None
    edition = edition_by_id(article.edition_id)
    posts = LivePost.objects.filter(article_id=article.pk).values_list("headline", "text")
    parts = [*body_words(article.body.raw_data), *(word for h, t in posts for word in (h, plain(t)))]
    return ArticleText(
        article_id=article.pk,
        edition_id=article.edition_id,
        section_id=article.section_id,
        language=edition.language,
        kind=article.kind,
        published_at=article.listed_at,
        headline=article.title,
        short_title=article.short_title,
        standfirst=article.standfirst,
        body="\n".join(part for part in parts if part),
        tags=tags_of(article, edition),
        authors=tuple(authors_of([article.pk]).get(article.pk, ())),
    )


def body_words(raw: Any) -> list[str]:
    """Return the text of each block, from the stream's stored form."""
    return [word for block in raw for word in _words(block.get("type", ""), block.get("value"))]


def _words(kind: str, value: Any) -> list[str]:
    """Return the texts within one block's value: every string that a reader sees."""
    if isinstance(value, str):
        return [plain(value) if kind in RICH or value.lstrip().startswith("<") else value]
    if isinstance(value, list):
        return [word for item in value for word in _words(kind, _inner(item))]
    if isinstance(value, dict):
        seen = ("title", "text", "caption", "by", "role", "items", "rows", "note")
        return [word for name in seen if name in value for word in _words("", value[name])]
    return []


def _inner(item: Any) -> Any:
    return item["value"] if isinstance(item, dict) and set(item) >= {"type", "value"} else item


def plain(markup: str) -> str:
    """Return the text of stored rich text."""
    return get_text_for_indexing(markup).strip()

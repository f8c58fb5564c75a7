"""One article with everything its page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from wagtail.fields import StreamValue

from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.models import ArticlePage, ArticleTag, MediaFile, Picture
from broadsheet.newsroom.queries.article_lists import ArticleLists, article_lists
from broadsheet.newsroom.queries.cards import ArticleCard, AuthorView, PictureView, authors_of, picture_view
from broadsheet.newsroom.queries.editions import EditionView, SectionView, edition_by_id, editions
from broadsheet.newsroom.queries.media import MediaView, media_view
from broadsheet.newsroom.rules.addresses import article_path

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag as pages link to it."""

    id: int
    kind: str
    slug: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A dated correction."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to a reader's note that stands under the article: when, to which sentence, and what the editors say."""

    at: datetime
    sentence: str
    answer: str


@dataclass(frozen=True, slots=True)
class TranslationView:
    """The same article in another edition."""

    article_id: int
    edition: EditionView
    path: str
    headline: str


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article as its page shows it. `body` is Wagtail's stream value of `newsroom.blocks.BodyBlocks`."""

    card: ArticleCard
    dateline: str
    body: StreamValue
    tags: tuple[TagView, ...]
    corrections: tuple[CorrectionView, ...]
    answers: tuple[AnswerView, ...]
    translations: tuple[TranslationView, ...]
    media: MediaView | None
    live_starts_at: datetime | None
    live_ends_at: datetime | None
    source_name: str
    source_url: str
    source_licence: str
    story_group: str
    channel_post: str = ""
    is_public: bool = True
    extra: dict[str, Any] = field(default_factory=dict)


_OWN, _PICTURE, _MEDIA = (
    [field.attname for field in model._meta.concrete_fields] for model in (ArticlePage, Picture, MediaFile)
)
_ARTICLE = Prepared(
    lambda number: ArticlePage.objects.filter(public_id=number, listed_at__isnull=False).values_list(
        *_OWN, *(f"lead_picture__{name}" for name in _PICTURE), *(f"lead_media__{name}" for name in _MEDIA)
    )
)
_TAGS = Prepared(
    lambda number: (
        ArticleTag.objects.filter(article_id=number)
        .order_by("sort_order", "pk")
        .values_list("tag_id", "tag__kind", "tag__slug", "tag__name")
    )
)


def _instance(model: type[M], names: list[str], values: Iterator[Any]) -> M:
    return model.from_db(connection.alias, names, [next(values) for _ in names])


def article_by_number(public_id: int) -> ArticlePage | None:
    """Return the public article with this number, in one query; None where there is none."""
    rows = _ARTICLE(public_id)
    if not rows:
        return None
    values = iter(rows[0])
    article = _instance(ArticlePage, _OWN, values)
    picture, media = _instance(Picture, _PICTURE, values), _instance(MediaFile, _MEDIA, values)
    article.lead_picture = picture if article.lead_picture_id else None
    article.lead_media = media if article.lead_media_id else None
    return article


def detail(article: ArticlePage, *, is_public: bool = True) -> ArticleDetail:
    """Return everything the page of this article (also of an unsaved preview) shows."""
    edition = edition_by_id(article.edition_id)
    lists = article_lists(article.pk or 0, article.translation_key)
    return ArticleDetail(
        card=_card_of(article, edition),
        dateline=article.dateline,
        body=article.body,
        tags=_tags(article, edition, lists),
        corrections=_corrections(article, lists),
        answers=tuple(AnswerView(row.at, row.first or "", row.second or "") for row in lists.answers if row.at),
        translations=_translations(article, lists),
        media=media_view(article.lead_media, edition.language) if article.lead_media else None,
        live_starts_at=article.live_starts_at,
        live_ends_at=article.live_ends_at,
        source_name=article.source_name,
        source_url=article.source_url,
        source_licence=article.source_licence,
        story_group=article.story_group,
        channel_post=article.channel_post,
        is_public=is_public,
    )


def _corrections(article: ArticlePage, lists: ArticleLists) -> tuple[CorrectionView, ...]:
    """Return the corrections; those of a preview come from its form, not from the table."""
    if _is_draft(article):
        return tuple(CorrectionView(line.at, line.text) for line in article.corrections.all())
    return tuple(CorrectionView(row.at, row.first or "") for row in lists.corrections if row.at)


def _is_draft(article: ArticlePage) -> bool:
    """Return whether the article's lists are what a form or a revision holds, not what the tables do."""
    return bool(article._state.adding or getattr(article, "is_previewed", False))


def _card_of(article: ArticlePage, edition: EditionView) -> ArticleCard:
    section = edition.section_by_id(article.section_id) or SectionView(0, "-", "", "", edition.path, False, "")
    picture: PictureView | None = None
    if article.lead_picture is not None:
        picture = picture_view(article.lead_picture).with_words(article.lead_caption, article.lead_alt)
    at = article.listed_at or article.first_published_at or article.go_live_at or timezone.now()
    return ArticleCard(
        id=article.pk,
        public_id=article.public_id,
        edition=edition,
        section=section,
        path=article_path(
            edition=edition.path.strip("/"),
            section=section.slug,
            day=article.published_on or timezone.localdate(at, edition.zone),
            number=article.public_id,
            slug=article.address_slug or "draft",
        ),
        kind=article.kind,
        headline=article.title,
        short_title=article.short_title or article.title,
        standfirst=article.standfirst,
        published_at=at,
        updated_at=article.updated_at,
        picture=picture,
        authors=_authors(article),
        live_now=article.kind == "live" and article.live_ends_at is None,
    )


def _authors(article: ArticlePage) -> tuple[AuthorView, ...]:
    """Return the authors; those of an unsaved preview come from its form, not from the table."""
    if _is_draft(article):
        return tuple(
            AuthorView(line.author.pk, line.author.slug, line.author.name, line.author.role, "#")
            for line in article.bylines.all()
        )
    return tuple(authors_of([article.pk]).get(article.pk, ()))


def tags_of(article: ArticlePage, edition: EditionView) -> tuple[TagView, ...]:
    """Return the article's tags in the editor's order; those of a preview come from its form, not from the table."""
    if getattr(article, "is_previewed", False):
        tags = [line.tag for line in article.tagged.all()]
        return tuple(_tag(edition, tag.pk, tag.kind, tag.slug, tag.name) for tag in tags)
    return tags_by_article(article.pk, edition)


def _tags(article: ArticlePage, edition: EditionView, lists: ArticleLists) -> tuple[TagView, ...]:
    if getattr(article, "is_previewed", False):
        return tags_of(article, edition)
    return tuple(_tag(edition, row.number, row.first or "", row.second or "", row.third or "") for row in lists.tags)


def tags_by_article(article_id: int, edition: EditionView) -> tuple[TagView, ...]:
    """Return the tags of an article that is known by its database id, in the editor's order."""
    return tuple(_tag(edition, *row) for row in _TAGS(article_id))


def _tag(edition: EditionView, number: int, kind: str, slug: str, name: str) -> TagView:
    return TagView(number, kind, slug, name, f"{edition.path}tag/{slug}/")


def _translations(article: ArticlePage, lists: ArticleLists) -> tuple[TranslationView, ...]:
    """Return the public translations of an article, in the order of editions."""
    rows = {row.edition: row for row in lists.translations if row.number != article.pk}
    found = []
    for edition in editions():
        row = rows.get(edition.id)
        section = edition.section_by_id(row.section) if row and row.section else None
        if row and section and row.day and row.public:
            path = article_path(
                edition=edition.path.strip("/"),
                section=section.slug,
                day=row.day,
                number=row.public,
                slug=row.first or "",
            )
            found.append(TranslationView(row.number, edition, path, row.second or ""))
    return tuple(found)

"""What feeds and sitemaps say of articles besides their cards, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from mimetypes import guess_type
from uuid import UUID

from broadsheet.kernel import clock
from broadsheet.newsroom.models import ArticlePage, ArticleTag, Tag
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.rules.addresses import article_path
from broadsheet.newsroom.rules.credit import credit_line


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound or film that an article leads with."""

    path: str
    kind: str
    type: str
    bytes: int
    seconds: int
    title: str
    credit: str


@dataclass(frozen=True, slots=True)
class SitemapRow:
    """A public article as sitemaps list it; `others` are (language, path) of its translations."""

    path: str
    headline: str
    published_at: datetime
    changed_at: datetime
    picture_id: int | None
    others: tuple[tuple[str, str], ...]


def tag_names_of(articles: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of each article's tags in the editor's order, in one query."""
    rows = ArticleTag.objects.filter(article_id__in=list(articles)).order_by("sort_order", "pk")
    found: dict[int, list[str]] = defaultdict(list)
    for article_id, name in rows.values_list("article_id", "tag__name"):
        found[article_id].append(name)
    return found


def recordings_of(articles: Sequence[int]) -> dict[int, Recording]:
    """Return the recording that each article leads with, where it does, in one query."""
    rows = ArticlePage.objects.filter(pk__in=list(articles), lead_media__isnull=False).select_related("lead_media")
    found = {}
    for article in rows:
        media = article.lead_media
        try:
            size = media.file.size
        except OSError:
            continue  # the file is gone: nothing is promised
        kind = guess_type(media.file.name)[0] or f"{media.kind}/mpeg"
        credit = credit_line(media.agency, year=media.year, author=media.author)
        found[article.pk] = Recording(media.file.url, media.kind, kind, size, media.duration_s, media.title, credit)
    return found


def count_of_articles(edition_id: int) -> int:
    """Return how many public articles the edition has."""
    return ArticlePage.objects.filter(edition_id=edition_id, listed_at__isnull=False).count()


def tag_slugs_of(edition_id: int) -> list[str]:
    """Return the addresses of the edition's tags that public articles have."""
    used = ArticleTag.objects.filter(listed_at__isnull=False).values("tag_id")
    return list(Tag.objects.filter(edition_id=edition_id, pk__in=used).order_by("slug").values_list("slug", flat=True))


def sitemap_rows(
    edition: EditionView, *, skip: int = 0, count: int = 2000, within: timedelta | None = None
) -> list[SitemapRow]:
    """Return public articles of the edition: oldest first, or the newest of the time `within`, newest first."""
    rows = ArticlePage.objects.filter(edition_id=edition.id, listed_at__isnull=False)
    if within is not None:
        rows = rows.filter(listed_at__gte=clock.now() - within).order_by("-listed_at")
    else:
        rows = rows.order_by("listed_at", "public_id")
    found = list(
        rows.values(
            "pk", "translation_key", "section_id", "published_on", "public_id", "address_slug", "title", "listed_at",
            "updated_at", "lead_picture_id",
        )[skip : skip + count]
    )  # fmt: skip
    paths = _paths({row["translation_key"] for row in found})
    return [
        SitemapRow(
            path=_path(edition, row),
            headline=row["title"],
            published_at=row["listed_at"],
            changed_at=max(row["listed_at"], row["updated_at"] or row["listed_at"]),
            picture_id=row["lead_picture_id"],
            others=tuple(paths.get(row["translation_key"], ())),
        )
        for row in found
    ]


def _path(edition: EditionView, row: dict) -> str:
    section = edition.section_by_id(row["section_id"])
    return article_path(
        edition=edition.path.strip("/"),
        section=section.slug if section else "-",
        day=row["published_on"],
        number=row["public_id"],
        slug=row["address_slug"],
    )


def _paths(keys: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return (language, path) of all public articles with these translation keys that are in several editions."""
    by_id = {edition.id: edition for edition in editions()}
    if len(by_id) < 2:
        return {}
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = ArticlePage.objects.filter(translation_key__in=keys, listed_at__isnull=False).values(
        "translation_key", "edition_id", "section_id", "published_on", "public_id", "address_slug"
    )
    for row in rows:
        edition = by_id.get(row["edition_id"])
        if edition is not None:
            found[row["translation_key"]].append((edition.language, _path(edition, row)))
    return {key: sorted(pairs) for key, pairs in found.items() if len(pairs) > 1}

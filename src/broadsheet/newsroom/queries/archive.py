"""Everything the newsroom holds, drafts included, for those who write it into an archive or compare it with one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from broadsheet.newsroom.models import (
    ArticlePage,
    Author,
    EditionPage,
    InfoPage,
    LegalNotice,
    LivePost,
    MediaFile,
    Picture,
    PolicyVersion,
    RulebookVersion,
    SectionPage,
    Tag,
)


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article as it is public (or as its draft is, where it isn't), with the draft that waits behind it."""

    article: ArticlePage
    version: ArticlePage
    pending: ArticlePage | None
    scheduled_at: datetime | None
    posts: list[LivePost]


def all_editions() -> list[EditionPage]:
    """Return all editions, hidden ones as well, in their order."""
    return list(EditionPage.objects.select_related("locale").order_by("path"))


def all_sections(edition_id: int) -> list[SectionPage]:
    """Return all sections of the edition in their order."""
    return list(SectionPage.objects.filter(edition_id=edition_id).order_by("path"))


def all_info_pages(edition_id: int) -> list[InfoPage]:
    """Return all standing pages of the edition in their order."""
    return list(InfoPage.objects.filter(edition_id=edition_id).order_by("path"))


def all_authors() -> QuerySet[Author]:
    """Return all authors."""
    return Author.objects.select_related("edition").order_by("edition__code", "slug")


def all_tags() -> QuerySet[Tag]:
    """Return all tags."""
    return Tag.objects.select_related("edition").order_by("edition__code", "slug")


def all_notices() -> QuerySet[LegalNotice]:
    """Return all legal notices."""
    return LegalNotice.objects.select_related("edition").order_by("edition__code", "key")


def all_policy_versions() -> QuerySet[PolicyVersion]:
    """Return all versions of policies, drafts as well, each edition's in their order."""
    return PolicyVersion.objects.select_related("edition").order_by("edition__code", "kind", "number")


def policy_version(code: str, kind: str, number: int) -> PolicyVersion | None:
    """Return the version with this number, published or not."""
    return all_policy_versions().filter(edition__code=code, kind=kind, number=number).first()


def all_rulebook_versions() -> QuerySet[RulebookVersion]:
    """Return all versions of rulebooks, drafts as well, each edition's in their order."""
    return RulebookVersion.objects.select_related("edition").order_by("edition__code", "number")


def rulebook_version(code: str, number: int) -> RulebookVersion | None:
    """Return the version with this number, in whatever state."""
    return all_rulebook_versions().filter(edition__code=code, number=number).first()


def all_pictures() -> QuerySet[Picture]:
    """Return all pictures of the library."""
    return Picture.objects.order_by("public_id")


def filed_pictures() -> QuerySet[Picture]:
    """Return all pictures of the library, with who brought them and their keywords."""
    rows = all_pictures().select_related("uploaded_by_user")
    return rows.prefetch_related("tags")  # type: ignore[misc]  # taggit's manager carries no types


def all_media() -> QuerySet[MediaFile]:
    """Return all recordings."""
    return MediaFile.objects.prefetch_related("captions").order_by("key")


def article_numbers() -> list[int]:
    """Return the public numbers of all articles, ascending."""
    return list(ArticlePage.objects.order_by("public_id").values_list("public_id", flat=True))


def archived_articles(numbers: Iterable[int]) -> Iterator[ArchivedArticle]:
    """Yield the articles with these public numbers, in that order, with everything that belongs to them."""
    found = {article.public_id: article for article in ArticlePage.objects.filter(public_id__in=list(numbers))}
    posts: dict[int, list[LivePost]] = defaultdict(list)
    for post in LivePost.objects.filter(article__in=found.values()).order_by("at", "key"):
        posts[post.article_id].append(post)
    for _number, article in sorted(found.items()):
        yield _archived(article, posts[article.pk])


def _archived(article: ArticlePage, posts: list[LivePost]) -> ArchivedArticle:
    revision = article.get_latest_revision()
    scheduled = article.scheduled_revision.approved_go_live_at if article.scheduled_revision else None
    newest: Any = revision.as_object() if revision is not None else article
    if not article.live:
        return ArchivedArticle(article, newest, None, scheduled, posts)
    pending = newest if article.has_unpublished_changes else None
    return ArchivedArticle(article, article, pending, scheduled, posts)


def page_names() -> dict[int, tuple[str, str]]:
    """Return kind and name of every page by its id: `article`, number; `section`, `edition/slug`; and so on."""
    codes = dict(EditionPage.objects.values_list("pk", "code"))
    names = {number: ("edition", code) for number, code in codes.items()}
    for kind, model in (("section", SectionPage), ("page", InfoPage)):
        rows = model.objects.values_list("pk", "edition_id", "slug")
        names |= {number: (kind, f"{codes.get(edition, '')}/{slug}") for number, edition, slug in rows}
    rows = ArticlePage.objects.values_list("pk", "public_id").iterator()
    names |= {number: ("article", f"{public_id:010d}") for number, public_id in rows}
    return names


def translation_groups(kind: str) -> dict[UUID, str]:
    """Return a name for every group of two or more translations: the lowest of its members' own.

    `kind` is article, author, tag, section or page; the names are public numbers or `edition/slug`.
    """
    model: Any = {
        "article": ArticlePage, "author": Author, "tag": Tag, "section": SectionPage, "page": InfoPage,
    }[kind]  # fmt: skip
    keys = model.objects.values("translation_key").annotate(members=Count("pk")).filter(members__gt=1)
    rows = model.objects.filter(translation_key__in=keys.values("translation_key"))
    groups: dict[UUID, str] = {}
    if kind == "article":
        named: Iterable[tuple[UUID, str]] = (
            (key, f"{number:010d}") for key, number in rows.values_list("translation_key", "public_id")
        )
    else:
        found = rows.values_list("translation_key", "edition__code", "slug")
        named = ((key, f"{code}/{slug}") for key, code, slug in found)
    for key, name in named:
        groups[key] = min(groups.get(key, name), name)
    return groups


def edition_page(code: str) -> EditionPage | None:
    """Return the edition, hidden or not."""
    return EditionPage.objects.select_related("locale").filter(code=code).first()


def section_page(code: str, slug: str) -> SectionPage | None:
    """Return the section of the edition."""
    return SectionPage.objects.filter(edition__code=code, slug=slug).first()


def info_page(code: str, slug: str) -> InfoPage | None:
    """Return the standing page of the edition."""
    return InfoPage.objects.filter(edition__code=code, slug=slug).first()


def author_row(code: str, slug: str) -> Author | None:
    """Return the author of the edition."""
    return Author.objects.select_related("edition").filter(edition__code=code, slug=slug).first()


def tag_row(code: str, slug: str) -> Tag | None:
    """Return the tag of the edition."""
    return Tag.objects.select_related("edition").filter(edition__code=code, slug=slug).first()


def notice_row(code: str, key: str) -> LegalNotice | None:
    """Return the legal notice of the edition."""
    return LegalNotice.objects.select_related("edition").filter(edition__code=code, key=key).first()


def picture_row(public_id: int) -> Picture | None:
    """Return the picture with this public number."""
    return Picture.objects.filter(public_id=public_id).first()


def media_row(key: str) -> MediaFile | None:
    """Return the recording with this key."""
    return MediaFile.objects.prefetch_related("captions").filter(key=key).first()


def article_row(public_id: int) -> ArticlePage | None:
    """Return the article, draft or not, with this public number."""
    return ArticlePage.objects.filter(public_id=public_id).first()


def post_row(article_id: int, key: str) -> LivePost | None:
    """Return the post of the live blog with this key."""
    return LivePost.objects.filter(article_id=article_id, key=key).first()


def post_keys(article_id: int) -> list[str]:
    """Return the keys of all posts of the live blog."""
    return list(LivePost.objects.filter(article_id=article_id).values_list("key", flat=True))

"""Writes drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.ids import take_public_number
from broadsheet.newsroom.engines.article_links import with_page_links
from broadsheet.newsroom.engines.markup import clean_stream
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import (
    ArticlePage,
    ArticleTag,
    Author,
    Byline,
    Correction,
    Picture,
    SectionPage,
    Tag,
)
from broadsheet.newsroom.queries.numbers import pages_by_number
from broadsheet.newsroom.queries.whereabouts import hold_page
from broadsheet.newsroom.rules.wording import sentences

FIELDS = frozenset(
    {"short_title", "standfirst", "dateline", "lead_caption", "lead_alt", "lead_media", "live_starts_at",
     "live_ends_at", "source_name", "source_url", "source_licence", "story_group", "channel_post", "address_slug",
     "expire_at",
     "go_live_at", "minor_change"}
)  # fmt: skip
CORRECTIONS = "corrections"  # (time, text) pairs


@transaction.atomic
def create_article(  # noqa: PLR0913 - one door with its options
    *,
    section: SectionPage,
    headline: str,
    kind: str = "news",
    public_id: int | None = None,
    body: Sequence[Mapping[str, Any]] = (),
    fields: Mapping[str, Any] | None = None,
    tags: Sequence[Tag] = (),
    authors: Sequence[Author] = (),
    lead_picture: Picture | None = None,
    translation_of: ArticlePage | None = None,
    user: Any = None,
) -> ArticlePage:
    """Store an unpublished article with its first revision and return it; `Refused` where a value is wrong.

    `body` is stream data (`{"type", "value"}`); its markup is cleaned, and links `article:<number>` become links
    to the article where there is one.
    """
    parent = SectionPage.objects.select_for_update().get(pk=section.pk)
    article = ArticlePage(owner=user)
    if public_id is not None:
        take_public_number(public_id, "article")
        article.public_id = public_id
    if translation_of is not None:
        article.translation_key = translation_of.translation_key
        _refuse_second_translation(translation_of, parent, headline)
    values = {**(fields or {}), "headline": headline, "kind": kind, "body": list(body), "tags": list(tags)}
    _fill(article, {**values, "authors": list(authors), "lead_picture": lead_picture})
    try:
        parent.add_child(instance=article)
    except ValidationError as error:
        raise _wrong(headline, error) from error
    article.save_revision(user=user, log_action=False, clean=False)
    return ArticlePage.objects.get(pk=article.pk)


@transaction.atomic
def update_article(*, article: ArticlePage, user: Any = None, **values: Any) -> ArticlePage:
    """Store a new revision with these values and return the article; what is public stays until it is published.

    Values: `headline`, `kind`, `body`, `tags`, `authors`, `lead_picture`, `section`, `corrections` and those of
    `FIELDS`; what is not named stays as the newest revision has it.
    """
    hold_page(ArticlePage, article.pk)
    stored = ArticlePage.objects.get(pk=article.pk)
    section = values.pop("section", None)
    if section is not None and section.pk != stored.section_id:
        stored.move(SectionPage.objects.get(pk=section.pk), pos="last-child", user=user)
        stored = ArticlePage.objects.get(pk=article.pk)
    latest = stored.get_latest_revision_as_object()
    _fill(latest, values)
    try:
        if not stored.live:
            latest.save()
        latest.save_revision(user=user, log_action=bool(user), clean=False)
    except ValidationError as error:
        raise _wrong(latest.title, error) from error
    return ArticlePage.objects.get(pk=article.pk)


def filled_article(*, article: ArticlePage, **values: Any) -> ArticlePage:
    """Give the article in memory these values, as `update_article` has them, and return it; nothing is stored."""
    _fill(article, values)
    return article


def _fill(article: ArticlePage, values: Mapping[str, Any]) -> None:
    unknown = set(values) - FIELDS - {"headline", "kind", "body", "tags", "authors", "lead_picture", CORRECTIONS}
    if unknown:
        raise TypeError(f"An article has no {', '.join(sorted(unknown))}.")
    for name in FIELDS & set(values):
        setattr(article, name, values[name])
    if "headline" in values:
        article.title = article.draft_title = " ".join(str(values["headline"]).replace("\x00", "").split())
    if "kind" in values:
        article.kind = values["kind"]
    if "lead_picture" in values:
        article.lead_picture = values["lead_picture"]
    if "body" in values:
        blocks = clean_stream([dict(block) for block in values["body"]])
        article.body = ArticlePage._meta.get_field("body").to_python(with_page_links(blocks, pages_by_number))
    if "tags" in values:
        article.tagged = [ArticleTag(tag=tag, sort_order=place) for place, tag in enumerate(values["tags"])]
    if "authors" in values:
        article.bylines = [Byline(author=one, sort_order=place) for place, one in enumerate(values["authors"])]
    if CORRECTIONS in values:
        article.corrections = [_correction(place, *pair) for place, pair in enumerate(values[CORRECTIONS])]
    try:
        article.clean_fields(exclude=[f.name for f in article._meta.fields if f.name not in _checked(values)])
    except ValidationError as error:
        raise _wrong(article.title, error) from error


def _checked(values: Mapping[str, Any]) -> set[str]:
    return {"title" if name == "headline" else name for name in values} - {"body", "slug"}


def _correction(place: int, at: datetime, text: str) -> Correction:
    return Correction(at=at, text=text, sort_order=place)


def _refuse_second_translation(original: ArticlePage, section: SectionPage, headline: str) -> None:
    same = ArticlePage.objects.filter(translation_key=original.translation_key, locale_id=section.locale_id)
    if same.exists():
        raise refuse(
            "translation-there",
            _("“%(name)s” was not stored.") % {"name": headline[:80]},
            _("The edition already has a translation of that article."),
            _("Open that translation, or store the article without the link."),
        )


def _wrong(headline: str, error: ValidationError) -> Exception:
    return refuse(
        "invalid-article",
        _("“%(name)s” was not stored.") % {"name": headline[:80]},
        sentences(error),
        _("Correct the value and store it again."),
    )

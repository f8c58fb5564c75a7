"""Links articles of several editions as translations of each other."""

import uuid
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from broadsheet.newsroom.actions.announcing import say_published
from broadsheet.newsroom.actions.drafts import create_article
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import ArticlePage, Author, SectionPage, Tag
from broadsheet.newsroom.queries.whereabouts import standing_of

Term = TypeVar("Term", Author, Tag)


@transaction.atomic
def link_translation(*, article: ArticlePage, other: ArticlePage) -> None:
    """Make `other` the translation of `article`, and of all articles linked to it already."""
    first, second = ArticlePage.objects.get(pk=article.pk), ArticlePage.objects.get(pk=other.pk)
    if first.translation_key == second.translation_key and first.pk != second.pk:
        return
    same_language = Page.objects.filter(translation_key=first.translation_key, locale_id=second.locale_id)
    if same_language.exists():
        raise refuse(
            "translation-there",
            _("The articles were not linked."),
            _("That edition already has a translation of this article, or both are in one language."),
            _("Take the present link away first."),
        )
    _regroup(second, first.translation_key)


@transaction.atomic
def unlink_translation(*, article: ArticlePage) -> None:
    """Take the article out of its group of translations."""
    _regroup(ArticlePage.objects.get(pk=article.pk), uuid.uuid4())


def _regroup(article: ArticlePage, key: uuid.UUID) -> None:
    before = standing_of(article.pk, lock=True)
    Page.objects.filter(pk=article.pk).update(translation_key=key)
    after = standing_of(article.pk)
    if after is not None and after.is_public:
        say_published(after, before=before, first=False)


@transaction.atomic
def begin_translation(*, article: ArticlePage, section: SectionPage, user: Any = None) -> ArticlePage:
    """Store a draft in another edition's section with the original's text, linked as its translation.

    Tags and authors are exchanged for those of the other edition where it has them.
    """
    latest = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    names = ("short_title", "standfirst", "dateline", "lead_caption", "lead_alt", "lead_media", "live_starts_at",
             "live_ends_at", "source_name", "source_url", "source_licence", "story_group")  # fmt: skip
    return create_article(
        section=section,
        headline=latest.title,
        kind=latest.kind,
        body=list(latest.body.get_prep_value()),
        fields={name: getattr(latest, name) for name in names},
        tags=_same(Tag, [row.tag for row in latest.tagged.all()], section.edition_id),
        authors=_same(Author, [row.author for row in latest.bylines.all()], section.edition_id),
        lead_picture=latest.lead_picture,
        translation_of=article,
        user=user,
    )


def _same(model: type[Term], terms: Sequence[Term], edition_id: int) -> list[Term]:
    """Return the other edition's own of these terms, in their order; those it doesn't have are left out."""
    keys = [term.translation_key for term in terms]
    own = {term.translation_key: term for term in model.objects.filter(edition_id=edition_id, translation_key__in=keys)}
    return [own[key] for key in keys if key in own]

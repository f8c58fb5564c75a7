"""Authors, tags and legal notices: names that articles point at."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from broadsheet.newsroom.conf import TagKind
from broadsheet.newsroom.models.edition import EditionPage
from broadsheet.newsroom.models.whole import WholeModel


class EditionTerm(WholeModel, TranslatableMixin):
    """A name of one edition; its translations belong to other editions."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
        unique_together = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the name in the language of its edition."""
        if self.edition_id:
            self.locale_id = self.edition.locale_id
        super().save(*args, **kwargs)


class Author(EditionTerm):
    """Somebody who signs articles in one edition; translations are the same person in another."""

    edition = models.ForeignKey(EditionPage, models.CASCADE, related_name="+", verbose_name=_("edition"))
    slug = models.SlugField(_("address"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    bio = models.TextField(_("about"), max_length=2000, blank=True, validators=[MaxLengthValidator(2000)])
    picture = models.ForeignKey(
        "newsroom.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    class Meta(EditionTerm.Meta):
        abstract = False
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="newsroom_author_slug"),
            models.UniqueConstraint(fields=["translation_key", "locale"], name="newsroom_author_translation"),
        ]
        unique_together = ()

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Tag(EditionTerm):
    """A place, person or topic of one edition, with a page and a feed."""

    edition = models.ForeignKey(EditionPage, models.CASCADE, related_name="+", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=8, choices=TagKind.choices, default=TagKind.TOPIC)
    slug = models.SlugField(_("address"), max_length=80)
    name = models.CharField(_("name"), max_length=80)

    class Meta(EditionTerm.Meta):
        abstract = False
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="newsroom_tag_slug"),
            models.UniqueConstraint(fields=["translation_key", "locale"], name="newsroom_tag_translation"),
        ]
        unique_together = ()

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class LegalNotice(WholeModel):
    """A name whose mention the law asks to be annotated, with its other names (ART-08)."""

    edition = models.ForeignKey(EditionPage, models.CASCADE, related_name="+", verbose_name=_("edition"))
    key = models.SlugField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=160)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=120, blank=True)
    text = models.TextField(_("text of the notice"), max_length=1500, validators=[MaxLengthValidator(1500)])

    class Meta:
        verbose_name = _("legal notice")
        verbose_name_plural = _("legal notices")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="newsroom_notice_key")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

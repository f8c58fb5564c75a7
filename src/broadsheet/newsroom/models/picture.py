"""The picture library (ART-03, ART-04)."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from broadsheet.kernel.ids import allocate_public_number
from broadsheet.newsroom.models.whole import WholeModel


class Picture(WholeModel, AbstractImage):
    """A picture with what a newspaper must know of it. `crops` holds `{"16:9": [x0, y0, x1, y1]}` in source pixels."""

    public_id = models.BigIntegerField(_("public number"), unique=True, editable=False)
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    alt = models.CharField(
        _("alternative text"), max_length=400, blank=True, help_text=_("What is to be seen; not the caption.")
    )
    decorative = models.BooleanField(_("decorative: says nothing that the text does not"), default=False)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    agency = models.CharField(_("agency"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    author = models.CharField(_("author"), max_length=120, blank=True)
    pool = models.BooleanField(_("pool picture"), default=False)
    crops = models.JSONField(_("crops"), default=dict, blank=True)

    admin_form_fields = (
        *Image.admin_form_fields,
        "caption",
        "alt",
        "decorative",
        "taken_on",
        "agency",
        "year",
        "author",
        "pool",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the picture; a new one gets its number."""
        if not self.public_id:
            self.public_id = allocate_public_number("picture")
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text where Wagtail asks for one."""
        return "" if self.decorative else self.alt or self.title


class PictureRendition(AbstractRendition):
    """A rendition for the desk; public pictures are rendered by `delivery` at signed addresses."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="newsroom_rendition_once")
        ]

"""Posts of a live blog."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from broadsheet.newsroom.models.article import ArticlePage
from broadsheet.newsroom.models.whole import WholeModel


class LivePost(WholeModel):
    """One post of a live blog: public as soon as it is saved, newest first, pinned ones above."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="live_posts")
    key = models.SlugField(_("anchor"), max_length=40)
    at = models.DateTimeField(_("when"))
    changed_at = models.DateTimeField(null=True, editable=False)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    text = RichTextField(_("text"), features=["bold", "italic", "link", "ul", "ol"])
    picture = models.ForeignKey(
        "newsroom.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    author = models.ForeignKey(
        "newsroom.Author", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    pinned = models.BooleanField(_("pinned above the others"), default=False)

    class Meta:
        verbose_name = _("live post")
        verbose_name_plural = _("live posts")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="newsroom_live_post_key")]
        indexes = [models.Index(fields=["article", "-at"], name="newsroom_live_post_order")]

    def __str__(self) -> str:
        """Return the headline or the time."""
        return self.headline or f"{self.at:%H:%M}"

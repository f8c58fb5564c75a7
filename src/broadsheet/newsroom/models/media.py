"""Recordings: sounds and films of the library."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.models.whole import WholeModel

EXTENSIONS = ["mp3", "m4a", "ogg", "opus", "wav", "mp4", "webm"]


class MediaFile(WholeModel):
    """A sound or a film with its credit and, for those who can't hear it, its words."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=[("audio", _("Audio")), ("video", _("Video"))])
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), upload_to="recordings/", validators=[FileExtensionValidator(EXTENSIONS)])
    duration_s = models.PositiveIntegerField(_("length in seconds"), default=0)
    agency = models.CharField(_("agency"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    author = models.CharField(_("author"), max_length=120, blank=True)
    poster = models.ForeignKey(
        "newsroom.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("still picture")
    )
    transcripts = models.JSONField(_("transcripts, by language"), default=dict, blank=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-id"]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class MediaCaptions(WholeModel):
    """The caption track of a film in one language (WebVTT)."""

    media = models.ForeignKey(MediaFile, models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=12)
    file = models.FileField(_("file"), upload_to="recordings/", validators=[FileExtensionValidator(["vtt"])])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["media", "language"], name="newsroom_captions_once")]

    def __str__(self) -> str:
        """Return the language."""
        return self.language

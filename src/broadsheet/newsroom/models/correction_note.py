"""What readers say is wrong in an article (DIS-09)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.conf import NoteState
from broadsheet.newsroom.models.article import ArticlePage

OPEN = Q(state="open")


class CorrectionNote(models.Model):
    """A reader's note to the editors of an article: the sentence that is meant, and what is wrong with it.

    `number` is what the reader is told. `reader` is None for visitors, whose `email` is kept until they were told of
    the outcome. `answer` is the editors' word to the reader; `shown` lets it stand under the article, too.
    """

    number = models.CharField(max_length=20)
    article = models.ForeignKey(ArticlePage, models.CASCADE, db_index=False, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    email = models.CharField(max_length=254, blank=True)
    sentence = models.TextField(_("sentence"), blank=True)
    wrong = models.TextField(_("what is wrong"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=NoteState.choices, default=NoteState.OPEN)
    at = models.DateTimeField(_("written"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    shown = models.BooleanField(default=False)

    class Meta:
        db_table = "newsroom_correction_note"
        verbose_name = _("correction note")
        verbose_name_plural = _("correction notes")
        constraints = [
            models.UniqueConstraint(fields=["number"], name="newsroom_note_number"),
            models.CheckConstraint(condition=Q(state__in=NoteState.values), name="newsroom_note_state"),
            models.CheckConstraint(
                condition=OPEN & Q(answered_at=None, answer="", shown=False)
                | ~OPEN & Q(answered_at__isnull=False) & ~Q(answer=""),
                name="newsroom_note_is_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "state", "-id"], name="newsroom_note_of_article"),
            models.Index(fields=["state", "-id"], name="newsroom_note_waits"),
        ]

    def __str__(self) -> str:
        """Return the number and the state."""
        return f"{self.number} {self.state}"

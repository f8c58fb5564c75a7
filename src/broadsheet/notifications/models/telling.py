"""A change that many readers are being told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Telling(models.Model):
    """A new version of a policy that the readers of its edition are told of, in portions.

    `after` is the last account that was told, in the order of their numbers; it moves in the transaction that tells
    a portion, so a killed process neither leaves out nor repeats anybody. `came_since` tells the version to those who
    came to the edition between its publication and the day on which it came into force, and to nobody else.
    """

    id = models.BigAutoField(primary_key=True)
    edition_id = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=20)
    number = models.PositiveIntegerField(_("version"))
    came_since = models.BooleanField(default=False)
    after = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        db_table = "notifications_telling"
        verbose_name = _("telling of a change")
        verbose_name_plural = _("tellings of changes")
        constraints = [
            models.UniqueConstraint(
                fields=["edition_id", "kind", "number", "came_since"], name="notifications_telling_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(ended_at__isnull=True), name="notifications_telling_on")
        ]

    def __str__(self) -> str:
        """Return what is told."""
        return f"{self.kind} {self.number} of edition {self.edition_id}"

"""The bell: what the site itself tells a reader."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One notice to one reader; `kind` names the template that words it, `path` is where it leads.

    The account is no foreign key: a notice to one that was erased meanwhile is seen by nobody and pruned.
    """

    id = models.BigAutoField(primary_key=True)
    reader_id = models.BigIntegerField()
    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    key = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    path = models.CharField(max_length=600, blank=True)
    at = models.DateTimeField(_("when"), db_index=True)
    seen_at = models.DateTimeField(_("seen"), null=True)

    class Meta:
        db_table = "notifications_notice"
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["reader_id", "key"], name="notifications_notice_once")]
        indexes = [
            models.Index(fields=["reader_id", "-id"], name="notifications_bell"),
            models.Index(fields=["reader_id"], condition=Q(seen_at__isnull=True), name="notifications_unseen"),
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind

"""What those who follow a discussion are still to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThreadNews(models.Model):
    """New comments of one discussion, told to its followers in portions, and not oftener than once a minute.

    `waiting` are the numbers of comments for the next round. Those of the present one are in `telling`; the followers
    up to the reader `after` know them. `due_at` is when the next portion is told, null where there is nothing to tell.
    """

    thread_id = models.BigIntegerField(primary_key=True)
    waiting = models.JSONField(default=list)
    telling = models.JSONField(default=list)
    after = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(_("due"), null=True)
    told_at = models.DateTimeField(_("told"), null=True)

    class Meta:
        db_table = "notifications_thread_news"
        verbose_name = _("news of a discussion")
        verbose_name_plural = _("news of discussions")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="notifications_news_due")
        ]

    def __str__(self) -> str:
        """Return of which discussion."""
        return f"discussion {self.thread_id}"

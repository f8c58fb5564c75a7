"""Bars: blocks for one discussion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.models.thread import Thread


class Bar(models.Model):
    """A reader may not take part in this thread, until a moment or until it is lifted; what moderation decided."""

    sanction_id = models.BigIntegerField(primary_key=True)
    reader = models.ForeignKey("readers.Reader", models.CASCADE, db_index=False, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False, related_name="+")
    until = models.DateTimeField(_("until"), null=True)

    class Meta:
        db_table = "discussion_bar"
        indexes = [models.Index(fields=["reader", "thread"], name="discussion_barred")]

    def __str__(self) -> str:
        """Return who is barred from what."""
        return f"{self.reader_id} from {self.thread_id}"

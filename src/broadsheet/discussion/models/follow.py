"""What readers follow, and whom they ignore."""

from django.db import models

from broadsheet.discussion.models.thread import Thread


class Follow(models.Model):
    """A reader follows a thread."""

    reader = models.ForeignKey("readers.Reader", models.CASCADE, db_index=False, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "discussion_follow"
        constraints = [models.UniqueConstraint(fields=["reader", "thread"], name="discussion_followed_once")]

    def __str__(self) -> str:
        """Return who follows what."""
        return f"{self.reader_id} follows {self.thread_id}"


class Ignored(models.Model):
    """A reader doesn't want to see another's comments; nobody else learns of it."""

    reader = models.ForeignKey("readers.Reader", models.CASCADE, db_index=False, related_name="+")
    other = models.ForeignKey("readers.Reader", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "discussion_ignored"
        constraints = [
            models.UniqueConstraint(fields=["reader", "other"], name="discussion_ignored_once"),
            models.CheckConstraint(
                condition=~models.Q(reader=models.F("other")), name="discussion_nobody_ignores_themselves"
            ),
        ]

    def __str__(self) -> str:
        """Return who ignores whom."""
        return f"{self.reader_id} ignores {self.other_id}"

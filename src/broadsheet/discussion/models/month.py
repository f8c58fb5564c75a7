"""How many comments were posted, month by month: what the public is told (MOD-11)."""

from django.db import models


class CommentMonth(models.Model):
    """Of an edition's comments posted in the month that begins on `month`, all, and those that waited for a person first.

    The month is that of the edition's zone. The numbers stay when comments are deleted or their authors erased.
    """

    edition_id = models.BigIntegerField()
    month = models.DateField()
    posted = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "discussion_comment_month"
        constraints = [
            models.UniqueConstraint(fields=["edition_id", "month"], name="discussion_one_month"),
            models.CheckConstraint(condition=models.Q(held__lte=models.F("posted")), name="discussion_held_were_posted"),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Return the month and the count."""
        return f"{self.month:%Y-%m}: {self.posted}"


class MonthsUpTo(models.Model):
    """The last fact that was looked at for the months' counts; there is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fact_id = models.BigIntegerField(default=0)

    class Meta:
        db_table = "discussion_months_up_to"

    def __str__(self) -> str:
        """Return the number."""
        return str(self.fact_id)

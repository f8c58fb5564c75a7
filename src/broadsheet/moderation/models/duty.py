"""The roster: who is on duty when, week by week (DIS-06)."""

from django.db import models


class Duty(models.Model):
    """A time of every week at which somebody looks after an edition, or after all of them (`edition_id` is null).

    It goes by the clock of the edition, that for all editions by the clock of the first one. `weekdays`: 0 is Monday;
    a duty whose end is not after its beginning goes over midnight and belongs to the day on which it began.
    """

    id = models.BigAutoField(primary_key=True)
    moderator = models.ForeignKey("readers.Reader", models.CASCADE, related_name="+")
    edition_id = models.BigIntegerField(null=True)
    weekdays = models.JSONField(default=list)
    begins = models.TimeField()
    ends = models.TimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "moderation_duty"

    def __str__(self) -> str:
        """Return who and when."""
        return f"{self.moderator_id}: {self.weekdays} {self.begins}–{self.ends}"

"""How often each clause is found, hour by hour: what an alarm is raised by (STD-06)."""

from django.db import models


class JudgedHour(models.Model):
    """Of the texts of an edition judged within the hour that begins at `hour`, how many there were or had this finding.

    `kind` is judged (all of them), clause (`what` is its code) or failing (`what` is the detector that failed).
    """

    edition_id = models.BigIntegerField()
    hour = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in ("judged", "clause", "failing")])
    what = models.CharField(max_length=60, blank=True)
    found = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "discussion_judged_hour"
        constraints = [
            models.UniqueConstraint(fields=["edition_id", "hour", "kind", "what"], name="discussion_counted_once")
        ]

    def __str__(self) -> str:
        """Return the hour and the count."""
        return f"{self.hour:%Y-%m-%d %H} {self.what or self.kind}: {self.found}"


class JudgedUpTo(models.Model):
    """The last judgement that was counted; there is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    judgement_id = models.BigIntegerField(default=0)

    class Meta:
        db_table = "discussion_judged_up_to"

    def __str__(self) -> str:
        """Return the number."""
        return str(self.judgement_id)

"""What is kept for the public's figures of letters and annulments when their words and people are gone (MOD-11)."""

from django.db import models
from django.db.models import Q

_KINDS = [(kind, kind) for kind in ("letter", "annulment")]
_OUTCOMES = [(outcome, outcome) for outcome in ("granted", "overturned", "refused", "annulled")]


class Tally(models.Model):
    """One letter that came whole, or one annulment: when, and what came of it; nothing says whose it was.

    `number` is the row's that it stands for, so that it is kept once. A letter is `overturned` where the decision was
    found wrong by it, and `granted` where a sanction only ended before its time.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=_KINDS)
    number = models.BigIntegerField()
    edition = models.CharField(max_length=20)  # its code
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=_OUTCOMES)

    class Meta:
        db_table = "moderation_tally"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="moderation_tallied_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="moderation_tally_is_settled",
            ),
        ]
        indexes = [models.Index(fields=["edition", "kind", "at"], name="moderation_tallies")]

    def __str__(self) -> str:
        """Return what it stands for."""
        return f"{self.kind} {self.number}"

"""What is kept when an account is erased, each row with the day it ends (GDPR art. 17(3))."""

from django.db import models


class Kept(models.Model):
    """A keyed hash that outlives an account: it recognises something seen again and tells nothing by itself."""

    kind = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "readers_kept"
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="readers_kept_once")]

    def __str__(self) -> str:
        """Return the kind and the end."""
        return f"{self.kind} until {self.ends_at:%Y-%m-%d}"

"""What is known of addresses that articles link to."""

from django.db import models


class LinkCheck(models.Model):
    """One outside address and whether it answered when it was last tried, on the operator's wish."""

    address = models.CharField(max_length=500, unique=True)
    checked_at = models.DateTimeField(null=True)
    ok = models.BooleanField(default=True)
    answer = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["checked_at"], name="newsroom_link_checked")]

    def __str__(self) -> str:
        """Return the address."""
        return self.address

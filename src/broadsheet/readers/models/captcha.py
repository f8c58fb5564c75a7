"""Challenges that were solved once, and codes of second factors that were given: they count no more."""

from django.db import models


class SpentChallenge(models.Model):
    """A solved challenge or a code, remembered as a digest until it would have expired anyway."""

    digest = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "readers_spent_challenge"

    def __str__(self) -> str:
        """Return until when it is remembered."""
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"

"""Where a reader is logged in: device family and days, no address of a network."""

from django.db import models

from broadsheet.readers.models.account import Reader


class ReaderSession(models.Model):
    """A session of an account, listed for its owner, who can end each."""

    session_key = models.CharField(max_length=40, primary_key=True)
    reader = models.ForeignKey(Reader, models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60)  # as "Firefox on Android", never the whole header
    began_at = models.DateTimeField()
    seen_on = models.DateField()

    class Meta:
        db_table = "readers_session"

    def __str__(self) -> str:
        """Return the device and the day it was last seen."""
        return f"{self.device}, {self.seen_on}"

"""Accounts that the moderators deleted and that a letter may still bring back (MOD-04)."""

from django.db import models

from broadsheet.readers.models.account import Reader


class Closure(models.Model):
    """An account deleted by the moderators: hidden, kept until its deadline; the row ends with its return or erasure.

    It stands beside a `Departure`: whoever deleted the account, too, has the own 30 days, and no link that opens it.
    """

    reader = models.OneToOneField(Reader, models.CASCADE, primary_key=True, related_name="closure")
    began_at = models.DateTimeField()
    deadline = models.DateTimeField(db_index=True)  # brought back while now < deadline

    class Meta:
        db_table = "readers_closure"

    def __str__(self) -> str:
        """Return until when the account can be brought back."""
        return f"{self.reader_id} until {self.deadline:%Y-%m-%d %H:%M}"

"""Accounts whose owner deleted them and may still come back."""

from django.db import models

from broadsheet.readers.models.account import Reader


class Departure(models.Model):
    """A deleted account within its 30 days; the row ends with its restoring or with its erasure."""

    reader = models.OneToOneField(Reader, models.CASCADE, primary_key=True, related_name="departure")
    began_at = models.DateTimeField()
    deadline = models.DateTimeField(db_index=True)  # restored while now < deadline

    class Meta:
        db_table = "readers_departure"

    def __str__(self) -> str:
        """Return until when the account can be restored."""
        return f"{self.reader_id} until {self.deadline:%Y-%m-%d %H:%M}"


class DepartureLink(models.Model):
    """A link to restore an account, kept as a hash; with the first that is used all of them end."""

    digest = models.CharField(max_length=64, primary_key=True)
    departure = models.ForeignKey(Departure, models.CASCADE, related_name="links")

    class Meta:
        db_table = "readers_departure_link"

    def __str__(self) -> str:
        """Return whose link it is."""
        return str(self.departure_id)


class FormerAddress(models.Model):
    """A confirmed address that an account had before it was changed; for 30 days it is told of a deletion, too."""

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "readers_former_address"

    def __str__(self) -> str:
        """Return until when it is kept."""
        return f"{self.reader_id} until {self.until:%Y-%m-%d}"

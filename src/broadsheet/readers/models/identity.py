"""Identities at networks that wait for their account's address to be confirmed."""

from django.db import models

from broadsheet.readers.models.account import Reader


class AwaitedIdentity(models.Model):
    """The identity that a fresh account is linked to as soon as its address is confirmed, and not before.

    Until then a log-in by it says no more than before: not whether the address had an account already. Ends with the
    linking or with the account. The linked ones are allauth's `SocialAccount`, each (provider, uid) once.
    """

    reader = models.OneToOneField(Reader, models.CASCADE, primary_key=True, related_name="+")
    provider = models.CharField(max_length=200)
    uid = models.CharField(max_length=191)
    shown = models.CharField(max_length=254, blank=True)
    picture = models.TextField(blank=True)  # its address at the network, fetched after the linking

    class Meta:
        db_table = "readers_awaited_identity"
        indexes = [models.Index(fields=["provider", "uid"], name="readers_awaited")]

    def __str__(self) -> str:
        """Return the provider and the account."""
        return f"{self.provider} for {self.reader_id}"

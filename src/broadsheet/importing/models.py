"""What was imported from where, so that the same source can be imported again without doubles."""

from django.db import models


class Imported(models.Model):
    """One object that came from a source; `key` is its name there, `local_id` ours (a public number or a key).

    `source_digest` is that of what the source said, `local_digest` that of what was stored here then: an object
    whose local digest differs was edited here since.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=400)
    local_id = models.CharField(max_length=200)
    source_digest = models.CharField(max_length=64, blank=True)
    local_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="importing_imported_once")]
        indexes = [models.Index(fields=["kind", "local_id"], name="importing_imported_local")]

    def __str__(self) -> str:
        """Return where the object came from."""
        return f"{self.source} {self.kind} {self.key}"


class OldAddress(models.Model):
    """An address that an article had before it was imported; whoever asks for it is sent to the article."""

    id = models.BigAutoField(primary_key=True)
    path = models.CharField(max_length=500, unique=True)
    article_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "importing_old_address"

    def __str__(self) -> str:
        """Return the address."""
        return self.path

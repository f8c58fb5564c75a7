"""The log of who did and saw what: only ever added to, each entry tied to the one before (MOD-09)."""

from django.db import models


class AuditEntry(models.Model):
    """One entry of the chain: opaque ids and hashes. Never changed, never deleted."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    payload_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "moderation_audit"

    def __str__(self) -> str:
        """Return number and action."""
        return f"{self.seq} {self.action}"


class AuditPayload(models.Model):
    """What an entry is about; erased with the person, while the chain stays whole. `reader_id` is whom it is about."""

    entry = models.OneToOneField(AuditEntry, models.DO_NOTHING, primary_key=True, related_name="payload")
    reader_id = models.BigIntegerField(null=True, db_index=True)
    body = models.JSONField()
    ends_at = models.DateTimeField(null=True, db_index=True)  # once whom it is about was erased

    class Meta:
        db_table = "moderation_audit_payload"

    def __str__(self) -> str:
        """Return of which entry."""
        return str(self.entry_id)

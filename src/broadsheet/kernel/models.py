"""The kernel's tables."""

from django.db import models


class FactRecord(models.Model):
    """One fact that happened, written in the transaction that made it true. Never changed, pruned by age."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    payload = models.JSONField()
    keys = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_fact"

    def __str__(self) -> str:
        """Return number and name."""
        return f"{self.pk} {self.name}"


class Delivery(models.Model):
    """One handler that has still to hear one fact; removed in the transaction in which it has."""

    id = models.BigAutoField(primary_key=True)
    fact = models.ForeignKey(FactRecord, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    failed_with = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "kernel_delivery"
        constraints = [models.UniqueConstraint(fields=["fact", "handler"], name="kernel_delivery_once_per_handler")]

    def __str__(self) -> str:
        """Return what is owed to whom."""
        return f"{self.fact_id} → {self.handler}"


class PublicNumber(models.Model):
    """A number shown to the public; one sequence for everything that has one."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)

    class Meta:
        db_table = "kernel_public_number"

    def __str__(self) -> str:
        """Return the number and what it numbers."""
        return f"{self.pk} {self.kind}"


class Heartbeat(models.Model):
    """When each background loop was last seen at work; read by `check` and `/health`."""

    name = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_heartbeat"

    def __str__(self) -> str:
        """Return the loop's name."""
        return self.name


class Rate(models.Model):
    """How often somebody did something lately, under a keyed hash; see `kernel.rates`."""

    key = models.CharField(max_length=64, primary_key=True)
    level = models.PositiveSmallIntegerField(default=0)
    free_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kernel_rate"

    def __str__(self) -> str:
        """Return until when it counts."""
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"

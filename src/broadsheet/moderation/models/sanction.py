"""What keeps a reader from taking part, and by what a person is recognised in another account."""

from django.db import models
from django.db.models import F, Q

from broadsheet.moderation.models.decision import DecisionRow, Incident

_KINDS = [("block", "block"), ("deletion", "deletion")]
_STATES = [(state, state) for state in ("running", "expired", "restored", "undone", "annulled")]


class Sanction(models.Model):
    """A block or the deletion of an account. The database itself refuses to restore or end a second that counts.

    `ordinal` is which it is of those that count, in the sanction that stands for its incident; null in all others.
    `final` is true for every sanction of the second such incident and later ones. An annulled one names two persons.
    """

    id = models.BigAutoField(primary_key=True)
    reader = models.ForeignKey("readers.Reader", models.CASCADE, related_name="+", db_index=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="sanctions")
    decision = models.ForeignKey(DecisionRow, models.SET_NULL, null=True, related_name="sanctions")
    kind = models.CharField(max_length=8, choices=_KINDS)
    thread_id = models.BigIntegerField(null=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=_STATES, default="running")
    ended_at = models.DateTimeField(null=True)
    counts = models.BooleanField()
    ordinal = models.PositiveSmallIntegerField(null=True)
    final = models.BooleanField(default=False)
    annulled_by_first = models.BigIntegerField(null=True)
    annulled_by_second = models.BigIntegerField(null=True)

    class Meta:
        db_table = "moderation_sanction"
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "ordinal"], condition=Q(ordinal__isnull=False), name="moderation_one_of_each_ordinal"
            ),
            models.CheckConstraint(
                condition=Q(thread_id__isnull=True) | Q(kind="block", counts=False),
                name="moderation_one_discussion_never_counts",
            ),
            models.CheckConstraint(
                condition=Q(counts=True, thread_id__isnull=True) & ~Q(state__in=["undone", "annulled"])
                | Q(counts=False) & (Q(thread_id__isnull=False) | Q(state__in=["undone", "annulled"])),
                name="moderation_counts_unless_wrong",
            ),
            models.CheckConstraint(
                condition=Q(ordinal__isnull=True) | Q(counts=True, ordinal__gte=1), name="moderation_ordinal_counts"
            ),
            models.CheckConstraint(
                condition=Q(ordinal__isnull=True) | Q(ordinal=1) | Q(final=True), name="moderation_second_is_final"
            ),
            models.CheckConstraint(
                condition=Q(final=False) | Q(counts=True, ends__isnull=True, state="running"),
                name="moderation_final_never_ends",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="moderation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="expired") | Q(ends__isnull=False), name="moderation_expired_had_an_end"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True) | ~Q(state="running") & Q(ended_at__isnull=False),
                name="moderation_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="annulled")
                | Q(annulled_by_first__isnull=False, annulled_by_second__isnull=False)
                & ~Q(annulled_by_first=F("annulled_by_second")),
                name="moderation_annulled_by_two",
            ),
        ]
        indexes = [
            models.Index(fields=["reader", "id"], name="moderation_sanctions_of"),
            models.Index(
                fields=["ends"], condition=Q(state="running", ends__isnull=False), name="moderation_to_expire"
            ),
        ]

    def __str__(self) -> str:
        """Return kind and state."""
        return f"{self.kind} {self.state}"


class Annulment(models.Model):
    """That somebody holds a sanction to be wrong, and who else said so."""

    id = models.BigAutoField(primary_key=True)
    sanction = models.ForeignKey(Sanction, models.CASCADE, related_name="annulments")
    reason = models.TextField()
    asked_by = models.BigIntegerField()
    asked_role = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "moderation_annulment"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("asked_by")),
                name="moderation_annulment_by_another",
            ),
            models.UniqueConstraint(
                fields=["sanction"], condition=Q(confirmed_by__isnull=True), name="moderation_one_open_annulment"
            ),
        ]

    def __str__(self) -> str:
        """Return of what."""
        return f"of sanction {self.sanction_id}"


class Mark(models.Model):
    """A keyed hash of an address or identity under which an incident counts: it recognises the person elsewhere.

    Without an end while the account lives; two years from its erasure on (MOD-08).
    """

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="marks")
    ends_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "moderation_mark"
        constraints = [models.UniqueConstraint(fields=["digest", "incident"], name="moderation_marked_once")]

    def __str__(self) -> str:
        """Return until when it is kept."""
        return f"until {self.ends_at:%Y-%m-%d}" if self.ends_at else "as long as the account"

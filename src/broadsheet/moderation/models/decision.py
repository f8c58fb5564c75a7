"""Decisions, what they were about, and what was told of them."""

import uuid

from django.db import models
from django.db.models import Q


class Incident(models.Model):
    """What happened once, whatever is decided of it: several measures for one incident count once (MOD-04).

    `origin` is the same in the copies that a new account of the same person has (MOD-08).
    """

    reader = models.ForeignKey("readers.Reader", models.CASCADE, related_name="+")
    comment_id = models.BigIntegerField(null=True)
    origin = models.UUIDField(default=uuid.uuid4)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "moderation_incident"
        constraints = [
            models.UniqueConstraint(fields=["reader", "origin"], name="moderation_carried_once"),
            models.UniqueConstraint(
                fields=["comment_id"], condition=Q(comment_id__isnull=False), name="moderation_one_incident"
            ),
        ]

    def __str__(self) -> str:
        """Return number and day."""
        return f"incident {self.pk} of {self.opened_at:%Y-%m-%d}"


class DecisionRow(models.Model):
    """A decision as it was made: the whole value, what columns are asked by, and how to take it back.

    `inverse` holds what each door returned, by measure; empty once it was applied or can't be any more. `value` and
    `inverse` go when the account is erased and the decision can no longer be contested (`purge`).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    reader = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    comment_id = models.BigIntegerField(null=True)
    thread_id = models.BigIntegerField(null=True)
    edition = models.CharField(max_length=20)  # its code
    incident = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="decisions")
    actor = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+")
    actor_role = models.CharField(max_length=12)
    restricts = models.BooleanField()
    by_machine = models.BooleanField()  # whether a program had marked it
    source = models.CharField(max_length=16, default="own")  # by what else it was noticed (`rules.decisions.Source`)
    waited = models.PositiveIntegerField(null=True)  # seconds from being held, marked or reported; null: nothing waited
    measures = models.JSONField(default=list)
    value = models.JSONField(default=dict)
    inverse = models.JSONField(default=dict)
    contested_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+")
    undone_for = models.CharField(max_length=10, blank=True)  # undone, granted
    key = models.UUIDField(null=True)  # the form's: what is sent twice is one decision
    erased = models.BooleanField(default=False)  # its reader is, and the rest goes when it can't be contested any more

    class Meta:
        db_table = "moderation_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_for="") | Q(undone_at__isnull=False) & ~Q(undone_for=""),
                name="moderation_undone_says_why",
            ),
            models.UniqueConstraint(fields=["key"], condition=Q(key__isnull=False), name="moderation_decided_once"),
        ]
        indexes = [
            models.Index(fields=["reader", "-id"], name="moderation_of_reader"),
            # Holds all that the public's figures are made of: no row is read for them.
            models.Index(
                fields=["edition", "at", "restricts", "source", "by_machine", "undone_for", "waited", "measures"],
                name="moderation_of_edition",
            ),
            models.Index(fields=["comment_id", "id"], condition=Q(comment_id__isnull=False), name="moderation_of_comment"),
            models.Index(fields=["contested_until"], condition=Q(erased=True), name="moderation_to_purge"),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Return number and measures."""
        return f"decision {self.pk}: {', '.join(self.measures) or 'approved'}"


class DecisionClause(models.Model):
    """A clause that a decision cites, or that an approval found unbroken; for questions by clause."""

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(DecisionRow, models.CASCADE, related_name="clauses")
    code = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    policy = models.PositiveIntegerField(default=0)
    rulebook = models.PositiveIntegerField(default=0)
    broken = models.BooleanField()

    class Meta:
        db_table = "moderation_decision_clause"
        indexes = [models.Index(fields=["code", "-decision"], name="moderation_by_clause")]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Statement(models.Model):
    """The statement of reasons of a decision (DSA art. 17), as its reader can always read it.

    `dsa` is the same for the EU's Transparency Database, without anything personal; null where nothing was restricted.
    """

    decision = models.OneToOneField(DecisionRow, models.CASCADE, primary_key=True, related_name="statement")
    puid = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=12)
    text = models.TextField()
    html = models.TextField()
    dsa = models.JSONField(null=True)

    class Meta:
        db_table = "moderation_statement"

    def __str__(self) -> str:
        """Return its number among the paper's statements."""
        return self.puid

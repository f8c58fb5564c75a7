"""Trials: what another rulebook would have made of comments that people decided, found out in the background (STD-06)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from broadsheet.moderation.conf import TrialKind, TrialState


class Trial(models.Model):
    """One look back, or one lesson; `changes` and `heads` are what is tried, whatever becomes of the draft meanwhile.

    `seal` tells of which draft, and against which live rulebook, the answer is. `total` is null until the decisions are
    laid out, one `TrialRow` each, `done` how many of them are judged. `result` is the answer without any text; `why` the
    code of what went wrong.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=TrialKind.choices)
    edition_id = models.BigIntegerField()
    number = models.PositiveIntegerField()  # of the version
    seal = models.CharField(max_length=64)
    changes = models.JSONField(default=dict)
    heads = models.JSONField(default=dict)
    clause = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    days = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=TrialState.choices, default=TrialState.OPEN)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    why = models.CharField(max_length=40, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "moderation_trial"
        indexes = [models.Index(fields=["edition_id", "-id"], name="moderation_trials_of")]
        constraints = [
            models.UniqueConstraint(fields=["edition_id"], condition=Q(state="open"), name="moderation_one_open_trial"),
        ]

    def __str__(self) -> str:
        """Return number, kind and state."""
        return f"trial {self.pk}: {self.kind}, {self.state}"


class TrialRow(models.Model):
    """A decision that is judged in a trial; `before` and `after` are null until it was. Gone when the trial has ended."""

    id = models.BigAutoField(primary_key=True)
    trial = models.ForeignKey(Trial, models.CASCADE, related_name="rows", db_index=False)
    decision_id = models.BigIntegerField()
    comment_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    decided = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    judged = models.BooleanField(default=False)

    class Meta:
        db_table = "moderation_trial_row"
        constraints = [models.UniqueConstraint(fields=["trial", "decision_id"], name="moderation_tried_once")]
        indexes = [models.Index(fields=["trial", "id"], condition=Q(judged=False), name="moderation_left_to_try")]

    def __str__(self) -> str:
        """Return trial and decision."""
        return f"trial {self.trial_id}: decision {self.decision_id}"


class Lowering(models.Model):
    """A clause that was overturned too often: it flags where it would hold until a chief has looked (MOD-10).

    `holds`: it keeps holding nevertheless, since what it is about can't wait on the page, and chiefs are told all the same.
    """

    id = models.BigAutoField(primary_key=True)
    edition_id = models.BigIntegerField()
    clause = models.CharField(max_length=40)
    since = models.DateTimeField()
    decisions = models.PositiveIntegerField()
    overturned = models.PositiveIntegerField()
    holds = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        db_table = "moderation_lowered"
        constraints = [
            models.UniqueConstraint(
                fields=["edition_id", "clause"], condition=Q(looked_at__isnull=True), name="moderation_lowered_once"
            )
        ]

    def __str__(self) -> str:
        """Return edition and clause."""
        return f"{self.edition_id}: {self.clause}"

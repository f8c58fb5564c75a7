"""Cases: what waits for a person of the newsroom, in one queue (MOD-01)."""

from django.db import models
from django.db.models import Q

from broadsheet.moderation.conf import CaseKind, CaseState

OPEN = Q(state="open")


class Case(models.Model):
    """Something that a person is to decide about; of one subject, or one comment, one case is open at a time.

    `subject_id` is a comment, a mob, a letter or an account, as the kind says. `comment_id` is null where it is about
    several or none. Edition, section, thread, clause and language serve filters: `clause` is the worst of those named.
    `priority` is what orders the queue (`rules/priority.py`), `reasons` what it was made of, as JSON that
    `rules/reasons.py` puts in words. `first_decider` never gets it (MOD-05); `chiefs_only`: none but chiefs do.

    A claim is a lease: it is over at `claimed_until`, whatever became of the one who had it. `plan` is what was ordered
    of many comments at once and is being carried out in portions.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=CaseKind.choices)
    subject_id = models.BigIntegerField()
    comment_id = models.BigIntegerField(null=True)
    thread_id = models.BigIntegerField(null=True)
    edition_id = models.BigIntegerField()
    section_id = models.BigIntegerField(null=True)
    reader = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    first_decider = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    chiefs_only = models.BooleanField(default=False)
    clause = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, blank=True)
    harm = models.FloatField()
    harsh = models.BooleanField(default=False)  # hard to read: a moderator sees only so many a day (MOD-10)
    uncertain = models.FloatField(default=1.0)
    hidden = models.BooleanField(default=False)  # nobody can read what it is about
    lively = models.PositiveIntegerField(default=0)  # comments of the last half hour there when it got its place
    priority = models.FloatField()
    reasons = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    outcome = models.CharField(max_length=20, blank=True)
    decision = models.ForeignKey(
        "moderation.DecisionRow", models.SET_NULL, null=True, related_name="+", db_index=False
    )  # that closed it
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    claimed_by = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    claimed_until = models.DateTimeField(null=True)
    asked = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    plan = models.JSONField(default=dict)
    ordered_at = models.DateTimeField(null=True)  # the plan, until it is carried out

    class Meta:
        db_table = "moderation_case"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], condition=OPEN, name="moderation_one_case"),
            models.UniqueConstraint(
                fields=["comment_id"],
                condition=OPEN & Q(comment_id__isnull=False),
                name="moderation_one_case_of_comment",
            ),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="moderation_case_kind"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, outcome="")
                | Q(state__in=["decided", "dropped"], closed_at__isnull=False) & ~Q(outcome=""),
                name="moderation_case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(claimed_until__isnull=True, claimed_by__isnull=True)
                | Q(claimed_until__isnull=False, state="open"),
                name="moderation_claim_is_of_an_open_case",
            ),
        ]
        # The queue in its order, whole and by each filter; the next case is the first row of one of them.
        indexes = [
            models.Index(fields=["-priority", "id"], condition=OPEN, name="moderation_queue"),
            models.Index(fields=["edition_id", "-priority", "id"], condition=OPEN, name="moderation_queue_edition"),
            models.Index(fields=["section_id", "-priority", "id"], condition=OPEN, name="moderation_queue_section"),
            models.Index(fields=["thread_id", "-priority", "id"], condition=OPEN, name="moderation_queue_thread"),
            models.Index(fields=["clause", "-priority", "id"], condition=OPEN, name="moderation_queue_clause"),
            models.Index(fields=["kind", "-priority", "id"], condition=OPEN, name="moderation_queue_kind"),
            models.Index(fields=["language", "-priority", "id"], condition=OPEN, name="moderation_queue_language"),
            models.Index(fields=["thread_id"], condition=OPEN & Q(lively__gt=0), name="moderation_cases_lively"),
            models.Index(
                fields=["claimed_by", "id"], condition=Q(claimed_until__isnull=False), name="moderation_claimed"
            ),
            models.Index(fields=["ordered_at"], condition=Q(ordered_at__isnull=False), name="moderation_cases_ordered"),
            models.Index(fields=["reader", "id"], name="moderation_cases_of"),
            models.Index(fields=["comment_id", "id"], name="moderation_cases_about"),
        ]

    def __str__(self) -> str:
        """Return number, kind and state."""
        return f"case {self.pk}: {self.kind} {self.subject_id}, {self.state}"


class CaseComment(models.Model):
    """A comment of a case of many, such as a flash mob; `version` is its text as it was when it came to the case.

    `done_at` is when it was decided of with the others, by `decision`, or left out (no decision).
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="comments", db_index=False)
    comment_id = models.BigIntegerField(db_index=True)
    version = models.PositiveIntegerField()
    decision = models.ForeignKey("moderation.DecisionRow", models.SET_NULL, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "moderation_case_comment"
        constraints = [models.UniqueConstraint(fields=["case", "comment_id"], name="moderation_once_in_case")]
        indexes = [
            models.Index(fields=["case", "id"], condition=Q(done_at__isnull=True), name="moderation_left_in_case")
        ]

    def __str__(self) -> str:
        """Return case and comment."""
        return f"case {self.case_id}: comment {self.comment_id}"


class CaseNote(models.Model):
    """What somebody of the newsroom wrote to colleagues about a case; goes when the reader it is about is erased."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    by = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        db_table = "moderation_case_note"

    def __str__(self) -> str:
        """Return the case and the time."""
        return f"case {self.case_id}, {self.at:%Y-%m-%d %H:%M}"


class CaseLook(models.Model):
    """Who was shown which case, and whether they skipped it; counted for the limit of harsh ones a day (MOD-10)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="looks", db_index=False)
    moderator = models.ForeignKey("readers.Reader", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    harsh = models.BooleanField()
    skipped = models.BooleanField(default=False)

    class Meta:
        db_table = "moderation_case_look"
        constraints = [models.UniqueConstraint(fields=["case", "moderator"], name="moderation_looked_once")]
        indexes = [models.Index(fields=["moderator", "at"], condition=Q(harsh=True), name="moderation_harsh_looks")]

    def __str__(self) -> str:
        """Return case and moderator."""
        return f"case {self.case_id} seen by {self.moderator_id}"


class ModeratorScope(models.Model):
    """One edition or section to which a moderator is confined; whoever has no such row moderates everywhere (MOD-12)."""

    moderator = models.ForeignKey("readers.Reader", models.CASCADE, related_name="+")
    edition_id = models.BigIntegerField(null=True)
    section_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "moderation_scope"
        constraints = [
            models.CheckConstraint(
                condition=Q(edition_id__isnull=True, section_id__isnull=False)
                | Q(edition_id__isnull=False, section_id__isnull=True),
                name="moderation_scope_is_one_place",
            ),
            models.UniqueConstraint(
                fields=["moderator", "edition_id"],
                condition=Q(edition_id__isnull=False),
                name="moderation_edition_once",
            ),
            models.UniqueConstraint(
                fields=["moderator", "section_id"],
                condition=Q(section_id__isnull=False),
                name="moderation_section_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the moderator and the place."""
        return f"{self.moderator_id}: edition {self.edition_id}, section {self.section_id}"

"""What the judge said of each text of a comment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.models.comment import Comment


class Judgement(models.Model):
    """The verdict on one text of a comment, by one version of the edition's rulebook.

    `not_scored` names the detectors that failed, `not_covered` the clauses that nobody could notice in the language.
    `embedding` is the encoder's view of the text, where it was read.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, db_index=False, related_name="+")
    version = models.PositiveIntegerField()  # of the comment's text
    at = models.DateTimeField()
    rulebook_version = models.PositiveIntegerField()
    outcome = models.CharField(_("outcome"), max_length=12)
    care = models.BooleanField(default=False)
    scores = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    not_covered = models.JSONField(default=list)
    not_scored = models.JSONField(default=list)
    milliseconds = models.FloatField(default=0)
    embedding = models.BinaryField(null=True)

    class Meta:
        db_table = "discussion_judgement"
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="discussion_judged_once")]

    def __str__(self) -> str:
        """Return the comment and the outcome."""
        return f"{self.comment_id} {self.outcome}"


class FindingRow(models.Model):
    """One clause that the judge saw in one text of a comment: by which detector, how surely, in which words."""

    comment = models.ForeignKey(Comment, models.CASCADE, db_index=False, related_name="+")
    version = models.PositiveIntegerField()  # of the comment's text
    clause = models.CharField(_("clause"), max_length=40)
    handling = models.CharField(max_length=8)
    detector = models.CharField(max_length=60)
    detector_version = models.PositiveIntegerField()
    score = models.FloatField()
    spans = models.JSONField(default=list)
    words = models.JSONField(default=list)

    class Meta:
        db_table = "discussion_finding"
        indexes = [models.Index(fields=["comment", "version"], name="discussion_found_in")]

    def __str__(self) -> str:
        """Return the comment and the clause."""
        return f"{self.comment_id} {self.clause}"

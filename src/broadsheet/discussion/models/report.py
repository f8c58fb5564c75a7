"""Reports of comments, and how much those who file them have been right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.conf import Reported
from broadsheet.discussion.models.comment import Comment

OPEN = Q(state="open")


class Report(models.Model):
    """Somebody holds a comment to go against a clause, or (`illegal`) against the law (DSA art. 16).

    `number` is what the person who filed it is told; it says nothing of how many there are. `reporter` is None for
    visitors and after an erasure. `facts` are the reporter's words: of a notice, why the content is illegal. `version`
    is the text of the comment that was reported. `weight` is what the report counted when it was filed first, and
    `mass` that it came with many like it in a short time: together they count as one. The name and address of a notice
    go, with all words, some time after the answer (`conf.REPORT_WORDS_KEPT`).
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=20)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    reporter = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, db_index=False, related_name="+")
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    facts = models.TextField(_("words"), blank=True)
    edition_id = models.BigIntegerField()
    language = models.CharField(max_length=12)
    state = models.CharField(_("state"), max_length=10, choices=Reported.choices, default=Reported.OPEN)
    weight = models.FloatField()
    mass = models.BooleanField(default=False)
    at = models.DateTimeField(_("filed"))
    answered_at = models.DateTimeField(_("answered or taken back"), null=True)
    illegal = models.BooleanField(default=False)
    notice_name = models.CharField(max_length=120, blank=True)
    notice_email = models.CharField(max_length=254, blank=True)
    good_faith = models.BooleanField(default=False)

    class Meta:
        db_table = "discussion_report"
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["number"], name="discussion_report_number"),
            models.UniqueConstraint(
                fields=["reporter", "comment", "illegal"], condition=OPEN, name="discussion_one_open_report"
            ),
            models.CheckConstraint(condition=Q(state__in=Reported.values), name="discussion_report_state"),
            models.CheckConstraint(
                condition=OPEN & Q(answered_at=None) | ~OPEN & Q(answered_at__isnull=False),
                name="discussion_report_ended",
            ),
            models.CheckConstraint(
                condition=Q(illegal=True, good_faith=True)
                | Q(illegal=False, good_faith=False, notice_name="", notice_email="") & ~Q(clause=""),
                name="discussion_report_is_complete",
            ),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=1), name="discussion_report_weight"),
        ]
        indexes = [
            models.Index(fields=["reporter", "-id"], name="discussion_reported_by"),
            models.Index(fields=["at"], name="discussion_reported_at"),
            models.Index(
                fields=["answered_at"], condition=~OPEN & ~Q(facts="", notice_name="", notice_email=""),
                name="discussion_report_words",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Return the number and the state."""
        return f"{self.number} {self.state}"


class ReporterWeight(models.Model):
    """How often a reader's reports were right and wrong, each fading since `as_of` (`rules/reports.py`)."""

    reader = models.OneToOneField("readers.Reader", models.CASCADE, primary_key=True, related_name="+")
    upheld = models.FloatField(default=0)
    rejected = models.FloatField(default=0)
    as_of = models.DateTimeField()

    class Meta:
        db_table = "discussion_reporter_weight"
        constraints = [
            models.CheckConstraint(condition=Q(upheld__gte=0, rejected__gte=0), name="discussion_reporter_counts")
        ]

    def __str__(self) -> str:
        """Return the reader and both counts."""
        return f"{self.reader_id}: {self.upheld:.1f} right, {self.rejected:.1f} wrong"

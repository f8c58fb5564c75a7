"""Rules about modes: who may comment where, and when (DIS-06); when somebody is on duty, which some of them ask for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.conf import Mode, Scope


class ModeRule(models.Model):
    """What holds for the threads of the paper, of an edition, a section or a tag, or for one (`ref` is its number).

    With `weekdays` (0 is Monday) or times it holds then alone, by the clock of the article's edition; one whose end is
    before its beginning goes over midnight and belongs to the day on which it began. With `unstaffed` it holds only while
    nobody is on duty for the article's edition, and from `expires_at` on never again. What is empty it leaves open.
    """

    scope = models.CharField(_("for"), max_length=8, choices=Scope.choices)
    ref = models.BigIntegerField(null=True, blank=True)
    mode = models.CharField(_("mode"), max_length=12, blank=True, choices=Mode.choices)
    slow_seconds = models.PositiveIntegerField(_("seconds between two comments of a reader"), null=True, blank=True)
    shield_hours = models.PositiveIntegerField(_("hours for which accounts are new"), null=True, blank=True)
    close_after_days = models.PositiveIntegerField(_("days after which discussions close"), null=True, blank=True)
    weekdays = models.JSONField(_("days"), default=list, blank=True)
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    unstaffed = models.BooleanField(_("while nobody is on duty"), default=False)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        db_table = "discussion_mode_rule"
        verbose_name = _("rule about modes")
        verbose_name_plural = _("rules about modes")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="site", ref__isnull=True) | ~Q(scope="site") & Q(ref__isnull=False),
                name="discussion_rule_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True) | Q(begins__isnull=False, ends__isnull=False),
                name="discussion_rule_has_both_times",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about and the mode."""
        return f"{self.scope} {self.ref or ''}: {self.mode}"


class StaffedTime(models.Model):
    """A time of every week at which somebody is on duty for the edition, by the clock of `zone`.

    Moderation keeps these as its roster says; who it is stands there alone.
    """

    edition_id = models.BigIntegerField()
    zone = models.CharField(max_length=60)
    weekdays = models.JSONField(default=list)
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)

    class Meta:
        db_table = "discussion_staffed_time"

    def __str__(self) -> str:
        """Return the edition and the times."""
        return f"{self.edition_id}: {self.weekdays} {self.begins}–{self.ends}"


class ModeClock(models.Model):
    """The moment up to which it was announced that rules began or ended to hold by the clock; one row."""

    looked_at = models.DateTimeField()

    class Meta:
        db_table = "discussion_mode_clock"

    def __str__(self) -> str:
        """Return the moment."""
        return f"{self.looked_at:%Y-%m-%d %H:%M:%S}"

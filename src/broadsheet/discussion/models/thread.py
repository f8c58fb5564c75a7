"""Threads: the discussion of one article, with its counters."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.conf import Mode

# Threads with a setting of their own.
SET_APART = ~Q(mode="") | Q(slow_seconds__isnull=False) | Q(shield_hours__isnull=False) | Q(closes_at__isnull=False)


class Thread(models.Model):
    """The discussion of one article; its number is that of the article's page.

    The row is made with the first comment, or with the first setting of its own. `edition_id` and `section_id` are
    where the article stood when somebody last commented, and serve filters. Counters are changed in the transaction that changes what they
    count: `visible` comments, visible `roots`, and the newest comment that was ever visible (`last_id`, `last_at`),
    which never goes back. What is empty of the settings is as the rules for the article say.
    """

    article = models.OneToOneField("newsroom.ArticlePage", models.CASCADE, primary_key=True, related_name="+")
    edition_id = models.BigIntegerField(db_index=True)
    section_id = models.BigIntegerField(db_index=True)
    mode = models.CharField(_("mode"), max_length=12, blank=True, choices=Mode.choices)
    slow_seconds = models.PositiveIntegerField(_("seconds between two comments of a reader"), null=True, blank=True)
    shield_hours = models.PositiveIntegerField(_("hours for which accounts are new"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    visible = models.PositiveIntegerField(default=0)
    roots = models.PositiveIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "discussion_thread"
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=["", *Mode.values]), name="discussion_thread_mode"),
            models.CheckConstraint(condition=Q(visible__gte=F("roots")), name="discussion_roots_are_comments"),
        ]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(closes_at__isnull=False), name="discussion_threads_closing"),
            models.Index(fields=["-article"], condition=SET_APART, name="discussion_threads_set_apart"),
        ]

    def __str__(self) -> str:
        """Return the number and how many comments are seen."""
        return f"{self.pk}: {self.visible}"

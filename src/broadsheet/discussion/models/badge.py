"""Accounts that are something to the paper besides its readers: experts of a subject, and its authors (DIS-10)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.conf import LONGEST_SUBJECT, Badge


class AccountBadge(models.Model):
    """What a chief named the account: an expert of `subject`, or the author who signs as `author_key`.

    The key is that of the author's translations, so that one person signs in several editions. An author's badge stands
    beside what the account writes below articles of its own alone.
    """

    reader = models.OneToOneField("readers.Reader", models.CASCADE, primary_key=True, related_name="+")
    badge = models.CharField(max_length=8, choices=Badge.choices)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    author_key = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "discussion_account_badge"
        constraints = [
            models.CheckConstraint(
                condition=Q(badge="expert", author_key__isnull=True)
                | Q(badge="author", author_key__isnull=False, subject=""),
                name="discussion_badge_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        """Return account and badge."""
        return f"{self.reader_id}: {self.badge} {self.subject}"

"""Newsletters that editors write, their issues, and what is in each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.notifications.conf import NEWSLETTER_NAME, NEWSLETTER_SUBJECT


class IssueState(models.TextChoices):
    """Where a newsletter issue stands."""

    DRAFT = "draft", _("draft")
    CONFIRMING = "confirming", _("waits for a second person")
    WAITING = "waiting", _("waits for its time")
    SENDING = "sending", _("is being sent")
    DONE = "done", _("sent")
    RECALLED = "recalled", _("recalled")
    STOPPED = "stopped", _("stopped by itself")
    DISCARDED = "discarded", _("discarded")


ISSUES_GOING = (IssueState.WAITING, IssueState.SENDING)


class Newsletter(models.Model):
    """A named list of an edition that readers subscribe to and editors write for; one that is not enabled is retired.

    `sections` are the sections it is about; none: the whole edition. Its mail comes from `sender_name`, else from the
    paper.
    """

    id = models.BigAutoField(primary_key=True)
    edition = models.CharField(max_length=20)  # its code
    name = models.CharField(_("name"), max_length=NEWSLETTER_NAME)
    description = models.CharField(_("description"), max_length=300, blank=True)
    sections = models.JSONField(default=list)
    sender_name = models.CharField(_("sender’s name"), max_length=NEWSLETTER_NAME, blank=True)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "notifications_newsletter"
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="notifications_newsletter_called_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class NewsletterIssue(models.Model):
    """One sending of a newsletter, from its first draft on.

    `version` counts what was saved: whoever saves or sends says which version that is about. `after` is the last mail
    subscription for which a message was queued. Members of the newsroom are no foreign keys. `result` is kept when
    messages are forgotten.
    """

    id = models.BigAutoField(primary_key=True)
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="issues")
    subject = models.CharField(max_length=NEWSLETTER_SUBJECT, blank=True)
    opening = models.TextField(blank=True)  # paragraphs, an empty line between two
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=IssueState.choices, default=IssueState.DRAFT)
    why = models.CharField(max_length=20, blank=True)  # it stopped: articles, newsletter
    reach = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    changed_by_id = models.BigIntegerField(null=True)
    sent_by_id = models.BigIntegerField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    recalled_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    spread_at = models.DateTimeField(null=True)  # every message is queued
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "notifications_newsletter_issue"
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"]) | Q(due_at__isnull=False),
                name="notifications_issue_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="notifications_issue_going"
            ),
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class NewsletterPick(models.Model):
    """An article at its place in an issue, by its own words where `headline` or `teaser` says others.

    `clicks` counts how often the link at this place was opened, by whomever. `left_out_at`: since then it is in no
    mail, because it was no longer public.
    """

    id = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(NewsletterIssue, models.CASCADE, related_name="picks", db_index=False)
    place = models.PositiveSmallIntegerField()
    article_id = models.BigIntegerField()
    headline = models.CharField(max_length=200, blank=True)
    teaser = models.CharField(max_length=500, blank=True)
    with_picture = models.BooleanField(default=True)
    clicks = models.PositiveBigIntegerField(default=0)
    left_out_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_newsletter_pick"
        verbose_name = _("article in a newsletter issue")
        verbose_name_plural = _("articles in newsletter issues")
        constraints = [
            models.UniqueConstraint(fields=["issue", "place"], name="notifications_pick_has_its_place"),
            models.UniqueConstraint(fields=["issue", "article_id"], name="notifications_picked_once"),
        ]

    def __str__(self) -> str:
        """Return the headline of its own, if any."""
        return self.headline


class NewsletterVersion(models.Model):
    """What an issue held before somebody else, or the same person later, wrote over it."""

    id = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(NewsletterIssue, models.CASCADE, related_name="versions", db_index=False)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "notifications_newsletter_version"
        verbose_name = _("earlier version of a newsletter issue")
        verbose_name_plural = _("earlier versions of newsletter issues")
        constraints = [
            models.UniqueConstraint(fields=["issue", "version"], name="notifications_newsletter_version_once"),
        ]

    def __str__(self) -> str:
        """Return its number."""
        return str(self.version)

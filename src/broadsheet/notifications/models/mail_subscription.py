"""Addresses that asked for mail, and what of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often a digest comes."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("once a week")


class MailSubscription(models.Model):
    """One address in one edition: where its mail goes, and when its digest comes, by the clock of `zone`.

    `recipient` is the keyed hash by which the address is found (`queries.unsubscribed.by_address`). Nothing is sent
    before `confirmed_at`, when somebody who reads its mail said yes, nor after `stopped_at`, when its mail came back or
    was complained about. It belongs to nobody's account unless somebody was logged in; the account is no foreign key.
    `digest_due_at` is null where no digest is asked for; `digested_until` is where the next one begins.
    """

    id = models.BigAutoField(primary_key=True)
    edition = models.CharField(max_length=20)  # its code
    recipient = models.CharField(max_length=80)
    address = models.CharField(max_length=320)
    language = models.CharField(max_length=12)
    reader_id = models.BigIntegerField(null=True, db_index=True)
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=7)
    weekday = models.PositiveSmallIntegerField(default=5)  # Monday is 0
    zone = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=20, blank=True)
    digest_due_at = models.DateTimeField(null=True)
    digested_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_mail_subscription"
        verbose_name = _("mail subscription")
        verbose_name_plural = _("mail subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "edition"], name="notifications_mail_of_edition"),
            models.CheckConstraint(
                condition=models.Q(hour__lt=24, weekday__lt=7), name="notifications_digest_hour_of_a_week"
            ),
            models.CheckConstraint(
                condition=models.Q(digest_due_at__isnull=True) | models.Q(digested_until__isnull=False),
                name="notifications_digest_begins_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["digest_due_at", "id"],
                condition=models.Q(digest_due_at__isnull=False),
                name="notifications_digest_due",
            ),
            models.Index(
                fields=["created_at"], condition=models.Q(confirmed_at__isnull=True), name="notifications_mail_open"
            ),
        ]

    def __str__(self) -> str:
        """Return the edition; an address is nobody else's business."""
        return f"mail of {self.edition}"


class MailTopic(models.Model):
    """One topic that an address asked for: `section:17`, `tag:5`, `author:8`, `news:3` or `newsletter:2`, by its row.

    `wording`, `way` and `consented_at` are the consent: the very words, in which form, and when (GDPR art. 7). It
    counts from `confirmed_at` on, and no more from `ended_at` on; it lies there for a while so that ending it can be
    undone.
    """

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(MailSubscription, models.CASCADE, related_name="topics", db_index=False)
    topic = models.CharField(max_length=40)
    wording = models.TextField()
    wording_digest = models.CharField(max_length=64)
    way = models.CharField(max_length=20)  # page, account
    consented_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_mail_topic"
        verbose_name = _("mail topic")
        verbose_name_plural = _("mail topics")
        constraints = [models.UniqueConstraint(fields=["subscription", "topic"], name="notifications_mail_topic_once")]
        indexes = [
            models.Index(fields=["topic", "subscription"], name="notifications_mail_topic_of"),
            models.Index(
                fields=["consented_at"], condition=models.Q(confirmed_at__isnull=True), name="notifications_topic_open"
            ),
            models.Index(
                fields=["ended_at"], condition=models.Q(ended_at__isnull=False), name="notifications_topic_ended"
            ),
        ]

    def __str__(self) -> str:
        """Return the topic."""
        return self.topic

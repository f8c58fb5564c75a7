"""Browsers that asked for push notifications, and what of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.notifications.conf import LONGEST_ENDPOINT


class PushSubscription(models.Model):
    """One browser: where its push service takes messages, and the keys that only this browser can read them with.

    `server_key` is the public key of ours that the browser knows us by. `wording`, `way` and `consented_at` are the
    consent: the very words that were accepted (GDPR art. 7). It belongs to nobody's account unless somebody was logged
    in; the account is no foreign key. Quiet hours are minutes of the day in `zone`; both null: none.
    """

    id = models.BigAutoField(primary_key=True)
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT)
    endpoint_digest = models.CharField(max_length=64, unique=True)  # SHA-256: the address is too long for an index
    p256dh = models.CharField(max_length=88)
    auth = models.CharField(max_length=24)
    server_key = models.CharField(max_length=88)
    edition = models.CharField(max_length=20)  # its code
    language = models.CharField(max_length=12)
    reader_id = models.BigIntegerField(null=True, db_index=True)
    zone = models.CharField(max_length=64)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_to = models.PositiveSmallIntegerField(null=True)
    wording = models.TextField()
    wording_digest = models.CharField(max_length=64)
    way = models.CharField(max_length=20)  # dialog, page
    consented_at = models.DateTimeField()
    created_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "notifications_push_subscription"
        verbose_name = _("push subscription")
        verbose_name_plural = _("push subscriptions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__lt=1440, quiet_to__lt=1440),
                name="notifications_quiet_hours_of_a_day",
            )
        ]

    def __str__(self) -> str:
        """Return the edition; an endpoint is nobody else's business."""
        return f"push of {self.edition}"


class PushTopic(models.Model):
    """One topic that a browser asked for: `breaking:3`, `news:3`, `section:17`, `tag:5` or `author:8`, by its row."""

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(PushSubscription, models.CASCADE, related_name="topics", db_index=False)
    topic = models.CharField(max_length=40)

    class Meta:
        db_table = "notifications_push_topic"
        verbose_name = _("push topic")
        verbose_name_plural = _("push topics")
        constraints = [models.UniqueConstraint(fields=["subscription", "topic"], name="notifications_topic_once")]
        indexes = [models.Index(fields=["topic", "subscription"], name="notifications_topic_of")]

    def __str__(self) -> str:
        """Return the topic."""
        return self.topic


class PushRefusal(models.Model):
    """A reader's `Refuse` in the dialog of one edition, so that no other browser asks the reader again."""

    id = models.BigAutoField(primary_key=True)
    reader_id = models.BigIntegerField()
    edition = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "notifications_push_refusal"
        constraints = [models.UniqueConstraint(fields=["reader_id", "edition"], name="notifications_refused_once")]

    def __str__(self) -> str:
        """Return the edition."""
        return self.edition

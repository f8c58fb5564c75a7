"""What is pushed, and to whom it goes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.notifications.conf import PUSH_TEXT, PUSH_TITLE


class CampaignState(models.TextChoices):
    """Where a push stands."""

    CONFIRMING = "confirming", _("waits for a second person")
    WAITING = "waiting", _("waits for its time")
    SENDING = "sending", _("is being sent")
    DONE = "done", _("sent")
    RECALLED = "recalled", _("recalled")
    STOPPED = "stopped", _("stopped by itself")


GOING = (CampaignState.WAITING, CampaignState.SENDING)


class DeliveryState(models.TextChoices):
    """Where one delivery stands."""

    DUE = "due", _("due")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("accepted by the push service")
    UNANSWERED = "unanswered", _("handed over, no answer seen")  # its process died in between; never sent again
    GONE = "gone", _("the browser is no longer there")
    FAILED = "failed", _("could not be sent")
    DROPPED = "dropped", _("not sent")


class PushCampaign(models.Model):
    """One push about one article, to all who asked for one of `topics`.

    `follows` is the push about the article that its writer knew of, 0 where there was none: of two editors who press
    at the same time, the second has not seen the first. A push for those who follow a section, a tag or an author has
    no writer; there is one an article. `after` is the last subscription for which a delivery was made. Members of the
    newsroom are no foreign keys. `result` is kept when deliveries are forgotten.
    """

    id = models.BigAutoField(primary_key=True)
    article_id = models.BigIntegerField()
    edition = models.CharField(max_length=20)
    topics = models.JSONField()
    topic_name = models.CharField(max_length=160, blank=True)  # as it was called when it was written
    title = models.CharField(max_length=PUSH_TITLE)
    text = models.CharField(max_length=PUSH_TEXT, blank=True)
    with_picture = models.BooleanField(default=False)
    breaking = models.BooleanField(default=False)
    follows = models.BigIntegerField(null=True)
    reach = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=CampaignState.choices)
    why = models.CharField(max_length=20, blank=True)  # it stopped: article, topic
    after = models.BigIntegerField(default=0)
    written_by_id = models.BigIntegerField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    recalled_by_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    spread_at = models.DateTimeField(null=True)  # every delivery is made
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "notifications_push_campaign"
        verbose_name = _("push")
        verbose_name_plural = _("pushes")
        constraints = [
            models.UniqueConstraint(
                fields=["article_id", "follows"], condition=Q(follows__isnull=False), name="notifications_push_seen"
            ),
            models.UniqueConstraint(
                fields=["article_id"], condition=Q(follows__isnull=True), name="notifications_push_to_followers_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="notifications_push_going"
            ),
            models.Index(fields=["-id"], condition=Q(follows__isnull=False), name="notifications_push_written"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class PushDelivery(models.Model):
    """One push to one browser; the pair is there once, so that it is sent once.

    The subscription is no foreign key: what was sent stays counted when a browser goes. `carrier` is the process
    that has taken it, until `claimed_until`; its marks (`engines.marks`) tell how far it came.
    """

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(PushCampaign, models.CASCADE, related_name="deliveries", db_index=False)
    subscription_id = models.BigIntegerField()
    urgency = models.PositiveSmallIntegerField()  # of two that are due, the smaller goes first
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.DUE)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    failed_with = models.CharField(max_length=40, blank=True)
    carrier = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_push_delivery"
        verbose_name = _("push delivery")
        verbose_name_plural = _("push deliveries")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "subscription_id"], name="notifications_push_once"),
            models.CheckConstraint(
                condition=Q(state="sending", claimed_until__isnull=False) & ~Q(carrier="")
                | ~Q(state="sending") & Q(claimed_until__isnull=True, carrier=""),
                name="notifications_push_taken_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["urgency", "due_at", "id"], condition=Q(state="due"), name="notifications_push_due"),
            models.Index(fields=["carrier"], condition=Q(state="sending"), name="notifications_push_taken"),
            models.Index(fields=["subscription_id", "-id"], name="notifications_push_to"),
            models.Index(fields=["campaign", "state"], name="notifications_push_counts"),
            models.Index(fields=["ended_at"], name="notifications_push_ended"),
        ]

    def __str__(self) -> str:
        """Return where it stands."""
        return str(self.state)

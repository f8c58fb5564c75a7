"""What became of mail after it was accepted: it came back, or its recipient complained."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReturnKind(models.TextChoices):
    """What a report says of a mail."""

    HARD = "hard", _("no such mailbox")
    SOFT = "soft", _("not taken this time")
    COMPLAINT = "complaint", _("complaint")


class StopWhy(models.TextChoices):
    """Why an address gets no mail that it could do without."""

    PAUSE = "pause", _("mail to it was not taken lately")
    BOUNCES = "bounces", _("mail to it comes back")
    COMPLAINT = "complaint", _("its owner called our mail unwanted")


class ReturnedMail(models.Model):
    """A mail that came back, or that was complained of: each once a kind, however often it is reported.

    `recipient` is a keyed hash of the address, as `Unsubscribed` names one. `forgiven_at`: from then on it no longer
    counts against the address.
    """

    id = models.BigAutoField(primary_key=True)
    message_number = models.BigIntegerField()
    recipient = models.CharField(max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=ReturnKind.choices)
    status = models.CharField(_("status"), max_length=12, blank=True)  # such as 5.1.1 (RFC 3463)
    purpose = models.CharField(_("purpose"), max_length=40)
    at = models.DateTimeField(_("when"), db_index=True)
    forgiven_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_returned_mail"
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        constraints = [models.UniqueConstraint(fields=["message_number", "kind"], name="notifications_returned_once")]
        indexes = [models.Index(fields=["recipient", "at"], name="notifications_returned_to")]

    def __str__(self) -> str:
        """Return what kind it is."""
        return self.kind


class StoppedAddress(models.Model):
    """An address that gets no optional mail: until `until`, or where that is null until somebody lifts it."""

    recipient = models.CharField(max_length=80, unique=True)
    why = models.CharField(_("why"), max_length=10, choices=StopWhy.choices)
    at = models.DateTimeField(_("when"), db_index=True)
    until = models.DateTimeField(_("until"), null=True)

    class Meta:
        db_table = "notifications_stopped_address"
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(why="pause", until__isnull=False) | ~Q(why="pause") & Q(until=None),
                name="notifications_a_pause_ends",
            )
        ]

    def __str__(self) -> str:
        """Return why."""
        return self.why

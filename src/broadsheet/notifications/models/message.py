"""The queue: one row a message, from the moment it is due until its key is forgotten."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way a message goes. The bell has a table of its own."""

    MAIL = "mail", _("mail")


class Urgency(models.IntegerChoices):
    """What goes first; somebody waits for a mail about the own account."""

    FIRST = 0, _("at once")
    USUAL = 5, _("in its turn")
    LAST = 9, _("when nothing else waits")  # what goes to everybody, whom it may reach hours later


class State(models.TextChoices):
    """Where a message stands."""

    DUE = "due", _("due")
    SENDING = "sending", _("being sent")  # a process has taken it; nothing that counts has reached the server
    HANDING = "handing", _("being handed over")  # from just before the end of the data until the answer is stored
    SENT = "sent", _("sent")
    UNANSWERED = (
        "unanswered",
        _("handed over, no answer seen"),
    )  # its process died in between; never sent again by itself
    DROPPED = "dropped", _("no longer due")
    DEAD = "dead", _("could not be sent")


class Message(models.Model):
    """A message on its way to one recipient; `key` is the same for what must not be sent twice.

    It goes to the account `reader_id` (what it says and where to is asked when it is sent, so that one-use links
    never lie here) or to `address` with `values`; both are erased once it is sent or dropped. `message_id` stays the
    same over all attempts. `carrier` is the process that has taken it, until `claimed_until`. The account is no
    foreign key: a message about one that was erased meanwhile is dropped when its turn comes.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(_("way"), max_length=8, choices=Channel.choices, default=Channel.MAIL)
    purpose = models.CharField(_("purpose"), max_length=40)
    reader_id = models.BigIntegerField(null=True, db_index=True)
    email_id = models.BigIntegerField(null=True)  # the address of the account it goes to, where not the first
    recipient = models.CharField(
        max_length=80, blank=True
    )  # of the last attempt, a keyed hash: to know it if it returns
    address = models.CharField(_("address"), max_length=320, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    edition = models.CharField(_("edition"), max_length=20)  # its code
    values = models.JSONField(default=dict)
    newsletter_issue_id = models.BigIntegerField(null=True)  # that it brings; by it the issue is counted and recalled
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.USUAL)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DUE)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("due"))
    failing_since = models.DateTimeField(_("failing since"), null=True)
    failed_with = models.CharField(_("last failure"), max_length=60, blank=True)  # a code, never a server's words
    ended_at = models.DateTimeField(_("ended"), null=True)  # sent, dropped or dead
    message_id = models.CharField(max_length=120, unique=True)
    carrier = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_message"
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["sending", "handing"], claimed_until__isnull=False)
                & ~models.Q(carrier="")
                | ~models.Q(state__in=["sending", "handing"]) & models.Q(claimed_until__isnull=True, carrier=""),
                name="notifications_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sent", "dropped"]) | models.Q(address="", values={}),
                name="notifications_sent_holds_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["urgency", "due_at", "id"],
                condition=models.Q(state="due"),
                name="notifications_due",
            ),
            models.Index(
                fields=["state", "claimed_until"],
                condition=models.Q(state__in=["sending", "handing"]),
                name="notifications_taken",
            ),
            models.Index(
                fields=["state", "id"],
                condition=models.Q(state__in=["dead", "unanswered"]),
                name="notifications_stuck",
            ),
            models.Index(fields=["recipient"], condition=~models.Q(recipient=""), name="notifications_message_to"),
            models.Index(fields=["ended_at"], name="notifications_ended"),
            models.Index(
                fields=["newsletter_issue_id", "state"],
                condition=models.Q(newsletter_issue_id__isnull=False),
                name="notifications_of_issue",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is for and where it stands."""
        return f"{self.purpose} {self.state}"

"""Letters of readers who are locked out or contest a decision, and whatever else comes to the moderators' address (MOD-05)."""

from django.db import models
from django.db.models import Q

from broadsheet.moderation.models.decision import DecisionRow
from broadsheet.moderation.models.sanction import Sanction

_KINDS = [(kind, kind) for kind in ("restore_account", "unlock_access", "comment")]
_STATES = [(state, state) for state in ("incomplete", "waiting_verification", "open", "answered", "message")]


class Letter(models.Model):
    """A letter: what it asks for, of which account, and how it stands.

    `user_id` is the one that was named; `reader` its account, null where there is none. `address` is where a mail came
    from, kept while an answer may have to go there. `verified_at` is when it was known that the account's owner wrote
    it: until then nobody decides. `final` says of an answered one that a second block counted. `ends_at` is when the row
    is erased; an open letter has no such time, since it is always answered.
    """

    id = models.BigAutoField(primary_key=True)
    reader = models.ForeignKey("readers.Reader", models.CASCADE, null=True, related_name="+", db_index=False)
    user_id = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=16, blank=True, choices=_KINDS)
    subject = models.CharField(max_length=300, blank=True)
    puid = models.CharField(max_length=40, blank=True)  # of the statement it names
    text = models.TextField()
    missing = models.JSONField(default=list)
    attachments = models.PositiveSmallIntegerField(default=0)  # how many were not taken
    language = models.CharField(max_length=12)
    edition = models.CharField(max_length=20)  # its code
    channel = models.CharField(max_length=4, choices=[("form", "form"), ("mail", "mail")])
    decision = models.ForeignKey(DecisionRow, models.SET_NULL, null=True, related_name="letters")
    sanction = models.ForeignKey(Sanction, models.SET_NULL, null=True, related_name="letters")
    state = models.CharField(max_length=20, choices=_STATES)
    at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, related_name="+", db_index=False)
    granted = models.BooleanField(null=True)
    final = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    ends_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "moderation_letter"
        constraints = [
            models.UniqueConstraint(
                fields=["sanction"],
                condition=Q(state="open", sanction__isnull=False),
                name="moderation_one_letter_a_sanction",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(state="open", sanction__isnull=True, decision__isnull=False),
                name="moderation_one_letter_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "answered"])
                | Q(reader__isnull=False, verified_at__isnull=False, due_at__isnull=False) & ~Q(kind=""),
                name="moderation_open_letter_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False, granted__isnull=False) & ~Q(reason="")
                | ~Q(state="answered") & Q(answered_at__isnull=True, granted__isnull=True, reason=""),
                name="moderation_answer_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ends_at__isnull=True) | ~Q(state="open") & Q(ends_at__isnull=False),
                name="moderation_letter_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["reader", "-id"], name="moderation_letters_of"),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="moderation_letters_due"),
            models.Index(fields=["address"], condition=Q(state="incomplete"), name="moderation_letters_begun"),
        ]

    def __str__(self) -> str:
        """Return number and state."""
        return f"letter {self.pk} {self.state}"


class LetterMail(models.Model):
    """A mail that was taken: `source` is a hash that tells it from all others, so that none is taken twice.

    `message_id` and `references` are what an answer names (RFC 5322 3.6.4).
    """

    id = models.BigAutoField(primary_key=True)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="mails")
    source = models.CharField(max_length=64, unique=True)
    message_id = models.CharField(max_length=250, blank=True, db_index=True)
    references = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "moderation_letter_mail"

    def __str__(self) -> str:
        """Return of which letter."""
        return f"mail of letter {self.letter_id}"

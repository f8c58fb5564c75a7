"""What is kept of comments to find their copies, and the mobs that were found."""

from django.db import models

from broadsheet.discussion.models.comment import Comment


class FlashMob(models.Model):
    """A cluster by many accounts in a short time; `announced` is how many of its comments were announced."""

    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    announced = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "discussion_flash_mob"

    def __str__(self) -> str:
        """Return the number and the size."""
        return f"{self.pk}: {self.announced}"


class CommentFingerprint(models.Model):
    """The fingerprint of a comment's text, half a kilobyte and no text; `at` is when it was written or edited.

    An edited comment has a new row with a higher number, so that those who read on learn of it. `mob` is the flash mob
    that the comment belongs to. Dropped after six days, when nothing is a copy of it any more.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="fingerprint")
    at = models.DateTimeField(db_index=True)
    data = models.BinaryField()
    mob = models.ForeignKey(FlashMob, models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "discussion_fingerprint"

    def __str__(self) -> str:
        """Return the comment."""
        return str(self.comment_id)


class ShadowNote(models.Model):
    """What a rulebook in shadow mode would have made of a comment, beside what the live one made of it (STD-06).

    `failed`: it could not be told. No text, and no score that would tell more than outcome and clauses do.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    edition_id = models.BigIntegerField()
    number = models.PositiveIntegerField()  # of the version in shadow mode
    at = models.DateTimeField()
    failed = models.BooleanField(default=False)
    differs = models.BooleanField(default=False)
    live_outcome = models.CharField(max_length=12)
    live_clauses = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, blank=True)
    clauses = models.JSONField(default=list)

    class Meta:
        db_table = "discussion_shadow_note"
        indexes = [models.Index(fields=["edition_id", "number"], name="discussion_in_shadow")]

    def __str__(self) -> str:
        """Return the comment and both outcomes."""
        return f"{self.comment_id}: {self.live_outcome}, {self.outcome}"

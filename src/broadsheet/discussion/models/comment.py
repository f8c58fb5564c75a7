"""Comments, and what they said before they were edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.conf import Badge, HeldFor, State
from broadsheet.discussion.models.thread import Thread

# What a page of a thread reads: roots, or replies, that have a place in it.
ROOTS = Q(depth=0, placed=True)
REPLIES = Q(root__isnull=False, placed=True)


class Comment(models.Model):
    """One comment; numbers ascend with time within a thread.

    A comment without parent is a root, and `depth` 0; `root` is the one above all others of a reply. `placed`: it was
    visible once and keeps its place whatever happens, as a tombstone perhaps; a held one that nobody saw has none.
    `html` is made of `text` with the parts in `redactions` ([[start, end], …], code points of `text`) blacked out;
    `text` itself stays, so that this can be taken back. `version` counts its texts. `replies` counts the visible
    replies at any depth below a root, and is 0 elsewhere. `key` is the form's: a post sent twice is one comment.
    """

    id = models.BigAutoField(primary_key=True)
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False, related_name="+")
    # They go with the thread, and never alone.
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True, db_index=False, related_name="+")
    root = models.ForeignKey("self", models.DO_NOTHING, null=True, db_index=False, related_name="+")
    depth = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    held_for = models.CharField(_("held because"), max_length=12, blank=True, choices=HeldFor.choices)
    placed = models.BooleanField()
    replies = models.PositiveIntegerField(default=0)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"))
    html = models.TextField()
    version = models.PositiveIntegerField(default=1)
    redactions = models.JSONField(default=list)
    author = models.ForeignKey("readers.Reader", models.SET_NULL, null=True, db_index=False, related_name="+")
    author_badge = models.CharField(max_length=8, blank=True, choices=Badge.choices)
    key = models.UUIDField()
    created_at = models.DateTimeField(_("posted"))
    edited_at = models.DateTimeField(_("edited"), null=True)
    picked_at = models.DateTimeField(_("picked by the newsroom"), null=True)

    class Meta:
        db_table = "discussion_comment"
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="discussion_posted_once"),
            models.CheckConstraint(
                condition=Q(depth=0, parent__isnull=True, root__isnull=True)
                | Q(depth__gt=0, parent__isnull=False, root__isnull=False, replies=0),
                name="discussion_comment_stands_below_its_root",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="discussion_comment_state"),
            models.CheckConstraint(
                condition=Q(state="held", held_for__in=HeldFor.values) | ~Q(state="held") & Q(held_for=""),
                name="discussion_held_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(state="visible") | Q(placed=True), name="discussion_visible_has_place"),
        ]
        indexes = [
            models.Index(fields=["thread", "id"], condition=ROOTS, name="discussion_by_time"),
            models.Index(fields=["thread", "-replies", "-id"], condition=ROOTS, name="discussion_by_replies"),
            models.Index(fields=["root", "id"], condition=REPLIES, name="discussion_below_root"),
            models.Index(fields=["author", "id"], name="discussion_by_author"),
            models.Index(fields=["state", "id"], condition=~Q(state="visible"), name="discussion_not_visible"),
        ]

    def __str__(self) -> str:
        """Return the number and the state."""
        return f"{self.pk} {self.state}"


class TextVersion(models.Model):
    """What a comment said before it was edited, for moderators; `at` is when it began to say so."""

    comment = models.ForeignKey(Comment, models.CASCADE, db_index=False, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("since"))

    class Meta:
        db_table = "discussion_text_version"
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="discussion_version_once")]

    def __str__(self) -> str:
        """Return the comment and the version."""
        return f"{self.comment_id} version {self.version}"

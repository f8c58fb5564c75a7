"""What the desk holds about a person of the newsroom, for the register of personal data.

Articles, revisions, approvals and the desk's log name a person by the number of the account, and keep it: what the
newsroom did stays told, of an account that no longer says whose it was. What is the person's own goes.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, PageSubscription, Revision
from wagtail.users.models import UserProfile

from broadsheet.kernel.personal_data import Holding, delete_portion, register
from broadsheet.newsroom.actions.erase_correction_notes import erase_correction_notes
from broadsheet.newsroom.queries.correction_notes import notes_of


def _settings(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in UserProfile.objects.filter(user_id=reader_id):
        yield {
            "language": row.preferred_language,
            "time_zone": row.current_time_zone,
            "theme": row.theme,
            "picture": row.avatar.name or "",
        }
    for page in PageSubscription.objects.filter(user_id=reader_id).order_by("pk").values_list("page_id", flat=True):
        yield {"follows_page": page}


def _drop_settings(reader_id: int) -> int:
    gone = 0
    for profile in UserProfile.objects.filter(user_id=reader_id):
        if profile.avatar:
            profile.avatar.delete(save=False)
        gone += profile.delete()[0]
    for model in (PageSubscription, EditingSession, FormState):
        gone += delete_portion(model.objects.filter(user_id=reader_id))
    return gone


def _work(reader_id: int) -> Iterator[dict[str, Any]]:
    for entry in PageLogEntry.objects.filter(user_id=reader_id).order_by("pk").iterator():
        yield {"did": entry.action, "page": entry.page_id, "at": entry.timestamp.isoformat()}
    for at, revision in Revision.objects.filter(user_id=reader_id).order_by("pk").values_list("created_at", "pk"):
        yield {"wrote_revision": revision, "at": at.isoformat()}
    for model in (Comment, CommentReply):
        for comment in model.objects.filter(user_id=reader_id).order_by("pk"):
            yield {"commented_in_the_desk": comment.text, "at": comment.created_at.isoformat()}


def _nameless(reader_id: int) -> int:
    """Take the name out of the entries of the desk's log that are about the account."""
    kind = ContentType.objects.get_for_model(get_user_model())
    with transaction.atomic():
        entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(reader_id)).exclude(label="", data={})
        return entries.update(label="", data={})


def _notes(reader_id: int) -> Iterator[dict[str, Any]]:
    for note in notes_of(reader_id):
        yield {
            "article": note.headline,
            "sentence": note.sentence,
            "text": note.wrong,
            "state": note.state,
            "answer": note.answer,
            "at": note.at.isoformat(),
        }


register(
    Holding(
        "newsroom.notes",
        _("What you told the newsroom is wrong in an article"),
        ("newsroom.CorrectionNote",),
        _notes,
        lambda reader_id: erase_correction_notes(reader_id=reader_id),
    )
)
register(
    Holding(
        "newsroom.settings",
        _("Your settings in the desk"),
        ("wagtailusers.UserProfile", "wagtailcore.PageSubscription", "wagtailadmin.EditingSession",
         "wagtailadmin.FormState"),
        _settings,
        _drop_settings,
    )
)  # fmt: skip
register(
    Holding(
        "newsroom.work",
        _("Your work in the desk"),
        (
            "wagtailcore.Page.owner", "wagtailcore.Page.locked_by", "wagtailcore.Revision.user",
            "wagtailcore.PageLogEntry.user", "wagtailcore.ModelLogEntry.user", "wagtailcore.ModelLogEntry.label",
            "wagtailcore.ModelLogEntry.data", "wagtailcore.Comment.user", "wagtailcore.Comment.text",
            "wagtailcore.Comment.resolved_by", "wagtailcore.CommentReply.user", "wagtailcore.CommentReply.text",
            "wagtailcore.WorkflowState.requested_by", "wagtailcore.TaskState.finished_by",
            "newsroom.PolicyVersion.published_by", "newsroom.RulebookVersion.by",
        ),
        _work,
        _nameless,
    )
)  # fmt: skip

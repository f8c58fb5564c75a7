"""A reader doesn't want to see another's comments, or wants to again (DIS-10)."""

from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.discussion.errors import no_comment, not_changed
from broadsheet.discussion.models import Comment, Ignored
from broadsheet.kernel.errors import Refused


def ignore_author(*, reader_id: int, comment_id: int, now: datetime) -> int:
    """Let the reader see no more comments of who wrote this one, and return that reader's number.

    By a comment, so that nobody tries numbers of accounts. `Refused` for an own comment, and where no author is shown.
    """
    author_id = Comment.objects.filter(pk=comment_id, state="visible").values_list("author_id", flat=True).first()
    if author_id is None:
        raise no_comment()
    if author_id == reader_id:
        raise Refused(not_changed("own-comment", _("This is your own comment."), _("You can edit or delete it.")))
    Ignored.objects.get_or_create(reader_id=reader_id, other_id=author_id, defaults={"at": now})
    return int(author_id)


def heed_reader(*, reader_id: int, other_id: int) -> None:
    """Let the reader see the other's comments again."""
    Ignored.objects.filter(reader_id=reader_id, other_id=other_id).delete()

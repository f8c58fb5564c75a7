"""Takes a reader's comments from them for good, portion by portion: blanked or anonymised by setting (ACC-07)."""

from typing import Any

from django.conf import settings
from django.db import transaction

from broadsheet.discussion.actions.keep_fingerprint import forget_fingerprints
from broadsheet.discussion.actions.move_comment import withdraw_many
from broadsheet.discussion.conf import State
from broadsheet.discussion.engines.markup import to_shown_text
from broadsheet.discussion.facts import CommentsErased
from broadsheet.discussion.models import Comment, FindingRow, Judgement, TextVersion, Thread
from broadsheet.discussion.rules.redactions import as_spans
from broadsheet.kernel.facts import announce
from broadsheet.kernel.personal_data import PORTION

BLANK, ANONYMISE = "blank", "anonymise"


def erase_comments(*, reader_id: int) -> int:
    """Erase a portion of the reader's comments and return how many those were; the threads keep their shape.

    `ERASED_COMMENTS` says how: `blank` leaves an empty place, as if the author had deleted the comment; `anonymise`
    leaves what is visible to be read, by nobody's name. Earlier texts and what the judge saw in them go either way, and
    so does every word that others don't see.
    """
    numbers = list(Comment.objects.filter(author_id=reader_id).order_by("pk").values_list("pk", flat=True)[:PORTION])
    if not numbers:
        return 0
    with transaction.atomic():
        own = Comment.objects.filter(pk__in=numbers, author_id=reader_id)
        found = sorted(set(own.values_list("thread_id", flat=True)))
        threads = list(
            Thread.objects.select_for_update().filter(pk__in=found).order_by("pk").values_list("pk", flat=True)
        )
        comments = list(own.select_for_update().order_by("pk"))
        anonymise = settings.ERASED_COMMENTS == ANONYMISE
        stay = [comment for comment in comments if anonymise and comment.state == State.VISIBLE]
        go = [comment for comment in comments if not anonymise or comment.state != State.VISIBLE]
        withdraw_many(go)
        nobody: dict[str, Any] = {"author": None, "author_badge": "", "redactions": []}
        Comment.objects.filter(pk__in=[comment.pk for comment in go]).update(text="", html="", language="", **nobody)
        for comment in stay:
            if comment.redactions:
                shown = to_shown_text(comment.text, as_spans(comment.redactions))
                Comment.objects.filter(pk=comment.pk).update(text=shown)
        Comment.objects.filter(pk__in=[comment.pk for comment in stay]).update(**nobody)
        for table in (TextVersion, FindingRow, Judgement):
            table.objects.filter(comment_id__in=numbers).delete()
        forget_fingerprints(comment_ids=numbers)
        for thread_id in threads:
            announce(CommentsErased(thread_id=thread_id))
    return len(comments)

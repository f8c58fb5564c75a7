"""A person blacks out words of a comment; nobody rewords it (MOD-02)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.move_comment import Inverse, about, taken
from broadsheet.discussion.engines.markup import to_html
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import CommentRedacted
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.rules.redactions import as_spans, joined
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def redact_comment(*, comment_id: int, spans: Sequence[Sequence[int]], version: int | None = None) -> Inverse:
    """Black out these parts of the text (code points, the end exclusive) besides those that are, and return the inverse.

    The text itself is kept. `Refused` where no part lies within it, or where it isn't the `version` that was looked at.
    """
    with transaction.atomic():
        comment, thread = taken(comment_id, version)
        if not joined(spans, len(comment.text)):
            raise Refused(
                not_changed("nothing-to-redact", _("No words were marked."), _("Mark the words to be blacked out."))
            )
        return black_out(comment, thread, joined([*comment.redactions, *spans], len(comment.text)))


def black_out(comment: Comment, thread: Thread, redactions: list[list[int]]) -> Inverse:
    """Let exactly these parts of the held comment be blacked out, and return what takes this back."""
    inverse = {
        "do": "redactions",
        "comment": comment.pk,
        "was": comment.redactions,
        "now": redactions,
        "version": comment.version,
    }
    comment.redactions = redactions
    comment.html = to_html(comment.text, as_spans(redactions))
    comment.save(update_fields=["redactions", "html"])
    announce(CommentRedacted(**about(comment, thread)))
    return inverse

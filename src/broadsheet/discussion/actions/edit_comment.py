"""An author changes the words of an own comment (DIS-03)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.keep_judgement import keep_judgement
from broadsheet.discussion.actions.move_comment import about, move, taken
from broadsheet.discussion.actions.post_comment import Posted, read_text
from broadsheet.discussion.conf import JUDGED, HeldFor, State
from broadsheet.discussion.engines.markup import to_html
from broadsheet.discussion.errors import Warned, no_comment, not_changed
from broadsheet.discussion.facts import CommentEdited
from broadsheet.discussion.models import Comment, TextVersion
from broadsheet.discussion.queries.authors import author_of
from broadsheet.discussion.queries.languages import language_of
from broadsheet.discussion.queries.may_comment import refuse_to_take_part
from broadsheet.discussion.queries.modes import mode_of
from broadsheet.discussion.queries.verdicts import TOLD, judged_text, verdict_view
from broadsheet.discussion.rules.modes import ModeNow
from broadsheet.discussion.rules.posting import held_for, refuse_haste
from broadsheet.kernel import rates
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def edit_comment(*, author_id: int, comment_id: int, text: str, insists: bool = False, now: datetime) -> Posted:
    """Give the comment this text, at any time, in closed and slow threads as well; the text before is kept for moderators.

    `Refused` where it isn't the author's own, was deleted, or the author is blocked. Screened as when it was posted:
    `Warned` likewise. A visible comment is held where a comment with the text would be: by the judge, and where mode or
    shield ask for a person first (DIS-06); or where words of it were blacked out, which the new text might say again. A
    held one stays held, whatever the new text says.
    """
    cleaned = read_text(text)
    comment = _own(author_id, comment_id, now)
    if comment.text == cleaned:
        return Posted(comment.pk, comment.state, comment.held_for, None)
    if refusal := refuse_haste(rates.take(JUDGED, str(author_id), now)):
        raise Refused(refusal)
    article_id, edition_id = comment.thread_id, comment.thread.edition_id
    judged = judged_text(
        author_id=author_id, article_id=article_id, edition_id=edition_id, parent_id=comment.parent_id, text=cleaned,
        now=now, comment_id=comment_id,
    )  # fmt: skip
    view = verdict_view(judged.verdict, edition_id, cleaned)
    if judged.verdict.outcome in TOLD and not insists:
        raise Warned(view)
    html, language = to_html(cleaned), language_of(cleaned, edition_id)
    with transaction.atomic():
        comment, thread = taken(comment_id)
        _own(author_id, comment_id, now)
        since = comment.edited_at or comment.created_at
        TextVersion.objects.create(comment=comment, version=comment.version, text=comment.text, at=since)
        why = _held_for(comment, author_id, judged.verdict.outcome, now)
        comment.text, comment.html, comment.language = cleaned, html, language
        comment.version, comment.edited_at, comment.redactions = comment.version + 1, now, []
        comment.save(update_fields=["text", "html", "language", "version", "edited_at", "redactions"])
        move(comment, thread, State.HELD if why else State.VISIBLE, why)
        clauses = keep_judgement(comment, judged, now)
        announce(
            CommentEdited(
                **about(comment, thread), state=comment.state, version=comment.version,
                outcome=judged.verdict.outcome, clauses=clauses,
            )
        )  # fmt: skip
    return Posted(comment.pk, comment.state, comment.held_for, view)


def _own(author_id: int, comment_id: int, now: datetime) -> Comment:
    """Return the author's comment, or raise `Refused` where it can't be edited."""
    comment = Comment.objects.select_related("thread").filter(pk=comment_id, author_id=author_id).first()
    if comment is None:
        raise no_comment()
    if comment.state in {State.REMOVED, State.WITHDRAWN}:
        raise Refused(not_changed("deleted", _("The comment was deleted."), _("Post a new one instead.")))
    if refusal := refuse_to_take_part(author_id, comment.thread_id, comment.thread.edition_id, now):
        raise Refused(refusal)
    return comment


def _held_for(comment: Comment, author_id: int, outcome: str, now: datetime) -> str:
    """Return why the comment is held with its new text; never empty for one that was held."""
    if comment.held_for:
        return comment.held_for
    if comment.redactions:
        return HeldFor.MODERATOR
    mode = mode_of(comment.thread_id, now) or ModeNow()  # a withdrawn article has none
    author = author_of(author_id, mode.mode, now)
    assert author is not None  # noqa: S101 - its standing was asked
    return held_for(mode, author, outcome, now)

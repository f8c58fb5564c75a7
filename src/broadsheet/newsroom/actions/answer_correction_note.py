"""An editor answers what a reader held to be wrong in an article (DIS-09, ART-09)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.facts import announce
from broadsheet.newsroom.actions.corrections import add_correction
from broadsheet.newsroom.conf import LONGEST_ANSWER, NoteState
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import CorrectionNoteAnswered
from broadsheet.newsroom.models import ArticlePage, CorrectionNote


@transaction.atomic
def answer_correction_note(
    *, note_id: int, accepted: bool, answer: str, shown: bool = False, user: Any, now: datetime
) -> bool:
    """Accept the note, with `answer` as a dated correction under the article, or decline it with an answer.

    `shown` lets the answer to a declined note stand under the article, too. Return whether readers see the correction
    already: false where the article has changes that aren't published yet, with which it waits. `Refused` where the
    note was answered before, by whomever, and where nothing is said; then nothing changes.
    """
    answer, what = answer.strip(), _("The note was not answered.")
    if not answer or len(answer) > LONGEST_ANSWER:
        why = _("The answer is too long.") if answer else _("Nothing is said to the reader.")
        raise refuse("no-answer", what, why, _("Write what is right, in a few sentences."))
    note = CorrectionNote.objects.select_for_update().filter(pk=note_id).first()
    if note is None or note.state != NoteState.OPEN:
        raise refuse("answered", what, _("Somebody has answered it already."), _("Load the list again."))
    article = ArticlePage.objects.get(pk=note.article_id)
    public = False
    if accepted:
        public = not add_correction(article=article, text=answer, at=now, user=user).has_unpublished_changes
    note.state = NoteState.ACCEPTED if accepted else NoteState.DECLINED
    note.answered_at, note.answered_by, note.answer, note.shown = now, user, answer, shown and not accepted
    note.save(update_fields=["state", "answered_at", "answered_by", "answer", "shown"])
    announce(
        CorrectionNoteAnswered(
            note_id=note.pk, article_id=article.pk, edition_id=article.edition_id, accepted=accepted, shown=note.shown
        )
    )
    return public

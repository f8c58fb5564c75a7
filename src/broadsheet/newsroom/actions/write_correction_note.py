"""A reader says what is wrong in an article (DIS-09)."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.email import canonical
from broadsheet.kernel.facts import announce
from broadsheet.kernel.rates import Limit, take
from broadsheet.newsroom.conf import LONGEST_SENTENCE, LONGEST_WRONG
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import CorrectionNoteWritten
from broadsheet.newsroom.models import CorrectionNote
from broadsheet.newsroom.queries.discussed import discussed

NOTES = Limit("correction-notes", times=10, per=timedelta(hours=1))  # by one account
_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"  # none that is taken for another, and no vowel, so that no word is made


def write_correction_note(
    *, article_id: int, sentence: str, wrong: str, reader_id: int | None, email: str = "", now: datetime
) -> str:
    """Keep the note for the editors of the article, announce it, and return its number.

    `email` is where a visitor without account is told of the outcome, if anywhere. `Refused` where the article isn't
    public, nothing is said, it is too long, or the account wrote very many.
    """
    sentence, wrong = " ".join(sentence.split()), wrong.strip()
    what = _("Nothing was sent.")
    article = discussed(article_id)
    if article is None:
        raise refuse("no-article", what, _("The article is no longer public."), _("Write to the newsroom instead."))
    if not wrong:
        raise refuse("empty", what, _("It isn't said what is wrong."), _("Say it in a few words."))
    if len(sentence) > LONGEST_SENTENCE or len(wrong) > LONGEST_WRONG:
        raise refuse("too-long", what, _("That is too long."), _("Say the most important in fewer words."))
    with transaction.atomic():
        if reader_id is not None and take(NOTES, str(reader_id), now):
            raise refuse("too-often", what, _("You have sent very many notes lately."), _("Try again in an hour."))
        note = CorrectionNote.objects.create(
            number="C-" + "".join(secrets.choice(_SIGNS) for _place in range(10)),
            article_id=article_id,
            reader_id=reader_id,
            email=canonical(email) if reader_id is None else "",
            sentence=sentence,
            wrong=wrong,
            at=now,
        )
        announce(
            CorrectionNoteWritten(
                note_id=note.pk, article_id=article_id, edition_id=article.edition_id, section_id=article.section_id
            )
        )
    return note.number

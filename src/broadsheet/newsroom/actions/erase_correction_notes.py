"""Takes readers' words and addresses out of correction notes (GDPR art. 5, 17)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.personal_data import PORTION
from broadsheet.newsroom.conf import NOTE_ADDRESS_KEPT, NOTE_WORDS_KEPT, NoteState
from broadsheet.newsroom.models import CorrectionNote


@transaction.atomic
def erase_correction_notes(*, reader_id: int) -> int:
    """Let a portion of the reader's notes be nobody's, without the reader's words; return how many those were.

    The words of a note that waits stay, for the editors: what they say is about the article.
    """
    numbers = list(
        CorrectionNote.objects.filter(reader_id=reader_id).order_by("pk").values_list("pk", flat=True)[:PORTION]
    )
    chosen = CorrectionNote.objects.filter(pk__in=numbers)
    chosen.exclude(state=NoteState.OPEN).update(wrong="")
    chosen.update(reader=None)
    return len(numbers)


def purge_correction_notes(*, now: datetime) -> int:
    """Erase addresses some days after the answer, and readers' words some months after it; return how many notes."""
    answered = CorrectionNote.objects.exclude(state=NoteState.OPEN)
    addresses = answered.filter(answered_at__lte=now - NOTE_ADDRESS_KEPT).exclude(email="").update(email="")
    return addresses + answered.filter(answered_at__lte=now - NOTE_WORDS_KEPT).exclude(wrong="").update(wrong="")

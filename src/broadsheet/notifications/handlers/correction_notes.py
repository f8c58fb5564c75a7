"""Tells editors of correction notes, and readers of the answers (DIS-09)."""

from broadsheet.kernel.facts import handles
from broadsheet.newsroom.facts import CorrectionNoteAnswered, CorrectionNoteWritten
from broadsheet.notifications.actions.tell_of_note import tell_editors, tell_reader


@handles(CorrectionNoteWritten)
def tell_of_a_note(happened: CorrectionNoteWritten) -> None:
    """Tell the article's editors."""
    tell_editors(note_id=happened.note_id)


@handles(CorrectionNoteAnswered)
def tell_of_the_answer(happened: CorrectionNoteAnswered) -> None:
    """Tell the reader."""
    tell_reader(note_id=happened.note_id)

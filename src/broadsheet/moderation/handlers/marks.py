"""Recognises who comes back in another account."""

from broadsheet.kernel import clock
from broadsheet.kernel.facts import handles
from broadsheet.moderation.actions.carry_over import carry_over
from broadsheet.moderation.actions.keep_marks import keep_marks
from broadsheet.readers.facts import MarksChanged


@handles(MarksChanged)
def recognise(happened: MarksChanged) -> None:
    """Let sanctions of the person's other accounts hold in this one, and keep by what this one is recognised."""
    carry_over(reader_id=happened.reader_id, now=clock.now())
    keep_marks(reader_id=happened.reader_id)

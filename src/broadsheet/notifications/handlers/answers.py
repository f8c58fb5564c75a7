"""Tells those who wrote to the moderators or reported a comment that it arrived, and what came of it (MOD-05, DIS-05)."""

from broadsheet.kernel.facts import handles
from broadsheet.moderation.facts import LetterAnswered, LetterArrived, ReportAnswered
from broadsheet.notifications.actions.answer_mails import tell_letter, tell_report


@handles(LetterArrived)
def arrived(happened: LetterArrived) -> None:
    """Say by when it is answered."""
    tell_letter(letter_id=happened.letter_id, answered=False)


@handles(LetterAnswered)
def answered(happened: LetterAnswered) -> None:
    """Say the answer and its reason."""
    tell_letter(letter_id=happened.letter_id, answered=True)


@handles(ReportAnswered)
def looked_at(happened: ReportAnswered) -> None:
    """Say what was decided."""
    tell_report(report_id=happened.report_id)

"""Keeps the public's figures of what is erased later: letters and annulments (MOD-11)."""

from broadsheet.kernel.facts import handles
from broadsheet.moderation.actions.keep_tally import tally_annulments, tally_letter
from broadsheet.moderation.facts import LetterAnswered, LetterArrived, SanctionAnnulled


@handles(LetterArrived, LetterAnswered)
def keep_letter(happened: LetterArrived | LetterAnswered) -> None:
    """Tally the letter as it stands."""
    tally_letter(letter_id=happened.letter_id)


@handles(SanctionAnnulled)
def keep_annulment(happened: SanctionAnnulled) -> None:
    """Tally the annulment, once for all accounts of the person."""
    tally_annulments(sanction_id=happened.sanction_id)

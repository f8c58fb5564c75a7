"""Tells readers what was decided about them, and what became of it (NOT-02, NOT-03, MOD-03, MOD-07)."""

from broadsheet.kernel.facts import handles
from broadsheet.moderation.facts import (
    DecisionMade,
    DecisionUndone,
    SanctionAnnulled,
    SanctionExpired,
    SanctionRestored,
)
from broadsheet.notifications.actions.decision_mails import tell_decision, tell_undone
from broadsheet.notifications.actions.sanction_mails import tell_sanction


@handles(DecisionMade)
def made(happened: DecisionMade) -> None:
    """Send the statement of reasons."""
    if happened.restricts:
        tell_decision(decision_id=happened.decision_id, reader_id=happened.reader_id)


@handles(DecisionUndone)
def undone(happened: DecisionUndone) -> None:
    """Say that it was wrong."""
    tell_undone(decision_id=happened.decision_id, reader_id=happened.reader_id)


@handles(SanctionExpired)
def expired(happened: SanctionExpired) -> None:
    """Say that the block is over."""
    tell_sanction(sanction_id=happened.sanction_id, reader_id=happened.reader_id, what="expired")


@handles(SanctionRestored)
def restored(happened: SanctionRestored) -> None:
    """Say that the reader takes part again."""
    tell_sanction(sanction_id=happened.sanction_id, reader_id=happened.reader_id, what="restored")


@handles(SanctionAnnulled)
def annulled(happened: SanctionAnnulled) -> None:
    """Say that it was wrong, and counts no more."""
    tell_sanction(sanction_id=happened.sanction_id, reader_id=happened.reader_id, what="annulled")

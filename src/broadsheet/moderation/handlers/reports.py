"""Lets who reported a comment gain nothing by a decision that was found wrong (DIS-05, MOD-07)."""

from broadsheet.discussion.actions.settle_reports import turn_reports
from broadsheet.kernel import clock
from broadsheet.kernel.facts import handles
from broadsheet.moderation.facts import DecisionUndone
from broadsheet.moderation.queries.decisions import decision


@handles(DecisionUndone)
def turn(happened: DecisionUndone) -> None:
    """Let the reports that the decision answered stand rejected."""
    undone = decision(happened.decision_id) if happened.comment_id else None
    if undone is not None:
        turn_reports(comment_id=happened.comment_id, answered_at=undone.at, now=clock.now())

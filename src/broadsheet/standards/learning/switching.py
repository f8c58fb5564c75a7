"""Switching a head on: after a back-test that it did not worsen, or by a named person who says why nevertheless."""

from dataclasses import replace
from datetime import datetime

from broadsheet.standards.learning.backtest import Backtest
from broadsheet.standards.learning.refusals import LearningError, Refusal
from broadsheet.standards.model.learned import LearnedHead, SwitchedOn

JUDGED, REMOVED = 30, 5  # a back-test of fewer comments, or fewer that people removed, says too little
OVERRIDE = "Name who switches it on nevertheless, and why."


def may_switch_on(backtest: Backtest) -> Refusal | None:
    """Return why the change must not be switched on without a named override; None where nothing speaks against it."""
    compared = backtest.compared
    removed = sum(bool(one.decided) for one in compared)
    if len(compared) < JUDGED or removed < REMOVED:
        return Refusal(
            "too-few",
            f"The back-test judged {len(compared)} comments, {removed} of them removed by people; "
            f"it takes {JUDGED} and {REMOVED} to say anything.",
            f"Decide more first. {OVERRIDE}",
        )
    failed_before = sum(one.before.outcome == "not_scored" for one in compared)
    failed_after = sum(one.after.outcome == "not_scored" for one in compared)
    if failed_after > failed_before:
        return Refusal("fails", f"{failed_after} comments could not be scored, before {failed_before}.", OVERRIDE)
    for clause in (None, *backtest.clauses):
        before, after = backtest.tally("before", clause), backtest.tally("after", clause)
        if after.wrong > before.wrong:
            gained, lost, _ = backtest.exchange(clause)
            return Refusal(
                "worse",
                f"{'The outcome' if clause is None else clause} would disagree with people {after.wrong} times, before "
                f"{before.wrong}: {lost} comments become wrong, {gained} right.",
                f"Learn from more decisions or raise the threshold. {OVERRIDE}",
            )
    return None


def switch_on(
    head: LearnedHead, backtest: Backtest, *, at: datetime, override_by: str = "", reason: str = ""
) -> LearnedHead:
    """Return the head switched on, with what its back-test said. Raises `LearningError` where that is refused.

    With `override_by` (a name) and `reason`, it is switched on against the back-test; both are kept in the head, and what
    the back-test said against it. A back-test of another head is refused always.
    """
    if backtest.heads.get(head.clause) != head.identity:
        raise LearningError("another-head", f"The back-test is not one of this head of {head.clause}.")
    by, reason = override_by.strip(), reason.strip()
    if bool(by) != bool(reason):
        raise LearningError("override", "An override needs both a name and a reason.")
    refusal = may_switch_on(backtest)
    if refusal and not by:
        raise LearningError(refusal.code, refusal.what, refusal.remedy)
    return replace(
        head,
        switched_on=SwitchedOn(
            by=by if refusal else "",
            at=at,
            judged=len(backtest.compared),
            wrong_before=backtest.tally("before", head.clause).wrong,
            wrong_after=backtest.tally("after", head.clause).wrong,
            reason=reason if refusal else "",
            overridden=refusal.code if refusal else "",
        ),
    )

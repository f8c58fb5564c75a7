"""Carries on trials in portions that survive a kill: each comment judged by both rulebooks, outside of transactions (STD-06)."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from broadsheet.discussion.queries.judging import loaded_senses
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.learn_head import learn_head
from broadsheet.moderation.conf import TRIED_DECISIONS, TrialKind, TrialState
from broadsheet.moderation.models import DecisionRow, Trial, TrialRow
from broadsheet.moderation.queries.known_decisions import known_numbers, known_of
from broadsheet.moderation.rules.trial_answers import answer_of
from broadsheet.newsroom.queries.rulebook_drafts import backtested
from broadsheet.newsroom.queries.rulebook_versions import as_version, seal_of
from broadsheet.standards.learning.backtest import Backtest, Compared, Side
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.senses import Senses

PORTION = 100  # comments judged before what was found is written: half a second, lost where a process is killed
log = logging.getLogger("broadsheet.trials")


class _GivenUpError(Exception):
    """The trial can't go on; its argument is the code that says why."""


def carry_on_trials(
    *, now: Callable[[], datetime], seconds: float = 5.0, pause: Callable[[float], Any] | None = None
) -> int:
    """Go on with the open trials for about so many seconds, the oldest first; return how many are open still.

    `pause` is called with the seconds that each portion took, so that a serving process can serve meanwhile. Called twice
    at a time it does some work twice, and the answer is the same.
    """
    until = time.monotonic() + seconds
    for number in list(Trial.objects.filter(state=TrialState.OPEN).order_by("pk").values_list("pk", flat=True)):
        while time.monotonic() < until:
            began = time.monotonic()
            if not _step(number, now()):
                break
            if pause is not None:
                pause(time.monotonic() - began)
    return Trial.objects.filter(state=TrialState.OPEN).count()


def _step(number: int, now: datetime) -> bool:
    """Do a portion of the trial; return whether there is more."""
    trial = Trial.objects.filter(pk=number, state=TrialState.OPEN).first()
    if trial is None:
        return False
    try:
        senses = loaded_senses()
        if senses is None:
            raise _GivenUpError("no-judge")
        if trial.kind == TrialKind.LEARN:
            found = learn_head(trial=trial, senses=senses, now=now)
            _end(trial, TrialState.DONE, now, result=found)
            return False
        if trial.total is None:
            _lay_out(trial)
            return True
        return _judge_portion(trial, senses, now)
    except LearningError as error:
        _end(trial, TrialState.FAILED, now, why=error.refusal.code)
    except Refused as refused:
        _end(trial, TrialState.FAILED, now, why=refused.refusal.code)
    except _GivenUpError as error:
        _end(trial, TrialState.FAILED, now, why=str(error))
    except Exception as error:  # noqa: BLE001 - a trial that fails must not be begun again and again
        log.error("The trial %s failed with %s.", trial.pk, type(error).__name__)  # its message may hold a text
        _end(trial, TrialState.FAILED, now, why="failed")
    return False


def _lay_out(trial: Trial) -> None:
    """Write a row for each decision that is judged, the newest where there are too many."""
    numbers = known_numbers(trial.edition_id, trial.since, trial.made_at + timedelta(seconds=1))
    chosen = numbers[-TRIED_DECISIONS:]
    with transaction.atomic():
        own = Trial.objects.select_for_update().filter(pk=trial.pk, state=TrialState.OPEN, total=None)
        if own.first() is None:
            return
        TrialRow.objects.bulk_create([TrialRow(trial_id=trial.pk, decision_id=one) for one in chosen], batch_size=1000)
        left_out = {"older": len(numbers) - len(chosen)}
        Trial.objects.filter(pk=trial.pk).update(total=len(chosen), left_out=left_out)


def _judge_portion(trial: Trial, senses: Senses, now: datetime) -> bool:
    rows = list(TrialRow.objects.filter(trial_id=trial.pk, judged=False).order_by("pk")[:PORTION])
    version = as_version(trial.edition_id, trial.number, trial.changes, trial.heads)
    if seal_of(version) != trial.seal:
        raise _GivenUpError("rulebook-moved-on")
    if not rows:
        _conclude(trial, now)
        return False
    decisions = known_of([row.decision_id for row in rows])
    found = backtested(version, decisions, senses, now.date())
    _write_portion(trial, rows, found, len(rows) - len(decisions))
    return True


@transaction.atomic
def _write_portion(trial: Trial, rows: list[TrialRow], found: Backtest, gone: int) -> None:
    """Write what was found, unless the trial has ended, or another process has written the same meanwhile."""
    stored = Trial.objects.select_for_update().filter(pk=trial.pk, state=TrialState.OPEN).first()
    numbers = [row.pk for row in rows]
    left = TrialRow.objects.filter(trial_id=trial.pk, pk__in=numbers, judged=False)
    if stored is None or left.count() != len(numbers):
        return
    left.delete()
    about = DecisionRow.objects.filter(pk__in=[row.decision_id for row in rows]).values_list("comment_id", "pk")
    decisions = {str(comment): number for comment, number in about}
    TrialRow.objects.bulk_create(
        [
            TrialRow(
                trial_id=trial.pk, decision_id=decisions[one.id], comment_id=int(one.id), at=one.at,
                decided=sorted(one.decided), before=_plain(one.before), after=_plain(one.after), judged=True,
            )
            for one in found.compared
        ]
    )  # fmt: skip
    stored.done += len(rows)
    for name, more in (("too_early", found.too_early), ("without_text", found.without_text), ("gone", gone)):
        stored.left_out[name] = stored.left_out.get(name, 0) + more
    stored.save(update_fields=["done", "left_out"])


def _conclude(trial: Trial, now: datetime) -> None:
    rows = TrialRow.objects.filter(trial_id=trial.pk, judged=True).order_by("at", "pk")
    compared = tuple(
        Compared(str(row.comment_id), row.at, frozenset(row.decided), _side(row.before), _side(row.after))
        for row in rows.iterator()
        if row.at is not None
    )
    left_out = trial.left_out
    found = Backtest(compared, left_out.get("too_early", 0), left_out.get("without_text", 0))
    _end(trial, TrialState.DONE, now, result=answer_of(found))


@transaction.atomic
def _end(
    trial: Trial, state: TrialState, now: datetime, *, result: dict[str, Any] | None = None, why: str = ""
) -> None:
    own = Trial.objects.filter(pk=trial.pk, state=TrialState.OPEN)
    values: dict[str, Any] = {"state": state, "ended_at": now, "why": why[:40], "result": result or {}}
    if own.update(**values):
        TrialRow.objects.filter(trial_id=trial.pk).delete()


def _plain(side: Side) -> list[Any]:
    return [side.outcome, sorted(side.clauses), {code: round(score, 4) for code, score in side.scores.items()}]


def _side(plain: Any) -> Side:
    outcome, clauses, scores = plain
    return Side(outcome, frozenset(clauses), scores)

"""Orders a trial of an edition's draft, and takes the order back (STD-05, STD-06)."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.conf import LEARNED_FROM, TRIAL_DAYS, TrialKind, TrialState
from broadsheet.moderation.models import Trial, TrialRow
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.rulebook_drafts import composed
from broadsheet.newsroom.queries.rulebook_versions import rulebook_in, seal_of

KEPT = 20  # ended trials of an edition


def order_trial(*, edition_id: int, days: int, by_id: int, now: datetime) -> int:
    """Order that the draft, else the version in shadow mode, is tried on decisions of the last days; return the number."""
    if days not in TRIAL_DAYS:
        raise _refused("bad-days", _("So many days can't be chosen."))
    return _ordered(edition_id, TrialKind.BACKTEST, days, by_id=by_id, now=now)


def order_learning(*, edition_id: int, clause: str, by_id: int, now: datetime) -> int:
    """Order that a head of the clause is learned from decisions, tried on later ones and put into the draft."""
    draft = rulebook_in(edition_id, RulebookState.DRAFT)
    if draft is None or clause not in composed(draft, now.date()).kept.rulebook.clauses:
        raise _refused("no-draft", _("There is no draft with such a clause."))
    return _ordered(edition_id, TrialKind.LEARN, LEARNED_FROM.days, by_id=by_id, now=now, clause=clause)


@transaction.atomic
def cancel_trial(*, trial_id: int, edition_id: int, now: datetime) -> bool:
    """End the trial without an answer; return whether it was at work."""
    rows = Trial.objects.filter(pk=trial_id, edition_id=edition_id, state=TrialState.OPEN)
    ended = bool(rows.update(state=TrialState.CANCELLED, ended_at=now))
    if ended:
        TrialRow.objects.filter(trial_id=trial_id).delete()
    return ended


def _ordered(edition_id: int, kind: TrialKind, days: int, *, by_id: int, now: datetime, clause: str = "") -> int:
    version = rulebook_in(edition_id, RulebookState.DRAFT) or rulebook_in(edition_id, RulebookState.SHADOW)
    if version is None:
        raise _refused("no-draft", _("There is no draft to try."))
    composed(version, now.date())  # refused here rather than in the background
    try:
        with transaction.atomic():
            row = Trial.objects.create(
                kind=kind, edition_id=edition_id, number=version.number, seal=seal_of(version), changes=version.changes,
                heads=version.heads, clause=clause, since=now - timedelta(days=days), days=days, made_by_id=by_id,
                made_at=now,
            )  # fmt: skip
            _forget_old(edition_id)
    except IntegrityError as error:
        raise _refused("trial-open", _("A trial is at work already. Wait for its answer, or cancel it.")) from error
    return row.pk


def _forget_old(edition_id: int) -> None:
    rows = Trial.objects.filter(edition_id=edition_id).exclude(state=TrialState.OPEN).order_by("-pk")
    Trial.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[KEPT:])).delete()


def _refused(code: str, why: str) -> Refused:
    return Refused(Refusal(code, _("No trial was begun."), why))

"""Learns a clause's head from what people decided, tries it on later decisions, and puts it into the draft (STD-05)."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from broadsheet.moderation.conf import TRIED_DECISIONS
from broadsheet.moderation.models import Trial
from broadsheet.moderation.queries.known_decisions import CHUNK, known_numbers, known_of
from broadsheet.moderation.rules.trial_answers import answer_of
from broadsheet.newsroom.actions.draft_rulebook import update_rulebook_draft
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.rulebook_drafts import Composed, composed
from broadsheet.newsroom.queries.rulebook_versions import as_version, rulebook_in
from broadsheet.standards.learning.backtest import Backtest, backtest
from broadsheet.standards.learning.decisions import Decision as Known
from broadsheet.standards.learning.learn import Start, learn, start_of
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.learning.switching import may_switch_on, switch_on
from broadsheet.standards.learning.trial import with_head
from broadsheet.standards.learning.walking import walk_forward
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.model.learned import LearnedHead, SwitchedOn, written
from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission

EVER = datetime(1970, 1, 1, tzinfo=UTC)  # examples of a clause are no decision of any day: all decisions came later


def learn_head(*, trial: Trial, senses: Senses, now: datetime) -> dict[str, Any]:
    """Learn, try, and put the head into the draft: switched on where nothing speaks against it. Return the answer.

    Raises `LearningError` where there is too little to learn from, or no draft any more; nothing is changed then.
    """
    found = composed(as_version(trial.edition_id, trial.number, trial.changes, trial.heads), now.date())
    head, result = _learned(trial, found, senses, now)
    if may_switch_on(result) is None:
        head = switch_on(head, result, at=now.replace(microsecond=0))
    _into_draft(trial, head)
    return {
        **answer_of(result),
        "identity": head.identity,
        "version": head.version,
        "switched_on": head.switched_on is not None,
        "counts": asdict(head.counts),
        "quality": asdict(head.quality),
        "wrong": {side: result.tally(side, head.clause).wrong for side in ("before", "after")},
    }


def _learned(trial: Trial, found: Composed, senses: Senses, now: datetime) -> tuple[LearnedHead, Backtest]:
    if not isinstance(senses.encoder, Encoder):
        raise LearningError("no-model", "Learned heads stand on the model, and it could not be loaded.")
    code = trial.clause
    live = senses.with_heads(found.live.heads) if found.live.heads else senses
    version = next((one.version for one in found.live.heads if one.clause == code), 0) + 1
    decisions = _decisions(trial)
    start, own = _start(found, code)
    try:
        head = learn(decisions, code, senses.encoder, start=start, made=now.date(), version=version)
    except LearningError as error:
        if error.refusal.code not in {"too-few", "one-kind"} or not own:
            raise
    else:
        return head, walk_forward(head, decisions, found.live.judged, live, start.examples)
    head = learn(own, code, senses.encoder, start=Start(threshold=start.threshold), made=now.date(), version=version)
    others = [one for one in found.live.heads if one.clause != code]
    tried = senses.with_heads([*others, head], trial=True)
    return head, backtest(decisions, found.live.judged, live, with_head(found.live.judged, head), tried)


def _decisions(trial: Trial) -> list[Known]:
    numbers = known_numbers(trial.edition_id, trial.since, trial.made_at)[-TRIED_DECISIONS:]
    return [one for at in range(0, len(numbers), CHUNK) for one in known_of(numbers[at : at + CHUNK])]


def _start(found: Composed, code: str) -> tuple[Start, list[Known]]:
    """Return what the head begins with, and a clause's own examples as what the chief who wrote them decided.

    Examples of shipped clauses are what the judge is measured on: nothing is learned from them.
    """
    clause = found.kept.rulebook.clauses.get(code)
    start = start_of(clause)
    if clause is None or code in load().clauses or start.base:
        return start, []
    texts = [
        (example.text, breaks)
        for given, breaks in ((clause.permitted, False), (clause.forbidden, True))
        for example in given.get("en", ())
        if example.text
    ]
    return Start(start.base, start.threshold, tuple(texts)), _as_decisions(texts, code)


def _as_decisions(texts: Sequence[tuple[str, bool]], code: str) -> list[Known]:
    return [
        Known(f"example-{at}", EVER, frozenset({code} if breaks else ()), "chief", Submission(text, language="en"))
        for at, (text, breaks) in enumerate(texts)
    ]


@transaction.atomic
def _into_draft(trial: Trial, head: LearnedHead) -> None:
    draft = rulebook_in(trial.edition_id, RulebookState.DRAFT)
    there = draft is not None and draft.number == trial.number
    if draft is None or not there or head.clause not in composed(draft, head.made).kept.rulebook.clauses:
        raise LearningError("draft-gone", "There is no draft any more with this clause.")
    heads = {**draft.heads, head.clause: written(head)}
    update_rulebook_draft(draft=draft, changes=draft.changes, heads=heads, why=draft.why)


def overridden(head: LearnedHead, result: dict[str, Any], *, by: str, reason: str, at: datetime) -> LearnedHead:
    """Return the head switched on against what its trial said, with who wanted it and why kept in it."""
    wrong = result["wrong"]
    return replace(
        head,
        switched_on=SwitchedOn(
            by=by, at=at.replace(microsecond=0), judged=result["judged"], wrong_before=wrong["before"],
            wrong_after=wrong["after"], reason=reason, overridden=result.get("refusal", ""),
        ),
    )  # fmt: skip

"""Lets the queue have what a comment asks for as it stands now, whatever happened to it and in whichever order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.discussion.queries.comment_facts import CommentFacts, comment_facts
from broadsheet.discussion.queries.reports import ReportView, pressure_on, reports_about
from broadsheet.kernel.prepared import Prepared
from broadsheet.moderation.actions.answer_reports import answer_reports
from broadsheet.moderation.actions.close_case import drop_case
from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.conf import CaseKind, CaseState
from broadsheet.moderation.models import Case
from broadsheet.moderation.queries.case_decisions import is_decided
from broadsheet.moderation.rules.priority import IN_DANGER, NOTICE, WAITING, harm_of, uncertainty
from broadsheet.newsroom.queries.rulebooks import rulebook_of
from broadsheet.standards.rulebook import Priority

GONE = {"withdrawn": "withdrawn", "removed": "removed"}
_OPEN = Prepared(lambda number: Case.objects.filter(comment_id=number, state=CaseState.OPEN).values_list("pk", "kind"))
_NOTICED = ("hold", "flag", "warn", "slow")


@transaction.atomic
def keep_case(*, comment_id: int, now: datetime) -> int | None:
    """Let there be a case of the comment where it is held, noticed or reported, and none where it needs nobody any more.

    Return the case, None where there is none. Repeated, it changes nothing.
    """
    facts = comment_facts(comment_id)
    gone = "erased" if facts is None or not facts.comment.text else GONE.get(facts.comment.state, "")
    if facts is None or gone:
        _drop(comment_id, gone, now)
        return None
    comment = facts.comment
    waiting = [one for one in reports_about(comment_id) if one.state == "open"]
    notices = [one for one in waiting if one.illegal]
    harm, uncertain, reasons = _reported(comment_id, comment.edition_id, waiting)
    held = comment.state == "held"
    if held:
        kind = CaseKind.HELD
        reasons.insert(0, {"code": comment.held_for})
    elif reasons:
        kind = CaseKind.REPORTED
    else:
        kind = CaseKind.FLAGGED
    found = _found(facts)
    if not held and not reasons and (not found or is_decided(comment_id, comment.version)):
        _drop(comment_id, "shown", now, kinds=(CaseKind.HELD, CaseKind.FLAGGED, CaseKind.REPORTED))
        return None
    for code, score in found:
        worth = _harm(comment.edition_id, code) * score
        if worth > harm:
            harm, uncertain = worth, uncertainty(score)
        detector = next(one.detector for one in facts.findings if one.clause == code)
        reasons.append({"code": "finding", "clause": code, "score": round(score, 3), "detector": detector})
    if facts.judgement is not None and facts.judgement.care:
        reasons.insert(0, {"code": "care"})
        harm, uncertain = IN_DANGER, uncertainty(0.5)
    return open_case(
        kind=CaseKind.NOTICE if notices else kind, subject_id=comment_id, comment_id=comment_id,
        thread_id=comment.thread_id, edition_id=comment.edition_id, section_id=comment.section_id,
        reader_id=comment.author_id, harm=max(harm, WAITING if held else 1.0), uncertain=uncertain, reasons=reasons,
        hidden=held, language=comment.language, now=now,
    )  # fmt: skip


def _found(facts: CommentFacts) -> list[tuple[str, float]]:
    """Return the clauses that the judge saw in the present text with the highest score of each."""
    best: dict[str, float] = {}
    for one in facts.findings:
        if one.handling in _NOTICED:
            best[one.clause] = max(best.get(one.clause, 0.0), one.score)
    return sorted(best.items())


def _reported(
    comment_id: int, edition_id: int, waiting: Sequence[ReportView]
) -> tuple[float, float, list[dict[str, Any]]]:
    """Return what the open reports come to: expected harm, how uncertain it is, and the reasons."""
    if not waiting:
        return 0.0, 1.0, []
    pressure = pressure_on(comment_id)
    sure = pressure / (1.0 + pressure)  # what readers say is never proof, and many say more than one
    worst = max(_harm(edition_id, one.clause) for one in waiting)
    reasons: list[dict[str, Any]] = []
    for code in dict.fromkeys(one.clause for one in waiting if not one.illegal):
        own = [one for one in waiting if one.clause == code and not one.illegal]
        reasons.append({"code": "report", "clause": code, "number": len(own)})
    reasons.extend({"code": "notice", "clause": one.clause, "report": one.id} for one in waiting if one.illegal)
    times = NOTICE if any(one.illegal for one in waiting) else 1.0
    return worst * max(sure, 0.1) * times, uncertainty(sure), reasons


def _harm(edition_id: int, code: str) -> float:
    clause = rulebook_of(edition_id).rulebook.clauses.get(code)
    return harm_of(code, top=clause is not None and clause.priority == Priority.TOP)


def _drop(comment_id: int, outcome: str, now: datetime, kinds: Sequence[str] = ()) -> None:
    """Let the comment's open case need nobody; whoever reported what its author deleted is told that it is gone.

    A notice of illegal content is answered by a person, also when the comment is gone (DSA art. 16(5)).
    """
    for number, kind in _OPEN(comment_id):
        if kind == CaseKind.NOTICE or (kinds and kind not in kinds):
            continue
        drop_case(case_id=number, outcome=outcome, now=now)
        if outcome != "shown":
            answer_reports(comment_id=comment_id, upheld=outcome == "removed", now=now, learn=False)

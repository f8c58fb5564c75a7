"""What the judge says of a text, and how its author is told."""

import logging
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from broadsheet.discussion.engines.judges import Judged, judge_comment, rulebook_of, senses
from broadsheet.discussion.errors import FindingView, VerdictView
from broadsheet.discussion.models import Comment, FindingRow, Judgement
from broadsheet.discussion.queries.submissions import submission_for
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.standards.rulebook import Clause
from broadsheet.standards.verdict import Finding, Handling, Outcome, Verdict

log = logging.getLogger("broadsheet.judging")
TOLD = ("warn", "hold")  # the handlings of which an author hears; what is only flagged is for moderators


def judged_text(
    *,
    author_id: int,
    article_id: int,
    edition_id: int,
    parent_id: int | None,
    text: str,
    now: datetime,
    comment_id: int | None = None,
) -> Judged:
    """Return what the judge says of the text there; whatever fails makes it not scored, so that a person reads it.

    `comment_id` is the comment's own where it is edited: what it said before doesn't make the new text a repetition.
    Never inside a transaction: it takes milliseconds, and a model may have to be loaded first.
    """
    try:
        submission = submission_for(
            author_id, article_id, parent_id, text, now, edition_id=edition_id, comment_id=comment_id
        )
        return judge_comment(submission, edition_id)
    except Exception as error:  # noqa: BLE001 - fail closed, whatever it is (STD-02)
        log.error("a comment could not be judged: %s", type(error).__name__)  # a traceback may hold its text
        return Judged(Verdict("not_scored", not_scored=("judge",)), 0, 0.0)


def ready_judge() -> bool:
    """Load what the judge needs, however long that takes; return whether it is there."""
    try:
        senses()
    except Exception as error:  # noqa: BLE001 - what is missing is said by the judge, whose comments wait for a person
        log.error("the judge is not ready: %s", type(error).__name__)
        return False
    return True


def verdict_view(verdict: Verdict, edition_id: int, text: str) -> VerdictView:
    """Return the verdict as the author is told it, in the edition's language: one finding a clause, the severest."""
    told: dict[str, Finding] = {}
    for finding in verdict.findings:
        if finding.handling in TOLD and (finding.clause not in told or finding.handling == "hold"):
            told[finding.clause] = finding
    clauses = rulebook_of(edition_id).clauses if told else {}
    language = edition_by_id(edition_id).language
    findings = tuple(_finding(finding, clauses.get(code), language) for code, finding in told.items())
    return VerdictView(verdict.outcome, verdict.care, findings, text)


def verdict_of(comment_id: int) -> VerdictView | None:
    """Return what the judge said of the comment's present text, for its author; None where it was never judged."""
    row = Comment.objects.filter(pk=comment_id).values_list("version", "text", "thread__edition_id").first()
    if row is None:
        return None
    version, text, edition_id = row
    said = Judgement.objects.filter(comment_id=comment_id, version=version).values_list("outcome", "care").first()
    if said is None:
        return None
    findings = tuple(
        Finding(
            found.clause, cast("Handling", found.handling), found.detector, found.detector_version, found.score,
            tuple((start, end) for start, end in found.spans), tuple(found.words),
        )
        for found in FindingRow.objects.filter(comment_id=comment_id, version=version).order_by("pk")
    )  # fmt: skip
    return verdict_view(Verdict(cast("Outcome", said[0]), findings, care=said[1]), edition_id, text)


def _finding(finding: Finding, clause: Clause | None, language: str) -> FindingView:
    waits = finding.handling == "hold"
    title = _title(clause, language) or finding.clause
    if finding.words and waits:
        sentence = _("The marked words may go against “%(clause)s”: a person would look at them first.")
    elif finding.words:
        sentence = _("Please look at the marked words once more: “%(clause)s”.")
    elif waits:
        sentence = _("This may go against “%(clause)s”: a person would look at it first.")
    else:
        sentence = _("Please look at your text once more: “%(clause)s”.")
    return FindingView(
        finding.clause, title, sentence % {"clause": title}, finding.spans, finding.words, may_insist=True, waits=waits,
        care=clause is not None and clause.care,
    )  # fmt: skip


def _title(clause: Clause | None, language: str) -> str:
    if clause is None:
        return ""
    return clause.title.get(language) or clause.title.get(language.partition("-")[0]) or clause.title.get("en", "")

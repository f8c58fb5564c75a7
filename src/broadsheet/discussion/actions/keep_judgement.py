"""Keeps what the judge said of one text of a comment."""

from datetime import datetime

from broadsheet.discussion.actions.keep_fingerprint import keep_fingerprint
from broadsheet.discussion.engines.judges import Judged
from broadsheet.discussion.models import Comment, FindingRow, Judgement
from broadsheet.kernel.inserting import insert, insert_all


def keep_judgement(comment: Comment, judged: Judged, now: datetime) -> tuple[str, ...]:
    """Store verdict, findings and fingerprint of the comment's present text; return the clauses found.

    Called in the transaction that writes the text.
    """
    verdict = judged.verdict
    insert(
        Judgement(
            comment=comment,
            version=comment.version,
            at=now,
            rulebook_version=judged.rulebook_number,
            outcome=verdict.outcome,
            care=verdict.care,
            scores=dict(verdict.scores),
            attributes=dict(verdict.attributes),
            not_covered=list(verdict.not_covered),
            not_scored=list(verdict.not_scored),
            milliseconds=round(judged.milliseconds, 2),
            embedding=judged.embedding,
        )
    )
    insert_all(
        [
            FindingRow(
                comment=comment,
                version=comment.version,
                clause=finding.clause,
                handling=finding.handling,
                detector=finding.detector,
                detector_version=finding.version,
                score=finding.score,
                spans=[list(span) for span in finding.spans],
                words=list(finding.words),
            )
            for finding in verdict.findings
        ]
    )
    keep_fingerprint(
        comment_id=comment.pk,
        edition_id=comment.thread.edition_id,
        judged=judged,
        at=now,
        is_edited=comment.version > 1,
    )
    return tuple(dict.fromkeys(finding.clause for finding in verdict.findings))

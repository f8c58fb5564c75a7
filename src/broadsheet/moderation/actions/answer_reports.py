"""Answers those who reported a comment, in the transaction in which somebody decided about it (DIS-05)."""

from datetime import datetime

from broadsheet.discussion.actions.settle_reports import settle_reports
from broadsheet.discussion.queries.reports import report
from broadsheet.kernel.facts import announce
from broadsheet.moderation.facts import ReportAnswered
from broadsheet.newsroom.queries.editions import edition_by_id


def answer_reports(*, comment_id: int, upheld: bool, now: datetime, learn: bool = True) -> int:
    """Let the open reports of the comment be answered and whoever filed them be told; return how many those were.

    `learn` is false where nobody decided, as when the author deleted the comment.
    """
    numbers = settle_reports(comment_id=comment_id, upheld=upheld, now=now, learn=learn)
    for number in numbers:
        filed = report(number)
        if filed is not None:
            edition = edition_by_id(filed.edition_id).code
            announce(ReportAnswered(report_id=number, comment_id=comment_id, edition=edition, upheld=upheld))
    return len(numbers)

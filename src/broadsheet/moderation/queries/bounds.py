"""What of the desk somebody who moderates may look at and decide about (MOD-12)."""

from broadsheet.discussion.queries.comment_facts import CommentRow, comment_row
from broadsheet.moderation.models import Annulment, Sanction
from broadsheet.moderation.queries.cases import CaseView, case
from broadsheet.moderation.queries.decisions import DecisionView, decision
from broadsheet.moderation.queries.roles import Scope, everybody
from broadsheet.newsroom.queries.editions import edition_by_code


def case_for(scope: Scope, case_id: int) -> CaseView | None:
    """Return the case; None where there is none, where it is out of bounds, and where it is about whoever asks."""
    found = case(case_id)
    if found is None or not scope.covers(found.edition_id, found.section_id):
        return None
    if (found.chiefs_only and not scope.is_chief) or found.reader_id == scope.reader_id:
        return None
    return found


def comment_for(scope: Scope, comment_id: int) -> CommentRow | None:
    """Return the comment; None where there is none, it is out of bounds, or the own."""
    row = comment_row(comment_id)
    if row is None or row.author_id == scope.reader_id or not scope.covers(row.edition_id, row.section_id):
        return None
    return row


def decision_for(scope: Scope, decision_id: int) -> DecisionView | None:
    """Return the decision; None where there is none or it was made out of bounds."""
    found = decision(decision_id)
    return found if found is not None and covers_decision(scope, found) else None


def covers_decision(scope: Scope, found: DecisionView) -> bool:
    """Return whether the decision is in bounds: by its edition, and by the section of its comment."""
    edition = edition_by_code(found.edition)
    comment = comment_row(found.comment_id) if found.comment_id is not None and not scope.everywhere else None
    return scope.covers(edition.id if edition is not None else 0, comment.section_id if comment is not None else None)


def covers_sanction(scope: Scope, sanction_id: int) -> bool:
    """Return whether the decision that brought the sanction is in bounds; what came over from another account is chiefs'."""
    number = Sanction.objects.filter(pk=sanction_id).values_list("decision_id", flat=True).first()
    if number is None:
        return scope.is_chief and Sanction.objects.filter(pk=sanction_id).exists()
    return decision_for(scope, number) is not None


def covers_annulment(scope: Scope, annulment_id: int) -> bool:
    """Return whether what is to be annulled is in bounds."""
    number = Annulment.objects.filter(pk=annulment_id).values_list("sanction_id", flat=True).first()
    return number is not None and covers_sanction(scope, number)


def colleagues_for(scope: Scope, found: CaseView) -> list[tuple[int, str]]:
    """Return number and name of those who could decide about the case instead, by name."""
    return [
        (one.scope.reader_id, one.name)
        for one in everybody()
        if one.scope.covers(found.edition_id, found.section_id)
        and (one.scope.is_chief or not found.chiefs_only)
        and one.scope.reader_id not in {scope.reader_id, found.reader_id, found.first_decider_id}
    ]

"""The tables of moderation."""

from broadsheet.moderation.models.audit import AuditEntry, AuditPayload
from broadsheet.moderation.models.decision import DecisionClause, DecisionRow, Incident, Statement
from broadsheet.moderation.models.letter import Letter, LetterMail
from broadsheet.moderation.models.sanction import Annulment, Mark, Sanction

__all__ = [
    "Annulment",
    "AuditEntry",
    "AuditPayload",
    "DecisionClause",
    "DecisionRow",
    "Incident",
    "Letter",
    "LetterMail",
    "Mark",
    "Sanction",
    "Statement",
]

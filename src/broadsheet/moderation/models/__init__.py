"""The tables of moderation."""

from broadsheet.moderation.models.audit import AuditEntry, AuditPayload
from broadsheet.moderation.models.case import Case, CaseComment, CaseLook, CaseNote, ModeratorScope
from broadsheet.moderation.models.decision import DecisionClause, DecisionRow, Incident, Statement
from broadsheet.moderation.models.duty import Duty
from broadsheet.moderation.models.letter import Letter, LetterMail
from broadsheet.moderation.models.sanction import Annulment, Mark, Sanction
from broadsheet.moderation.models.tally import Tally
from broadsheet.moderation.models.trial import Lowering, Trial, TrialRow

__all__ = [
    "Annulment",
    "AuditEntry",
    "AuditPayload",
    "Case",
    "CaseComment",
    "CaseLook",
    "CaseNote",
    "DecisionClause",
    "DecisionRow",
    "Duty",
    "Incident",
    "Letter",
    "LetterMail",
    "Lowering",
    "Mark",
    "ModeratorScope",
    "Sanction",
    "Statement",
    "Tally",
    "Trial",
    "TrialRow",
]

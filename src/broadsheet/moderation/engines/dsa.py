"""A statement of reasons as the EU Transparency Database takes it, API version 1 (DSA art. 24(5)): nothing personal."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from broadsheet.moderation.conf import LONGEST_LAW
from broadsheet.moderation.rules.decisions import Decision, Measure, Source
from broadsheet.moderation.rules.impersonal import impersonal, nameless

LONGEST = 2000
_VISIBILITY = {
    Measure.REMOVE: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Measure.HOLD: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Measure.REDACT: "DECISION_VISIBILITY_OTHER",
}
_SOURCES = {
    Source.OWN: "SOURCE_VOLUNTARY",
    Source.REPORT: "SOURCE_TYPE_OTHER_NOTIFICATION",
    Source.NOTICE: "SOURCE_ARTICLE_16",
    Source.TRUSTED: "SOURCE_TRUSTED_FLAGGER",
}


def dsa_statement(
    decision: Decision, *, puid: str, decided_at: datetime, final: bool, names: Iterable[str] = ()
) -> dict[str, Any] | None:
    """Return the statement in the database's fields; None for a warning alone, which restricts nothing.

    Neither the comment's words nor the facts as the reader is told them are in it: both may name people. From what the
    moderator wrote for the public it takes what names or quotes somebody all the same; `names` are the reader's.
    """
    if set(decision.measures) == {Measure.WARN}:
        return None
    categories = [f"STATEMENT_CATEGORY_{one}" for one in dict.fromkeys(clause.category for clause in decision.clauses)]
    keywords = dict.fromkeys(word for clause in decision.clauses for word in clause.keywords)
    source = _SOURCES[decision.noticed.source]
    return {
        **_restrictions(decision, final),
        **_ground(decision, tuple(names)),
        "content_type": ["CONTENT_TYPE_TEXT"],
        "category": categories[0],
        "category_addition": categories[1:] or None,
        "category_specification": [f"KEYWORD_{word}" for word in keywords] or None,
        "territorial_scope": list(decision.territory),
        "content_language": _language(decision.about.language),
        "content_date": _day(decision.about.written_at or decided_at),
        "application_date": _day(decided_at),
        "decision_facts": impersonal(decision.public_facts, comment=decision.about.quoted, names=names)
        or _facts(decision),
        "source_type": source,
        "source_identity": None,
        "automated_detection": "Yes" if decision.noticed.detectors else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": puid,
    }


def impersonal_again(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement as it is sent: what was written before a rule was stricter goes by the rules of now."""
    sent = dict(statement)
    sent["decision_facts"] = (
        impersonal(sent["decision_facts"]) or "A person of the newsroom found what is named here to be so."
    )
    for field in ("illegal_content_legal_ground", "illegal_content_explanation", "incompatible_content_explanation"):
        if sent.get(field):
            sent[field] = nameless(sent[field])
    return sent


def _restrictions(decision: Decision, final: bool) -> dict[str, Any]:
    measures = decision.measures
    visibility = [_VISIBILITY[measure] for measure in measures if measure in _VISIBILITY]
    blocked, deleted = Measure.BLOCK in measures, Measure.DELETE_ACCOUNT in measures
    ends = decision.duration.ends
    provision = "DECISION_PROVISION_PARTIAL_TERMINATION" if final else "DECISION_PROVISION_PARTIAL_SUSPENSION"
    return {
        "decision_visibility": visibility or None,
        "decision_visibility_other": "Words blacked out, the rest shown" if Measure.REDACT in measures else None,
        "decision_monetary": None,
        "decision_provision": provision if blocked else None,
        "decision_account": "DECISION_ACCOUNT_TERMINATED" if deleted else None,
        "account_type": "ACCOUNT_TYPE_PRIVATE" if deleted else None,
        "end_date_service_restriction": _day(ends) if blocked and ends is not None else None,
    }


def _ground(decision: Decision, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the ground: the law where a clause about it is cited, else the paper's own standards."""
    named = ", ".join(f"{clause.code} (version {clause.version})" for clause in decision.clauses)
    first = decision.clauses[0]
    explained = " ".join(" ".join(clause.text.split()) for clause in decision.clauses)[:LONGEST]
    if any(clause.ground == "ILLEGAL_CONTENT" for clause in decision.clauses):
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": nameless(decision.law.strip(), names=names)[:LONGEST_LAW],
            "illegal_content_explanation": explained,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": f"Community standards, version {first.policy or first.rulebook}: {named}"[:500],
        "incompatible_content_explanation": explained,
        "incompatible_content_illegal": "No",
    }


def _facts(decision: Decision) -> str:
    """Return the facts without a word of or about a person."""
    what = "A reader's comment under a news article" if decision.about.comment_id else "The behaviour of an account"
    codes = ", ".join(decision.codes)
    return f"{what} was found by a person of the newsroom to break these clauses of the community standards: {codes}."


def _language(language: str) -> str | None:
    code = language.partition("-")[0].upper()
    return code if re.fullmatch(r"[A-Z]{2}", code) else None


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()

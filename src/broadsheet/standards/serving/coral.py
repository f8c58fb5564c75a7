"""Coral's external moderation phase: a signed request for each new or edited comment, answered with what is to happen to it.

Written after EXTERNAL_MODERATION_PHASES.md and WEBHOOKS.md of coralproject/talk. A machine deletes nothing: REJECTED is never
answered; what is held, or could not be judged, is withheld for people.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.standards.serving.judge_thread import JudgeThread
from broadsheet.standards.serving.markup import from_html
from broadsheet.standards.serving.messages import loaded
from broadsheet.standards.serving.refusals import RefusedError
from broadsheet.standards.submission import Submission
from broadsheet.standards.verdict import Verdict

SIGNATURES = 8  # of one request that are looked at; Coral sends one for each of its secrets that is still good
LONGEST = 50_000  # signs of a comment in HTML; people read a longer one
_SPAM = frozenset({"SPAM", "COMMERCE", "FLOOD", "FLASHMOB", "MALWARE"})


def check(body: bytes, header: str, secrets: Sequence[bytes]) -> None:
    """Refuse (401) a body that none of the secrets signed. Takes as long whatever is wrong with the signature."""
    given = [value.strip()[7:] for value in header.split(",")[:SIGNATURES] if value.strip().startswith("sha256=")]
    good = False
    for secret in secrets:
        expected = hmac.new(secret, body, hashlib.sha256).hexdigest().encode()
        for signature in given:
            good |= hmac.compare_digest(expected, signature.encode("utf-8", "surrogateescape"))
    if not good:
        raise RefusedError(401, "The signature in X-Coral-Signature is none of this body with a secret known here.")


async def moderate(body: bytes, judge: JudgeThread, edition: str) -> dict[str, Any] | None:
    """Return what is to happen to the comment; None where nothing is. Raises `RefusedError`."""
    request = loaded(body)
    comment = request.get("comment") if isinstance(request, dict) else None
    text = comment.get("body") if isinstance(comment, dict) else None
    if not isinstance(text, str):
        raise RefusedError(400, "`comment.body` is to be a text.")
    if len(text) > LONGEST:
        return answer(Verdict("not_scored", not_scored=("length",)))
    [verdict] = await judge.judge([Submission(from_html(text).text, edition_language=edition)])
    return answer(verdict)


def answer(verdict: Verdict) -> dict[str, Any] | None:
    """Return a verdict as an ExternalModerationResponse; None for one that publishes."""
    if verdict.outcome == "publish":
        return None
    status = "SYSTEM_WITHHELD" if verdict.outcome in {"hold", "not_scored"} else "NONE"
    clauses = sorted({finding.clause for finding in verdict.findings if finding.handling != "human"})
    return {"status": status, **({"actions": [_flag(clauses)]} if clauses else {})}


def _flag(clauses: Sequence[str]) -> Mapping[str, str]:
    """Return the flag of a comment; the moderators read the clauses in its details."""
    spam = all(clause in _SPAM for clause in clauses)
    return {
        "actionType": "FLAG",
        "reason": "COMMENT_DETECTED_SPAM" if spam else "COMMENT_DETECTED_TOXIC",
        "additionalDetails": ", ".join(clauses),
    }

"""The captcha: a proof of work for browsers, a question in words where no script runs.

Both are signed by the site, name the form they are for, expire within ten minutes and count once (WCAG 3.3.8: the
proof of work asks nothing of a person).
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings
from django.core import signing

from broadsheet.readers.engines.questions import Question, draw, known
from broadsheet.standards.text.folding import folded

LIFETIME = timedelta(minutes=10)
OPEN_FOR = timedelta(hours=12)  # how long a form that was shown can be sent
# 5,000 rounds of PBKDF2 a try, at most 80 tries: below 3 s on a slow phone whatever the luck, some 0.1 s elsewhere.
# Where many log-ins failed it is more work: below 4 s, and below 6 s, on that phone.
ROUNDS = 5_000
TRIES = (range(20, 81), range(80, 121), range(120, 181))
_SALT = "broadsheet.readers.question"
_OPENED_SALT = "broadsheet.readers.opened"


@dataclass(frozen=True, slots=True)
class Spendable:
    """What was solved: it counts once, and is remembered as spent until it would have expired anyway."""

    digest: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a form shows it."""

    text: str
    token: str


def make_challenge(form: str, now: datetime, work: int = 0) -> dict[str, Any]:
    """Return a fresh challenge for that form and so much work, 0 to 2, as JSON values."""
    counter = secrets.choice(TRIES[work])
    challenge = altcha.create_challenge(
        "PBKDF2/SHA-256",
        ROUNDS,
        counter=counter,
        expires_at=now + LIFETIME,
        data={"form": form, "work": work},
        hmac_secret=_key("challenge"),
        hmac_key_secret=_key("solution"),
    )
    return challenge.to_dict()


def solved_challenge(payload: str, form: str, now: datetime, work: int = 0) -> Spendable | None:
    """Return what the payload spends; None where it solves no running challenge for that form, or one of less work."""
    if not payload or len(payload) > 4_000:
        return None
    try:
        solved = altcha.Payload.from_base64(payload)
        found = altcha.verify_solution(solved, _key("challenge"), hmac_key_secret=_key("solution"))
    except Exception:  # noqa: BLE001 - whatever a stranger sends instead of a solution is none
        return None
    given = solved.challenge.parameters
    if not found.verified or not isinstance(given.data, dict) or not isinstance(given.expires_at, int):
        return None
    if given.data.get("form") != form or given.data.get("work", 0) < work:
        return None
    ends = datetime.fromtimestamp(given.expires_at, UTC)
    if ends <= now:
        return None
    return Spendable(_digest(f"challenge {solved.challenge.signature}"), ends)


def ask(form: str, language: str, now: datetime) -> Asked:
    """Return a question drawn for that form in that language."""
    question = draw(language)
    told = {"key": question.key, "form": form, "once": secrets.token_hex(8), "until": int((now + LIFETIME).timestamp())}
    return Asked(question.text, signing.dumps(told, salt=_SALT))


def answered_question(token: str, answer: str, form: str, now: datetime) -> Spendable | None:
    """Return what the answer spends; None where it is wrong, late or for another form."""
    try:
        told = signing.loads(token[:1_000], salt=_SALT)
        ends = datetime.fromtimestamp(told["until"], UTC)
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None
    question = known(told.get("key", ""))
    if question is None or told.get("form") != form or ends <= now or not _fits(answer, question):
        return None
    return Spendable(_digest(f"question {told['once']}"), ends)


def opened_at(now: datetime) -> str:
    """Return a signed mark of when a form was shown."""
    return signing.dumps(now.timestamp(), salt=_OPENED_SALT)


def open_since(mark: str, now: datetime) -> timedelta | None:
    """Return how long ago the form was shown; None where the mark isn't ours, or is older than forms are kept open."""
    try:
        since = now - datetime.fromtimestamp(signing.loads(mark[:200], salt=_OPENED_SALT), UTC)
    except (signing.BadSignature, TypeError, ValueError, OverflowError):
        return None
    return since if since < OPEN_FOR else None


def _fits(answer: str, question: Question) -> bool:
    said = folded(answer[:100]).strip(" .,!?\"'،؟")
    return said in {folded(accepted) for accepted in question.answers}


def _key(purpose: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"captcha {purpose}".encode(), "sha256").hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

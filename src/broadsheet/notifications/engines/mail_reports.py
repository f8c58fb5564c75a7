"""What a mail program reports about a mail of ours: that it could not deliver it (RFC 3464), or that its reader called it
unwanted (RFC 5965).

Nothing here raises, whatever the bytes are. Of a report only what is needed is taken: a kind, a status, our own tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from itertools import islice

from broadsheet.notifications.conf import LARGEST_REPORT
from broadsheet.notifications.engines.return_path import numbers_in
from broadsheet.notifications.models.returned_mail import ReturnKind
from broadsheet.notifications.rules.returned_mail import kind_of, status_of

TOKEN_HEADER = "X-Return-Token"  # noqa: S105 - it opens nothing
MOST_PARTS, MOST_BLOCKS, LONGEST_HEADER = 20, 50, 1000
# Where a server writes the address that the report itself was sent to, or the mail that it is about came from.
_OUTER = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_INNER = ("Return-Path", "Original-Mail-From", "X-Original-Mail-From", TOKEN_HEADER)
_COMPLAINTS = {"abuse", "fraud", "virus", "other"}  # RFC 5965 §7.3; `not-spam` takes one back, `opt-out` is no blame


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported of the mail of that number."""

    number: int
    kind: ReturnKind
    status: str = ""


def read_report(data: bytes) -> Report | None:
    """Return what is reported; None where it is no report about a mail of ours, or nothing that counts."""
    try:
        return _read(message_from_bytes(data[:LARGEST_REPORT], policy=policy.compat32))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _read(message: Message) -> Report | None:
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(islice(message.walk(), 1, MOST_PARTS))
    found = _complaint(parts) or _failure(parts)
    if found is None:
        return None
    numbers = _numbers(message, parts)
    if len(numbers) != 1:  # of two, nobody knows which is meant
        return None
    kind, status = found
    return Report(numbers[0], kind, status)


def _failure(parts: list[Message]) -> tuple[ReturnKind, str] | None:
    """Return the worst that a report of deliveries says; None where all was delivered, passed on or only delayed."""
    failed = [
        (kind_of(status), status)
        for block in _blocks(parts, "message/delivery-status")
        if _value(block, "Action").lower() == "failed"
        for status in [status_of(_value(block, "Status"))]
    ]
    return min(failed, key=lambda one: one[0] is not ReturnKind.HARD) if failed else None


def _complaint(parts: list[Message]) -> tuple[ReturnKind, str] | None:
    kinds = {_value(block, "Feedback-Type").lower() for block in _blocks(parts, "message/feedback-report")}
    return (ReturnKind.COMPLAINT, "") if kinds & _COMPLAINTS else None


def _blocks(parts: list[Message], kind: str) -> Iterator[Message]:
    """Yield the groups of fields of the parts of this type: Python's parser makes messages of some, text of others."""
    for part in parts:
        if part.get_content_type() != kind:
            continue
        payload = part.get_payload()
        if isinstance(payload, list):
            yield from (block for block in payload[:MOST_BLOCKS] if isinstance(block, Message))
        else:
            yield _fields(part)


def _numbers(message: Message, parts: list[Message]) -> list[int]:
    """Return the mails of ours that the report names, in itself or in what it returns of the mail."""
    told = [_value(message, name) for name in _OUTER]
    for part in parts:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            told += [_value(_fields(part), name) for name in _INNER]
        elif kind in {"message/rfc822", "message/global"}:
            inner = part.get_payload()
            whole = inner[0] if isinstance(inner, list) and inner else None
            told += [_value(whole, name) for name in _INNER] if isinstance(whole, Message) else []
    for block in _blocks(parts, "message/feedback-report"):
        told += [_value(block, name) for name in _INNER]
    return list(dict.fromkeys(number for text in told for number in numbers_in(text)))


def _fields(part: Message) -> Message:
    payload = part.get_payload(decode=True)
    return message_from_bytes(payload if isinstance(payload, bytes) else b"", policy=policy.compat32)


def _value(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()[:LONGEST_HEADER]

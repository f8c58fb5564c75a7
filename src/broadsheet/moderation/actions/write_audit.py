"""Adds to the log of who did and saw what (MOD-09)."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.models import AuditEntry, AuditPayload
from broadsheet.moderation.rules.chain import BEGINNING, Entry, hash_of, payload_hash


def write_audit(
    *, actor: str, action: str, subject: str, payload: Mapping[str, Any], now: datetime, reader_id: int | None = None
) -> int:
    """Add an entry in the caller's transaction and return its number; `reader_id` is whom the payload is about.

    Actor and subject are kinds and numbers, as `reader:17`; whatever tells of a person belongs into the payload, which
    can be erased. Called last in a transaction: until its end nobody else adds to the log.
    """
    take_turn("audit")
    last = AuditEntry.objects.order_by("-seq").first()
    body = {**payload, "nonce": secrets.token_hex(16)}
    entry = Entry(
        last.seq + 1 if last else 1, now, actor, action, subject, payload_hash(body), last.hash if last else BEGINNING
    )
    row = AuditEntry.objects.create(
        seq=entry.seq, at=now, actor=actor, action=action, subject=subject, payload_hash=entry.payload_hash,
        previous=entry.previous, hash=hash_of(entry),
    )  # fmt: skip
    AuditPayload.objects.create(entry=row, reader_id=reader_id, body=body)
    return entry.seq

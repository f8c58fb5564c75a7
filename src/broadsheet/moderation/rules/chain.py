"""The chain of the audit log: each entry's hash is over its own words and the hash before it (MOD-09)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, without its payload: opaque ids and hashes, nothing about a person that could be erased."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    payload_hash: str
    previous: str


def hash_of(entry: Entry) -> str:
    """Return the SHA-256 of the entry's fields, in hexadecimal digits."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [entry.seq, at, entry.actor, entry.action, entry.subject, entry.payload_hash, entry.previous]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def payload_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the payload in its one form; a random number in it keeps it from being guessed."""
    text = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

"""Whether the audit log is whole, and its entries for others to keep (MOD-09)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from broadsheet.moderation.models import AuditEntry, AuditPayload
from broadsheet.moderation.rules.chain import BEGINNING, Entry, hash_of, payload_hash

ERASED = "payload-erased"  # an entry of this action names the one whose payload was erased


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the log found: how many entries, the last one's hash, and each fault in words."""

    entries: int
    head: str
    faults: tuple[str, ...]


def verify(*, seq: int = 0, head: str = "") -> Checked:
    """Return whether every entry is there, unchanged and in order, and every payload that wasn't erased.

    Who cut off the end, or wrote the whole log anew, is found by a head that was kept elsewhere: `head` is the hash that
    the entry `seq` had.
    """
    faults: list[str] = []
    previous, number, kept = BEGINNING, 0, ""
    erased = set(AuditEntry.objects.filter(action=ERASED).values_list("subject", flat=True))
    for row in AuditEntry.objects.order_by("seq").select_related("payload").iterator(chunk_size=1000):
        number += 1
        if row.seq != number:
            faults.append(f"Entry {number} is missing: the next one is {row.seq}.")
            number = row.seq
        if row.previous != previous:
            faults.append(f"Entry {row.seq} doesn't follow the one before it.")
        if row.hash != hash_of(_entry(row)):
            faults.append(f"Entry {row.seq} was changed.")
        faults += _faults_of_payload(row, erased)
        previous = row.hash
        kept = row.hash if row.seq == seq else kept
    if head and kept != head:
        faults.append(f"Entry {seq} is not the one whose hash was kept: the log was cut or written anew.")
    return Checked(number, previous if number else "", tuple(faults))


def exported() -> Iterator[dict[str, Any]]:
    """Yield the entries in their order as JSON values, with their payloads where those are kept."""
    rows = AuditEntry.objects.order_by("seq").select_related("payload")
    for row in rows.iterator(chunk_size=1000):
        payload = _payload(row)
        entry = asdict(_entry(row))
        yield {**entry, "at": row.at.isoformat(), "hash": row.hash, "payload": payload.body if payload else None}


def _faults_of_payload(row: AuditEntry, erased: set[str]) -> list[str]:
    payload = _payload(row)
    if payload is None:
        return [] if f"entry:{row.seq}" in erased else [f"The payload of entry {row.seq} is missing."]
    return [] if payload_hash(payload.body) == row.payload_hash else [f"The payload of entry {row.seq} was changed."]


def _payload(row: AuditEntry) -> AuditPayload | None:
    return getattr(row, "payload", None)


def _entry(row: AuditEntry) -> Entry:
    return Entry(row.seq, row.at, row.actor, row.action, row.subject, row.payload_hash, row.previous)

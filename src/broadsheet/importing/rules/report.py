"""What an import did, object by object, for people and for machines."""

from collections import Counter
from dataclasses import dataclass, field

Json = dict[str, object]
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass(frozen=True, slots=True)
class Line:
    """One object that wasn't taken over as it is, or a part of one, and why."""

    what: str
    reason: str

    def as_json(self) -> Json:
        """Return the line as plain values."""
        return {"what": self.what, "reason": self.reason}


@dataclass(slots=True)
class Report:
    """What was made, changed and left; `dropped` are parts left out, `failed` what was not imported at all."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: list[Line] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)
    failed: list[Line] = field(default_factory=list)

    def count(self, kind: str, outcome: str) -> None:
        """Count one object; `kind` is its plural."""
        self.counts[kind, outcome] += 1

    def skip(self, what: str, reason: str) -> None:
        """Note an object that stays as it is here."""
        self.skipped.append(Line(what, reason))

    def drop(self, what: str, reason: str) -> None:
        """Note a part that was left out."""
        self.dropped.append(Line(what, reason))

    def fail(self, what: str, reason: str) -> None:
        """Note an object that was not imported."""
        self.failed.append(Line(what, reason))

    @property
    def changed(self) -> int:
        """Return how many objects were made or changed."""
        return sum(number for (_kind, outcome), number in self.counts.items() if outcome != UNCHANGED)

    def as_json(self) -> Json:
        """Return the report as plain values."""
        kinds: dict[str, dict[str, int]] = {}
        for (kind, outcome), number in sorted(self.counts.items()):
            kinds.setdefault(kind, {CREATED: 0, UPDATED: 0, UNCHANGED: 0})[outcome] = number
        return {
            "counts": kinds,
            "skipped": [line.as_json() for line in self.skipped],
            "dropped": [line.as_json() for line in self.dropped],
            "failed": [line.as_json() for line in self.failed],
        }

    def lines(self, most: int = 50) -> list[str]:
        """Return the report in sentences, the longest lists cut."""
        found = []
        kinds = sorted({kind for kind, _outcome in self.counts})
        for kind in kinds:
            parts = [
                f"{self.counts[kind, outcome]} {outcome}"
                for outcome in (CREATED, UPDATED, UNCHANGED)
                if self.counts[kind, outcome]
            ]
            found.append(f"{kind}: {', '.join(parts)}")
        for title, rows in (("Kept as it is here", self.skipped), ("Left out", self.dropped), ("Failed", self.failed)):
            if rows:
                found.append(f"{title}: {len(rows)}")
                found += [f"  {row.what}: {row.reason}" for row in rows[:most]]
                if len(rows) > most:
                    found.append(f"  … and {len(rows) - most} more (--json lists all)")
        return found or ["There was nothing to import."]

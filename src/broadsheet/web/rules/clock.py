"""What a page must carry so that its clock is right an hour, or a change of the clocks, later (PAGE-02)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

HORIZON = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The time as of rendering, and the zone's offsets from now on as JSON: [[from, minutes, label], …]."""

    now: datetime
    label: str
    spans: str


def clock_face(now: datetime, zone: tzinfo, label: str = "") -> ClockFace:
    """Return the face of an edition's clock; without a label of its own, the zone's abbreviation."""
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)  # no zone changes within it
    name, spans = _spans(quarter, zone, label)
    return ClockFace(now.astimezone(zone), name, spans)


@lru_cache(maxsize=256)
def _spans(now: datetime, zone: tzinfo, label: str) -> tuple[str, str]:
    """Return the label that counts now, and the offsets as JSON."""
    spans = [(0, now.astimezone(zone), label or _name(now.astimezone(zone)))]
    at = now
    while at < now + HORIZON and len(spans) < 4:
        following = at + timedelta(hours=12)
        if following.astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset():
            changed = _change(at, following, zone)
            local = changed.astimezone(zone)
            spans.append((int(changed.timestamp()), local, label or _name(local)))
        at = following
    offsets = [[since, _minutes(local), name] for since, local, name in spans]
    return str(spans[0][2]), json.dumps(offsets, separators=(",", ":"))


def _change(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """Return the minute from which the offset differs."""
    low, high = low.astimezone(UTC), high.astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)


def _minutes(local: datetime) -> int:
    offset = local.utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def _name(local: datetime) -> str:
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    minutes = _minutes(local)
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")

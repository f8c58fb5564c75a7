"""Time zones by name."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FALLBACK = "Etc/GMT"


def zone(name: str) -> ZoneInfo:
    """Return the zone, GMT where there is none of this name."""
    return ZoneInfo(name) if is_zone(name) else ZoneInfo(FALLBACK)


def is_zone(name: str) -> bool:
    """Return whether there is a zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)

"""Moves a bundle's times, so that an old paper reads as today's.

What lies more than a day before the bundle's clock moves by whole days as its edition's own clocks count them, so
that a time of day named in a text stays the one printed beside it; what is newer moves by whole minutes, and
nothing that has happened moves into the future.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadsheet.importing.rules.shapes import in_utc

RECENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Shift:
    """A move of times from the bundle's clock to now; `zones` are the editions' time zones by code."""

    clock: datetime
    now: datetime
    zones: Mapping[str, str] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Return by how many whole days old times move."""
        return (self.now - self.clock) // timedelta(days=1)

    def moment(self, text: str | None, edition: str = "") -> str | None:
        """Return the time moved, None where there is none."""
        if text is None:
            return None
        at = datetime.fromisoformat(text)
        if at < self.clock - RECENT:
            return in_utc(self._by_days(at, edition))
        minutes = (self.now - self.clock) // timedelta(minutes=1)
        moved = at + timedelta(minutes=minutes)
        return in_utc(min(moved, self.now) if at <= self.clock else moved)

    def day(self, text: str | None) -> str | None:
        """Return the day moved by whole days, None where there is none."""
        return (date.fromisoformat(text) + timedelta(days=self.days)).isoformat() if text else None

    def _by_days(self, at: datetime, edition: str) -> datetime:
        try:
            zone = ZoneInfo(self.zones.get(edition, "UTC"))
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("UTC")
        local = at.astimezone(zone)
        moved = (local.replace(tzinfo=None) + timedelta(days=self.days)).replace(tzinfo=zone, fold=local.fold)
        return moved.astimezone(UTC)


def shifted_article(article: dict[str, Any], shift: Shift) -> dict[str, Any]:
    """Return the article with its times moved; its day in the address is made anew, its history is left out."""
    code = article["edition"]
    moved = _shifted_content(article, shift, code)
    for name in ("published_at", "first_published_at", "updated_at"):
        moved[name] = shift.moment(article[name], code)
    moved["published_on"] = moved["history"] = None
    if article["pending"] is not None:
        moved["pending"] = _shifted_content(article["pending"], shift, code)
    return moved


def _shifted_content(content: dict[str, Any], shift: Shift, code: str) -> dict[str, Any]:
    moved = dict(content)
    for name in ("publish_at", "expires_at"):
        moved[name] = shift.moment(content[name], code)
    moved["corrections"] = [{**row, "at": shift.moment(row["at"], code)} for row in content["corrections"]]
    if content["live"] is not None:
        live = dict(content["live"])
        live["starts_at"] = shift.moment(live["starts_at"], code)
        live["ends_at"] = shift.moment(live["ends_at"], code)
        live["posts"] = [
            {**post, "at": shift.moment(post["at"], code), "changed_at": shift.moment(post["changed_at"], code)}
            for post in live["posts"]
        ]
        moved["live"] = live
    return moved


def shifted_picture(picture: dict[str, Any], shift: Shift) -> dict[str, Any]:
    """Return the picture with its times moved."""
    return {
        **picture,
        "taken_on": shift.day(picture["taken_on"]),
        "uploaded_at": shift.moment(picture["uploaded_at"]),
    }

"""What a value read from JSON must look like; each shape returns the value in its normal form or refuses it.

A shape is a function of the value and of where it stands. Fields that a record doesn't know are noted, not kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from broadsheet.importing.errors import BundleBrokenError


@dataclass(slots=True)
class Reading:
    """The fields met so far that this version doesn't know, each once, with where it was met first."""

    unknown: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file a value stands."""

    file: str
    path: str = ""
    reading: Reading = field(default_factory=Reading)

    def at(self, name: str) -> "Spot":
        """The spot of a field below this one."""
        return Spot(self.file, f"{self.path}.{name}" if self.path else name, self.reading)

    def item(self, number: int) -> "Spot":
        """The spot of a list's member."""
        return Spot(self.file, f"{self.path}[{number}]", self.reading)

    def wrong(self, why: str) -> BundleBrokenError:
        """The refusal that names this spot."""
        where = f"{self.file}: {self.path}" if self.path else self.file
        return BundleBrokenError(f"{where} {why}")


Shape = Callable[[Any, Spot], Any]
MOST_TEXT = 2_000_000


def text(value: Any, spot: Spot) -> str:
    """Some text, possibly empty."""
    if not isinstance(value, str):
        raise spot.wrong(f"must be text, and is {_kind(value)}.")
    if len(value) > MOST_TEXT or "\x00" in value:
        raise spot.wrong("is too long or holds a zero byte.")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise spot.wrong("holds half a character (a lone surrogate).")
    return value


def words(value: Any, spot: Spot) -> str:
    """Some text; null is none."""
    return "" if value is None else text(value, spot)


def name(value: Any, spot: Spot) -> str:
    """Some text that isn't empty."""
    if not text(value, spot).strip():
        raise spot.wrong("must not be empty.")
    return str(value)


def limited(most: int) -> Shape:
    """Some text, possibly empty, not longer than this."""

    def check(value: Any, spot: Spot) -> str:
        if len(text(value, spot)) > most:
            raise spot.wrong(f"is longer than {most} characters.")
        return str(value)

    return check


def short(most: int) -> Shape:
    """Some text that isn't empty and not longer than this."""
    inner = limited(most)
    return lambda value, spot: inner(name(value, spot), spot)


def number(value: Any, spot: Spot) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**53:
        raise spot.wrong(f"must be a whole number, and is {_kind(value)}.")
    return value


def years(value: Any, spot: Spot) -> int:
    """An age in years."""
    if not 1 <= number(value, spot) <= 99:
        raise spot.wrong("must be an age from 1 to 99.")
    return int(value)


def flag(value: Any, spot: Spot) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise spot.wrong(f"must be true or false, and is {_kind(value)}.")
    return value


def public_id(value: Any, spot: Spot) -> str:
    """A public number: ten digits, the first not 0."""
    if not isinstance(value, str) or len(value) != 10 or not value.isascii() or not value.isdigit() or value[0] == "0":
        raise spot.wrong("must be ten digits as text, the first not 0.")
    return value


def moment(value: Any, spot: Spot) -> str:
    """A time with its zone, in UTC."""
    try:
        at = datetime.fromisoformat(text(value, spot))
        return in_utc(at)
    except (ValueError, OverflowError) as error:
        raise spot.wrong(f"must be a time such as 2026-11-24T08:15:00Z, and is “{str(value)[:40]}”.") from error


def in_utc(at: datetime) -> str:
    """The time as the bundle writes it."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day(value: Any, spot: Spot) -> str:
    """A day."""
    try:
        return date.fromisoformat(text(value, spot)).isoformat()
    except ValueError as error:
        raise spot.wrong(f"must be a day such as 2026-11-24, and is “{str(value)[:40]}”.") from error


def optional(shape: Shape) -> Shape:
    """The shape, or null."""
    return lambda value, spot: None if value is None else shape(value, spot)


def one_of(*words: Any) -> Shape:
    """One of these values."""

    def check(value: Any, spot: Spot) -> Any:
        if value not in words or isinstance(value, bool):
            raise spot.wrong(f"must be one of {', '.join(map(str, words))}, and is “{str(value)[:40]}”.")
        return value

    return check


def many(shape: Shape, *, least: int = 0, most: int = 1_000_000) -> Shape:
    """A list of the shape."""

    def check(value: Any, spot: Spot) -> list[Any]:
        if not isinstance(value, list):
            raise spot.wrong(f"must be a list, and is {_kind(value)}.")
        if not least <= len(value) <= most:
            raise spot.wrong(f"must have {least} to {most} members, and has {len(value)}.")
        return [shape(member, spot.item(place)) for place, member in enumerate(value)]

    return check


def mapping(shape: Shape) -> Shape:
    """An object of any names whose values have the shape."""

    def check(value: Any, spot: Spot) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise spot.wrong(f"must be an object, and is {_kind(value)}.")
        return {key: shape(inner, spot.at(key)) for key, inner in sorted(value.items())}

    return check


MISSING = object()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record; `default` stands in where it is absent."""

    shape: Shape
    default: Any = MISSING


def record(fields: Mapping[str, Shape | Field]) -> Shape:
    """An object with these fields, in this order."""

    def check(value: Any, spot: Spot) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise spot.wrong(f"must be an object, and is {_kind(value)}.")
        found: dict[str, Any] = {}
        for key, entry in fields.items():
            shape, default = (entry.shape, entry.default) if isinstance(entry, Field) else (entry, MISSING)
            if key in value:
                found[key] = shape(value[key], spot.at(key))
            elif default is MISSING:
                raise spot.wrong(f"has no “{key}”.")
            else:
                found[key] = default() if callable(default) else default
        for key in value:
            if key not in fields:
                spot.reading.unknown.setdefault(str(key)[:60], f"{spot.file}: {spot.path}")
        return found

    return check


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")

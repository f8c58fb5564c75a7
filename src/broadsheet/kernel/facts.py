"""Facts: announced in the transaction that makes them true, delivered at least once afterwards.

A domain declares a fact as a frozen dataclass that extends `Fact`, announces it from an action, and any
domain above may listen: with `@handles` (durable: once per installation, retried until it succeeds, run in
a transaction of its own that also strikes it off the list) or with `@follows` (ephemeral: in every process,
as its tailer reads the log; for caches, page stores and live streams). Both must be idempotent.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import connection, transaction

from broadsheet.kernel import clock, wake
from broadsheet.kernel.inserting import insert, insert_all
from broadsheet.kernel.models import Delivery, FactRecord


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. Fields are plain values that JSON can carry (datetimes as well)."""

    def touches(self) -> tuple[str, ...]:
        """Return the surrogate keys of what changed, such as `article:17`; pages naming one are stale."""
        return ()


F = TypeVar("F", bound=Fact)
Handler = Callable[[Any], None]
Follower = Callable[[Any, int], None]


class Registry:
    """Which facts exist and who listens; filled while apps load, read by the reference pages."""

    kinds: ClassVar[dict[str, type[Fact]]] = {}
    handlers: ClassVar[dict[str, dict[str, Handler]]] = defaultdict(dict)
    spared: ClassVar[dict[str, Callable[[Any], bool]]] = {}  # which facts a handler needn't hear
    followers: ClassVar[dict[str, dict[str, Follower]]] = defaultdict(dict)


def fact(kind: type[F]) -> type[F]:
    """Register a fact's class under its own name; class decorator, above `@dataclass(frozen=True)`."""
    Registry.kinds[kind.__name__] = kind
    return kind


def handles(*kinds: type[Fact], unless: Callable[[Any], bool] | None = None) -> Callable[[Handler], Handler]:
    """Make the function hear each of these facts once per installation, for certain.

    A fact of which `unless` says at once, by its own values alone, that it means nothing to the function is not owed.
    """

    def register(function: Handler) -> Handler:
        for kind in kinds:
            path = f"{function.__module__}.{function.__qualname__}"
            Registry.handlers[kind.__name__][path] = function
            if unless is not None:
                Registry.spared[path] = unless
        return function

    return register


def follows(*kinds: type[Fact]) -> Callable[[Follower], Follower]:
    """Make the function hear these facts in every running process: `function(fact, number)`."""

    def register(function: Follower) -> Follower:
        for kind in kinds:
            Registry.followers[kind.__name__][f"{function.__module__}.{function.__qualname__}"] = function
        return function

    return register


def announce(happened: Fact) -> None:
    """Write the fact and what is owed to its handlers; they hear it after the commit.

    Must be called inside the transaction that makes it true, else a kill between the two would lose it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{type(happened).__name__} was announced outside a transaction.")
    name = type(happened).__name__
    if name not in Registry.kinds:
        raise RuntimeError(f"{name} is not a registered fact: decorate it with @fact.")
    at = clock.now()
    record = FactRecord(name=name, payload=to_payload(happened), keys=list(happened.touches()), at=at)
    insert(record)
    owed = [
        path for path in Registry.handlers[name] if path not in Registry.spared or not Registry.spared[path](happened)
    ]
    insert_all([Delivery(fact=record, handler=path, due_at=at) for path in owed])
    transaction.on_commit(wake.ring, robust=True)


def to_payload(happened: Fact) -> dict[str, Any]:
    """Return the fact as JSON values."""
    return {
        key: {"$t": value.isoformat()} if isinstance(value, datetime) else value
        for key, value in asdict(happened).items()
    }


def from_payload(name: str, payload: dict[str, Any]) -> Fact | None:
    """Return the fact read back, or None where this version no longer knows its kind."""
    kind = Registry.kinds.get(name)
    if kind is None:
        return None
    known = {field.name for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in payload.items():
        if key not in known:
            continue
        if isinstance(value, dict) and set(value) == {"$t"}:
            values[key] = datetime.fromisoformat(value["$t"])
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)

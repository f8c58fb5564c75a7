"""Limits on how often something may be done, and delays that grow with each failure.

Nobody's address is kept: a row is named by a keyed hash whose key changes each day, and goes when it no longer
counts, a day after the last failure at the latest (ASVS 6.1.1; GDPR art. 5(1)(c)). What is remembered longer says how
long, and its key changes as often.
"""

import hmac
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.kernel.models import Rate
from broadsheet.kernel.prepared import Prepared
from broadsheet.kernel.schedule import every
from broadsheet.kernel.turns import take_turn

_DAY = timedelta(days=1)
_ROWS = Prepared(
    lambda name, before, now: Rate.objects.filter(pk__in=[name, before], expires_at__gt=now).values_list(
        "level", "free_at"
    )
)


class _Row(NamedTuple):
    """What is counted under one name."""

    level: int
    free_at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` at once, and then one more each `per / times`."""

    name: str
    times: int
    per: timedelta

    @property
    def memory(self) -> timedelta:
        """Return the whole days for which what was counted may matter."""
        return timedelta(days=max(1, math.ceil(self.per / _DAY)))


@dataclass(frozen=True, slots=True)
class Delays:
    """`free` failures cost nothing; each further one doubles the wait, from `first` up to `longest`.

    `memory`, whole days, without a failure forgets them all; `longest` is no longer than that.
    """

    name: str
    free: int
    first: timedelta
    longest: timedelta
    memory: timedelta = _DAY

    def after(self, failures: int) -> timedelta:
        """Return the wait after so many failures in a row."""
        if failures <= self.free:
            return timedelta(0)
        doubled: int = 1 << min(failures - self.free - 1, 40)
        return min(self.longest, self.first * doubled)


def network_of(address: str) -> str:
    """Return the network of a client: /24 of IPv4, /48 of IPv6; one for all whose address can't be told."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def take(limit: Limit, subject: str, now: datetime) -> timedelta:
    """Count one more for the subject and return zero; where the limit is reached, count nothing and return the wait."""
    with transaction.atomic():
        begins, wait = _place(limit, _rows(limit.name, subject, now, limit.memory), now)
        if wait > timedelta(0):
            return wait
        ends = begins + limit.per / limit.times
        _put(limit.name, subject, now, limit.memory, level=0, free_at=ends, expires_at=ends)
    return timedelta(0)


def wait_of(limit: Limit, subject: str, now: datetime) -> timedelta:
    """Return how long the subject has to wait for one more, zero where there is room; nothing is counted."""
    return max(timedelta(0), _place(limit, _kept(limit, subject, now), now)[1])


def _place(limit: Limit, rows: Sequence[_Row], now: datetime) -> tuple[datetime, timedelta]:
    """Return from when one more counts, and how long the subject has to wait for it, not above zero where it needn't."""
    begins = max([now, *(row.free_at for row in rows)])
    return begins, begins - now - limit.per / limit.times * (limit.times - 1)


def is_used(limit: Limit, subject: str, now: datetime) -> bool:
    """Return whether the limit still counts something of the subject."""
    return bool(_kept(limit, subject, now))


def wait_for(delays: Delays, subject: str, now: datetime) -> timedelta:
    """Return how long the subject has still to wait after its failures, zero where it may try."""
    return max([timedelta(0), *(row.free_at - now for row in _kept(delays, subject, now))])


def failures_of(delays: Delays, subject: str, now: datetime) -> int:
    """Return how often the subject failed, as far as it is remembered."""
    return max([0, *(row.level for row in _kept(delays, subject, now))])


def note_failure(delays: Delays, subject: str, now: datetime) -> None:
    """Count a failure; the subject waits from now on as long as its failures demand."""
    with transaction.atomic():
        failures = 1 + max([0, *(row.level for row in _rows(delays.name, subject, now, delays.memory))])
        free_at, level = now + delays.after(failures), min(failures, 30_000)
        ends = free_at + delays.memory
        _put(delays.name, subject, now, delays.memory, level=level, free_at=free_at, expires_at=ends)


def forgive(delays: Delays, subject: str, now: datetime) -> None:
    """Forget the subject's failures."""
    Rate.objects.filter(pk__in=_names(delays.name, subject, now, delays.memory)).delete()


@every(3600)
def purge() -> int:
    """Drop the rows that no longer count; return how many."""
    return Rate.objects.filter(expires_at__lte=clock.now()).delete()[0]


def _kept(counted: Limit | Delays, subject: str, now: datetime) -> Sequence[_Row]:
    return _counting(_names(counted.name, subject, now, counted.memory), now)


def _names(name: str, subject: str, now: datetime, span: timedelta) -> tuple[str, str]:
    """Return the row's name by the key of this span of days, then by that of the span before."""
    return _digest(name, subject, now, span), _digest(name, subject, now - span, span)


def _digest(name: str, subject: str, now: datetime, span: timedelta) -> str:
    begin = (now.date() - timedelta(days=now.toordinal() % span.days)).isoformat()
    key = hmac.digest(settings.SECRET_KEY.encode(), f"rates {begin}".encode(), "sha256")
    return hmac.new(key, f"{name}\n{subject}".encode(), "sha256").hexdigest()


def _rows(name: str, subject: str, now: datetime, span: timedelta) -> Sequence[_Row]:
    """Return what is counted, in a turn: of two who ask at once, the second sees the first."""
    names = _names(name, subject, now, span)
    take_turn(f"rate {names[0][:16]}")
    return _counting(names, now)


def _counting(names: tuple[str, str], now: datetime) -> list[_Row]:
    return [_Row(*row) for row in _ROWS(*names, now)]


def _put(name: str, subject: str, now: datetime, span: timedelta, **values: object) -> None:
    Rate.objects.update_or_create(pk=_digest(name, subject, now, span), defaults=values)

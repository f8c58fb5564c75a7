"""How much a report counts: by who files it, beside which others. Values in, numbers out; nothing is decided here.

Reports order the queue and no more: no number of them changes where a comment stands (STD-01).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# Before anything is known of a reporter it is taken that four in ten reports are right; known ones outweigh that soon.
BEFORE_RIGHT, BEFORE_WRONG = 2.0, 3.0
HALF_LIFE = timedelta(days=180)  # after which what a reader was right or wrong about counts half
GROWN = timedelta(days=14)  # an account this old is no new one
NEWEST = 0.25  # what a report of a brand-new account counts, of what it would later
VISITOR = 0.1  # what a report without account counts: as much as that of a brand-new account
NOTICE = 0.35  # a notice of illegal content, at least: it names who files it, though nobody has verified that
LEAST = 0.01  # who was wrong a hundred times still is heard
FURTHER = 0.6  # each further report counts so much of the one before it: all together less than two and a half
MASS_WITHIN = timedelta(hours=1)
MASS_OF_UNKNOWN = 5  # reports within that time by accounts of which nothing good is known
MASS_OF_ANYBODY = 20  # by whomever
UNKNOWN = 0.35  # what a report counts at most whose reporter nothing good is known of


@dataclass(frozen=True, slots=True)
class Record:
    """How often a reader's reports were right and wrong, as it stood at that moment."""

    upheld: float
    rejected: float
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it is weighed: `who` names the person (an account, or the address of a notice), "" for a visitor."""

    who: str
    weight: float
    at: datetime
    mass: bool = False


def faded(record: Record, now: datetime) -> Record:
    """Return the record as it counts now; one from the future doesn't grow."""
    share = 0.5 ** (max(timedelta(0), now - record.as_of) / HALF_LIFE)
    return Record(record.upheld * share, record.rejected * share, max(now, record.as_of))


def learned(record: Record | None, *, upheld: bool, now: datetime) -> Record:
    """Return the record with one more that was right or wrong."""
    before = faded(record, now) if record is not None else Record(0.0, 0.0, now)
    return Record(before.upheld + upheld, before.rejected + (not upheld), before.as_of)


def unlearned(record: Record, *, upheld: bool, at: datetime, now: datetime) -> Record:
    """Return the record without what was learned at that moment, as far as it hasn't faded; never below nothing."""
    before = faded(record, now)
    one = 0.5 ** (max(timedelta(0), now - at) / HALF_LIFE)
    return Record(max(0.0, before.upheld - one * upheld), max(0.0, before.rejected - one * (not upheld)), before.as_of)


def weight(record: Record | None, registered_at: datetime | None, now: datetime) -> float:
    """Return what a reader's report counts, above 0 and up to 1; `registered_at` is None for who has no account.

    The chance that it is right, by the record, as far as the account has come of age.
    """
    if registered_at is None:
        return VISITOR
    known = faded(record, now) if record is not None else Record(0.0, 0.0, now)
    right, wrong = known.upheld + BEFORE_RIGHT, known.rejected + BEFORE_WRONG
    age = min(1.0, max(0.0, (now - registered_at) / GROWN))
    return max(LEAST, right / (right + wrong) * (NEWEST + (1 - NEWEST) * age))


def of_mass(filed: Sequence[Filed], now: datetime) -> list[int]:
    """Return which of these reports, of one comment or of one author's comments, came as a mass by that moment.

    Those of whom nothing good is known, where they are many; all of them where they are very many. So a crowd can't
    take their weight from the few who are known by joining them.
    """
    lately = [place for place, one in enumerate(filed) if now - MASS_WITHIN < one.at <= now]
    unknown = [place for place in lately if filed[place].weight <= UNKNOWN]
    if _persons(filed, lately) >= MASS_OF_ANYBODY:
        return lately
    return unknown if _persons(filed, unknown) >= MASS_OF_UNKNOWN else []


def _persons(filed: Sequence[Filed], places: Sequence[int]) -> int:
    """Return how many persons those are, taking each visitor for one."""
    names = [filed[place].who for place in places]
    return len(set(names) - {""}) + names.count("")


def pressure(filed: Iterable[Filed]) -> float:
    """Return what open reports of a comment count together, 0 without any.

    A person counts once, however often; those who came as a mass count once, as the weightiest among them; and of what
    is left each counts less than the one before, so that the sum stays below 2.5 of the weightiest.
    """
    heaviest: dict[str, float] = {}
    mass = 0.0
    nameless: list[float] = []
    for one in filed:
        if one.mass:
            mass = max(mass, one.weight)
        elif one.who:
            heaviest[one.who] = max(heaviest.get(one.who, 0.0), one.weight)
        else:
            nameless.append(one.weight)
    counted = sorted([mass, *heaviest.values(), *nameless], reverse=True)
    return sum(each * FURTHER**place for place, each in enumerate(counted))

"""The page of one month's figures, with the way to all other months (MOD-11)."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from broadsheet.kernel.days import month_said
from broadsheet.moderation.queries.accountability import Accounted, accounted
from broadsheet.moderation.queries.months import months_told
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.web.queries.frame import same_word_elsewhere

WORD = "accountability/"


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month and where its figures stand."""

    month: date
    name: str
    path: str
    is_running: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month's figures and the months around it; `elsewhere` is the same page in other editions."""

    shown: MonthLink
    newest_path: str
    told: Accounted
    previous: MonthLink | None
    following: MonthLink | None
    running: MonthLink
    years: tuple[tuple[int, tuple[MonthLink, ...]], ...]
    elsewhere: tuple[tuple[EditionView, str], ...]


def month_view(edition: EditionView, wanted: tuple[int, int] | None, now: datetime) -> MonthView | None:
    """Return the page of the month, by default of the newest that is over; None where nothing is told of it."""
    months = months_told(edition, now)
    month = months[-2 if len(months) > 1 else -1] if wanted is None else _named(months, wanted)
    if month is None:
        return None
    links = [_link(edition, one, month, months[-1]) for one in months]
    at = months.index(month)
    years = tuple(
        (year, tuple(reversed(list(found)))) for year, found in groupby(links, key=lambda link: link.month.year)
    )
    return MonthView(
        links[at], f"{edition.path}{WORD}", accounted(edition, month, month, now), links[at - 1] if at else None,
        links[at + 1] if at + 1 < len(links) else None, links[-1], tuple(reversed(years)),
        tuple(_elsewhere(edition, month if wanted else None, now)),
    )  # fmt: skip


def month_told(edition: EditionView, year: int, month: int, now: datetime) -> Accounted | None:
    """Return the figures of the month alone; None where nothing is told of it."""
    found = _named(months_told(edition, now), (year, month))
    return accounted(edition, found, found, now) if found is not None else None


def _named(months: list[date], wanted: tuple[int, int]) -> date | None:
    return next((one for one in months if (one.year, one.month) == wanted), None)


def _link(edition: EditionView, month: date, shown: date, running: date) -> MonthLink:
    path = f"{edition.path}{WORD}{month:%Y/%m}/"
    return MonthLink(month, month_said(month), path, month == running, month == shown)


def _elsewhere(edition: EditionView, month: date | None, now: datetime) -> list[tuple[EditionView, str]]:
    """Return the same page in the other editions; of a month only those that tell of it."""
    if month is None:
        return same_word_elsewhere(edition, WORD)
    others = [one for one in editions() if one.id != edition.id and month in months_told(one, now)]
    return [(one, f"{one.path}{WORD}{month:%Y/%m}/") for one in others]

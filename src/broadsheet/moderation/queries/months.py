"""The months in which the public is told of decisions: as the edition's own calendar has them (MOD-11)."""

from datetime import UTC, date, datetime, time

from broadsheet.discussion.queries.accountability import first_month, first_report
from broadsheet.moderation.models import DecisionRow, Tally
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code


def month_of(edition_code: str, at: datetime) -> str:
    """Return the month of the moment in the edition's zone, as 2026-11; facts name it, and pages that show its figures."""
    edition = edition_by_code(edition_code)
    return f"{at.astimezone(edition.zone if edition is not None else UTC):%Y-%m}"


def following(month: date) -> date:
    """Return the first day of the month after the one that begins on this day."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def span_of(edition: EditionView, first: date, last: date) -> tuple[datetime, datetime]:
    """Return from when to when the months last, from the one that begins on `first` to the one that begins on `last`."""
    begin, end = (datetime.combine(day, time(), edition.zone) for day in (first, following(last)))
    return begin, end


def running_month(edition: EditionView, now: datetime) -> date:
    """Return the month of the edition that isn't over."""
    return now.astimezone(edition.zone).date().replace(day=1)


def months_told(edition: EditionView, now: datetime) -> list[date]:
    """Return all months of which there is something to tell, and the running one, oldest first."""
    running = running_month(edition, now)
    decided = DecisionRow.objects.filter(edition=edition.code).order_by("at").values_list("at", flat=True).first()
    written = Tally.objects.filter(edition=edition.code).order_by("at").values_list("at", flat=True).first()
    moments = [at for at in (decided, written, first_report(edition.id)) if at is not None]
    days = [at.astimezone(edition.zone).date().replace(day=1) for at in moments]
    days += [day for day in (first_month(edition.id),) if day is not None]
    month = min([running, *days])
    found = []
    while month <= running:
        found.append(month)
        month = following(month)
    return found

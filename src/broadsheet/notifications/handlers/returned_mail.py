"""Looks once a minute for mail that came back."""

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.notifications.actions.fetch_reports import fetch_reports


@every(60)
def fetch() -> dict[str, int]:
    """Take the reports that wait."""
    return fetch_reports(now=clock.now())

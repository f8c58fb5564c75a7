"""Counts how often links of newsletters were opened, and nothing else about it (NOT-02)."""

from django.db import transaction
from django.db.models import F

from broadsheet.notifications.engines.click_counts import CLICKS, Clicks
from broadsheet.notifications.models import NewsletterPick


def count_click(*, issue_id: int, place: int) -> None:
    """Note it in memory; it is written with others after some seconds."""
    CLICKS.add(issue_id, place)


def write_clicks() -> int:
    """Write what has gathered and return how many links that was about; kept for the next time where that fails."""
    clicks = CLICKS.take()
    if not clicks:
        return 0
    try:
        _add(clicks)
    except Exception:
        CLICKS.give_back(clicks)
        raise
    return len(clicks)


@transaction.atomic
def _add(clicks: Clicks) -> None:
    for (issue_id, place), count in sorted(clicks.items()):  # in one order everywhere: nobody waits in a ring
        NewsletterPick.objects.filter(issue_id=issue_id, place=place).update(clicks=F("clicks") + count)

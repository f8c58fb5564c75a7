"""The discussion's work in the background."""

from broadsheet.discussion.actions.announce_turns import announce_turns
from broadsheet.discussion.actions.count_findings import count_findings
from broadsheet.discussion.actions.count_months import count_months
from broadsheet.discussion.actions.erase_reports import purge_reports
from broadsheet.discussion.actions.keep_fingerprint import prune_fingerprints
from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every


@every(15)
def tell_what_the_clock_changed() -> None:
    """Let stored pages follow rules that begin or end to hold by the clock, and threads that close."""
    announce_turns(now=clock.now())


@every(600)
def drop_old_fingerprints() -> None:
    """Drop fingerprints, mobs and notes of shadow mode that have come to their end."""
    prune_fingerprints(now=clock.now())


@every(60)
def count_what_was_found() -> None:
    """Count what the judge found and couldn't score, hour by hour."""
    count_findings(now=clock.now())


@every(60)
def count_what_was_posted() -> None:
    """Count comments, month by month."""
    count_months(now=clock.now())


@every(3600)
def drop_words_of_reports() -> None:
    """Erase what was said in reports, and by whom, some time after their answer."""
    purge_reports(now=clock.now())

"""Tells the discussion at which times editions are looked after, as the roster and the roles are now (DIS-06)."""

from broadsheet.discussion.actions.keep_staffed import Staffing, keep_staffed
from broadsheet.moderation.queries.roster import duties


def keep_roster() -> bool:
    """Let rules that hold while nobody is on duty know who is; return whether anything is new.

    Repeated from time to time: who moderates no longer, and an edition's clock, count from then on.
    """
    return keep_staffed(
        times=[
            Staffing(edition.id, row.zone.key, row.week.weekdays, row.week.begins, row.week.ends)
            for row in duties()
            for edition in row.covered
        ]
    )

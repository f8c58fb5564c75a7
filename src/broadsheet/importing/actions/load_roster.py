"""Lets the demo paper have a roster, rules about modes, and an author among those who comment."""

from datetime import datetime, time

from broadsheet.discussion.conf import Mode, Scope
from broadsheet.discussion.queries.badges import badge_given
from broadsheet.discussion.queries.prospects import rule_views
from broadsheet.moderation.actions.keep_duty import put_duty
from broadsheet.moderation.actions.keep_mode_rule import keep_mode_rule
from broadsheet.moderation.actions.name_account import name_account
from broadsheet.moderation.queries.roster import duties
from broadsheet.newsroom.queries.editions import editions
from broadsheet.newsroom.queries.signing import signers

WEEKDAYS, SATURDAY = (0, 1, 2, 3, 4), (5,)
CLOSES_AFTER = 60  # days


def load_roster(*, chief_id: int, moderator_id: int, author: tuple[int, str], now: datetime) -> None:
    """Put two people on duty, make two rules, and name the account the author of that name; done again, nothing."""
    if not duties():
        for number, days, begins in ((moderator_id, WEEKDAYS, time(8, 30)), (chief_id, SATURDAY, time(10))):
            put_duty(
                by=chief_id, now=now, moderator_id=number, edition_id=None, weekdays=days, begins=begins, ends=time(18)
            )
    sections = [section.id for edition in editions()[:1] for section in edition.sections]
    if not rule_views() and sections:
        keep_mode_rule(by=chief_id, now=now, scope=Scope.SITE, close_after_days=CLOSES_AFTER)
        keep_mode_rule(
            by=chief_id, now=now, scope=Scope.SECTION, ref=sections[-1], mode=Mode.PREMODERATED, unstaffed=True,
            note="At night nobody reads along here.",
        )  # fmt: skip
    reader_id, name = author
    key = next((key for key, signs in signers() if signs == name), None)
    if key is not None and badge_given(reader_id) is None:
        name_account(reader_id=reader_id, by=chief_id, now=now, author_key=key)

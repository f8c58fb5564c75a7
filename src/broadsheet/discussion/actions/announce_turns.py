"""Announces what the clock alone changes about modes: rules that begin, end or run out, and threads that close (DIS-06).

Who posts meets the change at the very moment, whatever this does; it is for pages that are stored.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.discussion.conf import Scope
from broadsheet.discussion.facts import ModeRulesChanged, ThreadModeChanged
from broadsheet.discussion.models import ModeClock, ModeRule, Thread
from broadsheet.discussion.queries.modes import InForce, Reach, rules_in_force
from broadsheet.discussion.rules.weeks import WHOLE_WEEK, turns
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.queries.discussed import published_between
from broadsheet.newsroom.queries.editions import editions

ONLY = 1  # the clock's one row


@transaction.atomic
def announce_turns(*, now: datetime) -> None:
    """Announce all that the clock changed since it was last looked at; rules that have run out go."""
    ModeClock.objects.get_or_create(pk=ONLY, defaults={"looked_at": now})
    clock = ModeClock.objects.select_for_update().get(pk=ONLY)
    since = clock.looked_at
    if since == now:
        return
    clock.looked_at = now
    clock.save(update_fields=["looked_at"])
    if since > now:  # the clock was put back
        return
    known = rules_in_force()
    turned = {(each.rule.scope, each.ref) for each in known.reaches if _turned(each, known, since, now)}
    ModeRule.objects.filter(expires_at__lte=now).delete()
    for scope, ref in sorted(turned, key=str):
        announce(ModeRulesChanged(scope=scope, ref=ref))
    for thread_id, edition_id in sorted(_closed(known, since, now)):
        announce(ThreadModeChanged(thread_id=thread_id, edition_id=edition_id))


def _turned(each: Reach, known: InForce, since: datetime, now: datetime) -> bool:
    """Say whether the rule began or ended to hold anywhere after `since`, or at least might have."""
    rule, since = each.rule, max(since, now - WHOLE_WEEK)
    if rule.expires_at is not None and rule.expires_at <= now:
        return True
    for edition in editions():
        if rule.scope == Scope.EDITION and edition.id != each.ref:
            continue
        duties = known.of_edition(edition.id) if rule.unstaffed else []
        times = [(rule.week, edition.zone), *((duty.week, duty.zone) for duty in duties)]
        if any(_any(turns(week, zone, since, now)) for week, zone in times):
            return True
    return False


def _any(moments: Iterable[datetime]) -> bool:
    return next(iter(moments), None) is not None


def _closed(known: InForce, since: datetime, now: datetime) -> set[tuple[int, int]]:
    """Return thread and edition of what came to its closing time, or may have by a rule."""
    own = Thread.objects.filter(closes_at__gt=since, closes_at__lte=now)
    found = set(own.values_list("pk", "edition_id"))
    for days in {each.rule.close_after_days for each in known.reaches}:
        if days is not None:
            age = timedelta(days=days)
            found |= set(published_between(since - age, now - age))
    return found

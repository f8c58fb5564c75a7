"""Keeps at which times of the week somebody is on duty, for the rules that hold while nobody is (DIS-06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.db import transaction

from broadsheet.discussion.conf import Scope
from broadsheet.discussion.facts import ModeRulesChanged
from broadsheet.discussion.models import StaffedTime
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn


@dataclass(frozen=True, slots=True, order=True)
class Staffing:
    """A time of every week at which the edition has somebody on duty, by the clock of the zone of that name."""

    edition_id: int
    zone: str
    weekdays: tuple[int, ...] = ()
    begins: time | None = None
    ends: time | None = None


@transaction.atomic
def keep_staffed(*, times: Iterable[Staffing]) -> bool:
    """Let these be the times at which editions are staffed; return whether that is something new, which is announced."""
    take_turn("staffed times")
    wanted = set(times)
    rows = list(StaffedTime.objects.all())
    known = {Staffing(row.edition_id, row.zone, tuple(row.weekdays), row.begins, row.ends): row for row in rows}
    kept = {known[one].pk for one in wanted & known.keys()}
    gone = [row for row in rows if row.pk not in kept]
    new = wanted - known.keys()
    if not gone and not new:
        return False
    StaffedTime.objects.filter(pk__in=[row.pk for row in gone]).delete()
    StaffedTime.objects.bulk_create(
        [
            StaffedTime(
                edition_id=one.edition_id, zone=one.zone, weekdays=list(one.weekdays), begins=one.begins, ends=one.ends
            )
            for one in sorted(new, key=repr)
        ]
    )
    for number in sorted({row.edition_id for row in gone} | {one.edition_id for one in new}):
        announce(ModeRulesChanged(scope=Scope.EDITION, ref=number))
    return True

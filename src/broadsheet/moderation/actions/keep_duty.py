"""A chief says who is on duty when; what that leaves open is told to the discussion (DIS-06)."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions.keep_roster import keep_roster
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.models import Duty
from broadsheet.moderation.queries.rights import the_chief
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.newsroom.queries.editions import editions


@transaction.atomic
def put_duty(  # noqa: PLR0913 - the parts of a duty
    *, by: int, now: datetime, duty_id: int | None = None, moderator_id: int, edition_id: int | None,
    weekdays: Sequence[int], begins: time, ends: time, note: str = "",
) -> int:  # fmt: skip
    """Put somebody on duty, or change the duty of that number, and return its number.

    `Refused` where the person moderates nothing of the edition, or no day is named.
    """
    the_chief(by)
    scope = scope_of(moderator_id)
    known = [one for one in editions() if edition_id in {None, one.id}]
    if scope is None or not any(
        scope.covers(one.id, section) for one in known for section in (None, *(row.id for row in one.sections))
    ):
        raise _refused("moderates-elsewhere", _("This person moderates nothing there."), _("Choose somebody who does."))
    days = sorted(set(weekdays) & set(range(7)))
    if not days:
        raise _refused("no-day", _("No day is chosen."), _("Choose one at least."))
    values = {
        "moderator_id": moderator_id, "edition_id": edition_id, "weekdays": days, "begins": begins, "ends": ends,
        "note": note[:200],
    }  # fmt: skip
    if duty_id is not None and Duty.objects.select_for_update().filter(pk=duty_id).exists():
        duty, _made = Duty.objects.update_or_create(pk=duty_id, defaults=values)
    else:
        duty = Duty.objects.create(**values)
    keep_roster()
    plain = {**values, "begins": begins.isoformat(), "ends": ends.isoformat()}
    write_audit(actor=f"reader:{by}", action="duty", subject=f"duty:{duty.pk}", payload=plain, now=now)
    return int(duty.pk)


@transaction.atomic
def drop_duty(*, by: int, duty_id: int, now: datetime) -> None:
    """Take the duty off the roster; nothing changes where it isn't there."""
    the_chief(by)
    duty = Duty.objects.select_for_update().filter(pk=duty_id).first()
    if duty is None:
        return
    duty.delete()
    keep_roster()
    payload = {"moderator_id": duty.moderator_id, "edition_id": duty.edition_id}
    write_audit(actor=f"reader:{by}", action="duty-removed", subject=f"duty:{duty_id}", payload=payload, now=now)


def _refused(code: str, why: str, remedy: str) -> Refused:
    return Refused(Refusal(code, _("Nothing was changed."), why, remedy))

"""Gives cases to those who moderate, each to one person at a time (MOD-01)."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import CLAIMED_FOR, CaseState
from broadsheet.moderation.models import Case, CaseLook
from broadsheet.moderation.queries.cases import Wanted, claimable, in_order, visible_to, wanted_cases
from broadsheet.moderation.queries.roles import Scope, scope_of


@transaction.atomic
def claim_next(*, moderator_id: int, wanted: Wanted, now: datetime) -> int | None:
    """Give the person the first case of the queue that they may have, and return it; None where there is none.

    Whoever has one already that is wanted keeps it: coming back shows the same case. It is theirs for ten minutes, or
    as long as it is renewed by `claim`. `Refused` to whoever doesn't moderate.
    """
    scope = _scope(moderator_id)
    own = wanted_cases(wanted, scope).filter(claimed_by_id=moderator_id, claimed_until__gt=now, ordered_at=None)
    for number in own.order_by("-claimed_until").values_list("pk", flat=True)[:1]:
        return number if _take(number, scope, now) else None
    rows = in_order(claimable(wanted, scope, now))
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    first = rows.values_list("pk", flat=True).first()
    return int(first) if first is not None and _take(first, scope, now) else None


@transaction.atomic
def claim(*, case_id: int, moderator_id: int, now: datetime) -> None:
    """Let the person have this case for the next ten minutes, and renew that; `Refused` where they can't have it."""
    scope = _scope(moderator_id)
    row = visible_to(scope).filter(pk=case_id).first()
    what = _("You haven't got this case.")
    if row is None:
        why = _("It is closed, or it is not for you to decide.")
        raise Refused(Refusal("no-such-case", what, why, _("Take the next one.")))
    if row.first_decider_id == moderator_id:
        why = _("It is about what you decided first, so somebody else looks at it.")
        raise Refused(Refusal("first-decider", what, why, _("Leave it to a colleague.")))
    if not _take(case_id, scope, now):
        raise Refused(Refusal("claimed", what, _("A colleague has it on the screen."), _("Take the next one.")))


@transaction.atomic
def release(*, case_id: int, moderator_id: int, now: datetime) -> None:
    """Let others have the case again at once; nothing changes where the person hasn't got it."""
    _release(case_id, moderator_id)


@transaction.atomic
def skip(*, case_id: int, moderator_id: int, now: datetime) -> None:
    """Give the case back, and never to this person again of itself; opening it by hand remains possible."""
    _scope(moderator_id)
    look, _made = CaseLook.objects.get_or_create(
        case_id=case_id, moderator_id=moderator_id, defaults={"at": now, "harsh": False}
    )
    look.skipped = True
    look.save(update_fields=["skipped"])
    _release(case_id, moderator_id)


def let_go(*, moderator_id: int) -> int:
    """Give back all cases that the person has, as when the desk is left; return how many those were."""
    own = Case.objects.filter(claimed_by_id=moderator_id, claimed_until__isnull=False)
    return own.update(claimed_by_id=None, claimed_until=None)


def _release(case_id: int, moderator_id: int) -> None:
    own = Case.objects.filter(pk=case_id, claimed_by_id=moderator_id)
    own.update(claimed_by_id=None, claimed_until=None)


def _take(case_id: int, scope: Scope, now: datetime) -> bool:
    """Claim the case unless somebody else has it; the condition stands in the statement that writes."""
    me = scope.reader_id
    free = Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by_id=me)
    rows = Case.objects.filter(free, pk=case_id, state=CaseState.OPEN)
    until: datetime = now + CLAIMED_FOR
    if not rows.update(claimed_by_id=me, claimed_until=until):
        return False
    harsh, reader_id = Case.objects.values_list("harsh", "reader_id").get(pk=case_id)
    _look, first = CaseLook.objects.get_or_create(
        case_id=case_id, moderator_id=me, defaults={"at": now, "harsh": harsh}
    )
    if first:
        write_audit(
            actor=f"reader:{me}", action="look", subject=f"case:{case_id}", payload={"role": str(scope.role)}, now=now,
            reader_id=reader_id,
        )  # fmt: skip
    return True


def _scope(moderator_id: int) -> Scope:
    scope = scope_of(moderator_id)
    if scope is None:
        what, why = _("Nothing was done."), _("Only those who moderate see cases.")
        raise Refused(Refusal("no-moderator", what, why, _("Ask a chief to let you moderate.")))
    return scope

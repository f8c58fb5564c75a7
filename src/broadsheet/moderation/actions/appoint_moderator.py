"""Says who of the newsroom moderates, and where (MOD-12)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions.keep_roster import keep_roster
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.models import Duty, ModeratorScope
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.newsroom.actions.roles import let_moderate


@transaction.atomic
def appoint_moderator(
    *, reader_id: int, edition_ids: Collection[int] = (), section_ids: Collection[int] = (), by: int, now: datetime
) -> None:
    """Let a member of the newsroom moderate these editions and sections, everything where none are named.

    `Refused` to everybody but chiefs, and where the account is not the newsroom's.
    """
    _refuse(by)
    let_moderate(reader_id=reader_id, moderates=True)
    ModeratorScope.objects.filter(moderator_id=reader_id).delete()
    ModeratorScope.objects.bulk_create(
        [ModeratorScope(moderator_id=reader_id, edition_id=number) for number in sorted(set(edition_ids))]
        + [ModeratorScope(moderator_id=reader_id, section_id=number) for number in sorted(set(section_ids))]
    )
    keep_roster()
    payload = {"editions": sorted(set(edition_ids)), "sections": sorted(set(section_ids))}
    write_audit(actor=f"reader:{by}", action="appoint", subject=f"reader:{reader_id}", payload=payload, now=now)


@transaction.atomic
def dismiss_moderator(*, reader_id: int, by: int, now: datetime) -> None:
    """Let a member of the newsroom moderate no longer; what they decided stands. `Refused` to everybody but chiefs."""
    _refuse(by)
    let_moderate(reader_id=reader_id, moderates=False)
    ModeratorScope.objects.filter(moderator_id=reader_id).delete()
    Duty.objects.filter(moderator_id=reader_id).delete()
    keep_roster()
    write_audit(actor=f"reader:{by}", action="dismiss", subject=f"reader:{reader_id}", payload={}, now=now)


def _refuse(by: int) -> None:
    scope = scope_of(by)
    if scope is None or not scope.is_chief:
        what, why = _("Nothing was changed."), _("Only chiefs say who moderates.")
        raise Refused(Refusal("no-chief", what, why, _("Ask a chief.")))

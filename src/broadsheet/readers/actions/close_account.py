"""The moderators delete an account: hidden at once, kept for 180 days, then erased (MOD-04)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.readers.actions.end_sessions import end_sessions
from broadsheet.readers.conf import CLOSED_FOR
from broadsheet.readers.engines.avatars import hide_file
from broadsheet.readers.facts import AccountClosed
from broadsheet.readers.models import Closure, DepartureLink, LoginLink, Reader
from broadsheet.readers.queries.retention import is_erased


@transaction.atomic
def close_account(*, reader_id: int, now: datetime) -> datetime:
    """Delete the account for its conduct and return until when it is kept; `Refused` for staff and one that is gone.

    Afterwards no session and no link of it opens anything, not even that of an owner who had deleted it before: their
    30 days go on, and end with its erasure.
    """
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if refusal := _refuse(reader):
        raise Refused(refusal)
    assert reader is not None  # noqa: S101 - refused above
    closure = Closure.objects.create(reader=reader, began_at=now, deadline=now + CLOSED_FOR)
    reader.is_active = False
    reader.save(update_fields=["is_active"])
    end_sessions(reader_id=reader_id)
    LoginLink.objects.filter(reader_id=reader_id).delete()
    DepartureLink.objects.filter(departure_id=reader_id).delete()
    announce(AccountClosed(reader_id=reader_id))
    avatar = reader.avatar
    transaction.on_commit(lambda: hide_file(avatar), robust=True)
    deadline: datetime = closure.deadline
    return deadline


def _refuse(reader: Reader | None) -> Refusal | None:
    what = _("The account was not deleted.")
    if reader is None or is_erased(reader):
        return Refusal("account-not-there", what, _("There is no such account."), _("Check User ID or address."))
    if reader.is_staff or reader.is_superuser:
        return Refusal(
            "staff-account",
            what,
            _("It belongs to the newsroom, whose accounts are ended by the operator."),
            _("Ask the operator of the paper to end it."),
        )
    if Closure.objects.filter(reader=reader).exists():
        return Refusal(
            "account-closed",
            what,
            _("The moderators deleted it already."),
            _("Look at the decision by which it was deleted."),
        )
    return None

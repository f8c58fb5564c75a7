"""The owner deletes the account: gone for everybody at once, and for good after 30 days (ACC-07)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.actions.end_sessions import end_sessions
from broadsheet.readers.engines.avatars import hide_file
from broadsheet.readers.facts import AccountDeleted
from broadsheet.readers.models import Departure, FormerAddress, LoginLink, Reader
from broadsheet.readers.queries.departures import DepartedView, departed
from broadsheet.readers.rules.deadlines import deadline_of


def delete_account(*, reader_id: int, edition: str, now: datetime) -> DepartedView:
    """Delete the account and return until when it can be restored; `Refused` for staff and for one that is deleted.

    Afterwards no session of it opens anything, its picture is hidden, and the mail with the link is due: to the
    confirmed address and to those it had within the last 30 days. `edition` is the code of the one it is written for.
    """
    with transaction.atomic():
        reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
        if refusal := _refuse(reader):
            raise Refused(refusal)
        assert reader is not None  # noqa: S101 - refused above
        Departure.objects.create(reader=reader, began_at=now, deadline=deadline_of(now))
        reader.is_active = False
        reader.save(update_fields=["is_active"])
        end_sessions(reader_id=reader_id)
        LoginLink.objects.filter(reader_id=reader_id).delete()
        announce(AccountDeleted(reader_id=reader_id))
        _announce_mail(reader_id, edition, now)
        avatar = reader.avatar
        transaction.on_commit(lambda: hide_file(avatar), robust=True)
    gone = departed(reader_id, now)
    assert gone is not None  # noqa: S101 - its deadline is 30 days away
    return gone


def _announce_mail(reader_id: int, edition: str, now: datetime) -> None:
    key = f"deleted:{reader_id}:{now.isoformat()}"
    announce_mail("deleted", reader_id=reader_id, edition=edition, key=key)
    former = FormerAddress.objects.filter(reader_id=reader_id, until__gt=now)
    for number in former.values_list("pk", flat=True):
        announce_mail("deleted", reader_id=reader_id, edition=edition, email_id=number, key=f"{key}:former:{number}")


def _refuse(reader: Reader | None) -> Refusal | None:
    if reader is not None and (reader.is_staff or reader.is_superuser):
        return Refusal(
            "staff-account",
            _("The account was not deleted."),
            _("It belongs to the newsroom, whose accounts are ended by the operator."),
            _("Ask the operator of the paper to end it."),
        )
    if reader is None or not reader.is_active:
        return Refusal(
            "account-not-there",
            _("The account was not deleted."),
            _("It is deleted already, or closed."),
            _("Look for the mail with the link to restore it."),
        )
    return None

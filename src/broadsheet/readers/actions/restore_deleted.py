"""A deleted account comes back as it was (ACC-07)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.readers.engines.avatars import show_file
from broadsheet.readers.facts import AccountRestored
from broadsheet.readers.models import Closure, Departure, DepartureLink, Reader
from broadsheet.readers.queries.departures import digest_of
from broadsheet.readers.rules.deadlines import refuse_restoring


def restore_deleted(*, token: str, now: datetime) -> int:
    """Restore the account of this link and return its id; `Refused` where the link is unknown, used or too late.

    Everything it had is back, a block that was running included; nobody is logged in by it (ASVS 7.6.2), and every
    other link to restore it ends.
    """
    with transaction.atomic():
        number = DepartureLink.objects.filter(digest=digest_of(token)).values_list("departure_id", flat=True).first()
        # The row is held, so that of two who come at once one finds it gone, and erasing waits for its answer.
        departure = Departure.objects.select_for_update().filter(pk=number).first() if number is not None else None
        still = departure is not None and departure.links.filter(digest=digest_of(token)).exists()
        closed = departure is not None and Closure.objects.filter(reader_id=departure.reader_id).exists()
        alive = departure is not None and still and not closed
        if refusal := refuse_restoring(deadline=departure.deadline if departure and alive else None, now=now):
            raise Refused(refusal)
        assert departure is not None  # noqa: S101 - refused above
        reader_id: int = departure.reader_id
        bring_back(departure_id=departure.pk)
    return reader_id


@transaction.atomic
def bring_back(*, departure_id: int) -> bool:
    """Let the deleted account be as it was, by whatever right; return whether it was deleted.

    One that the moderators deleted, too, stays hidden until they bring it back.
    """
    departure = Departure.objects.select_for_update().filter(pk=departure_id).first()
    if departure is None:
        return False
    reader = Reader.objects.select_for_update().get(pk=departure.reader_id)
    departure.delete()
    if Closure.objects.filter(reader=reader).exists():
        return True
    reader.is_active = True
    reader.save(update_fields=["is_active"])
    announce(AccountRestored(reader_id=reader.pk))
    transaction.on_commit(lambda: show_file(reader.avatar), robust=True)
    return True

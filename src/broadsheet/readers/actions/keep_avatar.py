"""The picture of an account: uploaded by its owner, or fetched from the network that offered it (ACC-05)."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel import fetching
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.models import FactRecord
from broadsheet.readers.conf import AVATAR_BYTES
from broadsheet.readers.engines import avatars
from broadsheet.readers.facts import ProfileChanged
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.offers import offers

log = logging.getLogger("broadsheet.avatars")
LIMITS = fetching.Limits(most_bytes=AVATAR_BYTES, total_seconds=15.0, read_seconds=5.0, redirects=3)


def keep_avatar(*, reader_id: int, content: bytes, only_if_none: bool = False) -> str:
    """Draw the picture anew, keep it for the account and return its name; the one before is removed.

    `Refused` where it can't be read, is too large, or the account isn't there any more. With `only_if_none` a picture
    that the owner has chosen stays, and its name is returned.
    """
    name = avatars.keep_file(avatars.draw_avatar(content))
    before = None
    try:
        with transaction.atomic():
            reader = Reader.objects.select_for_update().filter(pk=reader_id, is_active=True).first()
            if reader is None:
                raise Refused(_nobody())
            if not (only_if_none and reader.avatar):
                before = reader.avatar
                _put(reader, name)
    except BaseException:
        avatars.drop_file(name)
        raise
    if before is None:
        avatars.drop_file(name)
        return str(reader.avatar)
    avatars.drop_file(before)
    return name


def remove_avatar(*, reader_id: int) -> None:
    """Take the picture from the account; the default one is shown."""
    with transaction.atomic():
        reader = Reader.objects.select_for_update().filter(pk=reader_id, is_active=True).first()
        before = reader.avatar if reader else ""
        if reader is not None and before:
            _put(reader, "")
    avatars.drop_file(before)


def take_offered(*, reader_id: int, allow_private: bool = False) -> bool:
    """Fetch the picture that a provider offered, unless the account has one; forget its address in any case.

    Returns whether it was kept. What is refused or fails is told in the log without address or name, and not tried
    again: the default picture is as good. Nothing of the inner network is asked (ASVS 1.3.6).
    """
    found = offers(reader_id)
    try:
        has_one = Reader.objects.filter(pk=reader_id).exclude(avatar="").exists()
        if not found or has_one:
            return False
        url = str(found[0].payload["url"])
        got = fetching.fetch(url, allow_private=allow_private, limits=LIMITS, kinds=avatars.KINDS)
        keep_avatar(reader_id=reader_id, content=got.content, only_if_none=True)
    except (fetching.NotFetchedError, Refused) as error:
        why = error.refusal.code if isinstance(error, Refused) else type(error).__name__
        log.info("the picture offered for account %s was not kept: %s", reader_id, why)
        return False
    finally:
        forget_offers(reader_id=reader_id)
    return True


@transaction.atomic
def forget_offers(*, reader_id: int) -> int:
    """Take the addresses of offered pictures out of the log of facts, whose numbers stay; return from how many."""
    found = offers(reader_id)
    for record in found:
        FactRecord.objects.filter(pk=record.pk).update(payload={**record.payload, "url": ""})
    return len(found)


def sweep_avatars(*, older_than: float = 3600) -> int:
    """Put right what a killed process left: files of nobody go, those of deleted accounts are hidden; return how many.

    Files younger than so many seconds are left alone: an account may be about to name them.
    """
    there = list(avatars.files(older_than=older_than))
    named = dict(Reader.objects.exclude(avatar="").values_list("avatar", "is_active"))
    count = 0
    for name, hidden in there:
        shown = named.get(name)
        if shown is None:
            count += avatars.drop_file(name)
        elif shown is hidden:
            (avatars.show_file if shown else avatars.hide_file)(name)
            count += 1
    return count


def _put(reader: Reader, name: str) -> None:
    reader.avatar = name
    reader.save(update_fields=["avatar"])
    announce(ProfileChanged(reader_id=reader.pk))


def _nobody() -> Refusal:
    return Refusal("account-not-there", _("The picture was not kept."), _("The account is deleted or closed."))

"""The account itself: what its owner told of themselves, and its addresses."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import Holding, delete_portion, register
from broadsheet.readers.engines.avatars import drop_file
from broadsheet.readers.models import FormerAddress, Reader

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # in place of the day of registration, which the column wants
# What an erased account looks like; number and User ID alone are as before.
BLANK: dict[str, Any] = {
    "email": None,
    "display_name": "",
    "language": "",
    "avatar": "",
    "choices": {},
    "block": "",
    "blocked_until": None,
    "is_active": False,
    "last_login": None,
    "registered_at": NEVER,
}


def _account(reader_id: int) -> Iterator[dict[str, Any]]:
    for reader in Reader.objects.filter(pk=reader_id):
        yield {
            "user_id": reader.public_id,
            "email": reader.email,
            "display_name": reader.display_name,
            "language": reader.language,
            "picture": reader.avatar,
            "sent_by_mail": reader.choices,
            "block": reader.block,
            "blocked_until": _text(reader.blocked_until),
            "registered_at": _text(reader.registered_at),
            "last_login": _text(reader.last_login),
            "has_password": reader.has_usable_password(),
            "groups": sorted(group.name for group in reader.groups.all()),
            "permissions": sorted(one.codename for one in reader.user_permissions.all()),
        }


@transaction.atomic
def _blank(reader_id: int) -> int:
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if reader is None or all(getattr(reader, name) == value for name, value in BLANK.items()):
        return 0
    avatar = reader.avatar
    for name, value in BLANK.items():
        setattr(reader, name, value)
    reader.set_unusable_password()
    reader.save()
    reader.groups.clear()
    reader.user_permissions.clear()
    transaction.on_commit(lambda: drop_file(avatar), robust=True)
    return 1


def _addresses(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in EmailAddress.objects.filter(user_id=reader_id).order_by("pk"):
        yield {"email": row.email, "confirmed": row.verified, "primary": row.primary}
    for former in FormerAddress.objects.filter(reader_id=reader_id).order_by("pk"):
        yield {"email": former.email, "kept_until": _text(former.until)}


def _drop_addresses(reader_id: int) -> int:
    return delete_portion(EmailAddress.objects.filter(user_id=reader_id)) + delete_portion(
        FormerAddress.objects.filter(reader_id=reader_id)
    )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


register(Holding("readers.account", _("Your account"), ("readers.Reader",), _account, _blank))
register(
    Holding(
        "readers.addresses",
        _("Your e-mail addresses"),
        ("account.EmailAddress", "account.EmailConfirmation", "readers.FormerAddress"),
        _addresses,
        _drop_addresses,
    )
)

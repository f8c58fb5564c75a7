"""Writes an account of the newsroom as an archive has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.users.models import UserProfile

from broadsheet.kernel.email import canonical
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.readers.models import Closure, Departure, Reader

FIELDS = ("display_name", "language", "is_active", "is_staff", "is_superuser")


@transaction.atomic
def restore_account(
    *,
    user_id: str,
    email: str | None,
    fields: Mapping[str, Any],
    registered_at: datetime | None,
    permissions: Sequence[Permission] = (),
    desk: Mapping[str, Any] | None = None,
) -> Reader:
    """Make or change the account with this User ID and return it; `Refused` where a value is wrong.

    A new one has neither password nor second factor: its owner enters by a one-use link. `fields` are those of
    `FIELDS`, `desk` its preferences in the desk. One that the moderators deleted stays so.
    """
    stored = Reader.objects.filter(public_id=user_id).first() or Reader(public_id=user_id)
    if stored.pk is None:
        stored.set_unusable_password()
    closed = stored.pk is not None and Closure.objects.filter(reader=stored).exists()
    stored.email = canonical(email) if email else None
    for name in FIELDS:
        setattr(stored, name, fields[name])
    stored.is_active = stored.is_active and not closed
    try:
        stored.clean_fields(exclude={"email"} if email is None else None)
        if EmailAddress.objects.filter(email=stored.email).exclude(user_id=stored.pk).exists():
            raise ValidationError("Its address is that of another account.")
        stored.save()
    except ValidationError as error:
        raise Refused(
            Refusal("bad-account", f"The account {user_id} was not stored.", "; ".join(error.messages), "Correct it.")
        ) from error
    if registered_at is not None:
        Reader.objects.filter(pk=stored.pk).update(registered_at=registered_at)
    if stored.is_active:
        Departure.objects.filter(reader=stored).delete()
    stored.user_permissions.set(permissions)
    if stored.email:
        EmailAddress.objects.filter(user=stored).exclude(email=stored.email).delete()
        EmailAddress.objects.update_or_create(
            user=stored, email=stored.email, defaults={"verified": True, "primary": True}
        )
    if desk is not None:
        UserProfile.objects.update_or_create(user=stored, defaults=dict(desk))
    return stored

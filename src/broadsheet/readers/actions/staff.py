"""Accounts of the newsroom's staff: made from the terminal, opened by a one-use link."""

import hashlib
import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from broadsheet.kernel.email import canonical
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.readers.actions.end_sessions import end_sessions
from broadsheet.readers.conf import LINK_LIFETIME, ROLES
from broadsheet.readers.models import AwaitedIdentity, Closure, Departure, LoginLink, Reader


@transaction.atomic
def put_staff(*, email: str, name: str = "", role: str = "chief") -> Reader:
    """Make the account a member of the newsroom in this role, making the account where there is none.

    A new one has no password: its owner enters by a one-use link and must set a second factor before the desk opens.
    So does the owner of one that was begun with the address and never confirmed: anybody may have begun it, and
    nothing by which they would enter is left. One that was deleted is no longer to be erased.
    """
    email = canonical(email)
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(
            Refusal("bad-address", f"No account was made for “{email}”.", "That is no e-mail address.", "Check it.")
        ) from error
    if role not in {*ROLES, "operator"}:
        known = ", ".join([*ROLES, "operator"])
        raise Refused(Refusal("bad-role", "No account was made.", f"“{role}” is no role.", f"Roles are: {known}."))
    reader = Reader.objects.select_for_update().filter(email=email).first() or Reader.objects.create_user(email)
    if Closure.objects.filter(reader=reader).exists():
        why = f"The moderators deleted the account of {email}."
        raise Refused(Refusal("account-closed", "Nothing was changed.", why, "A letter to them can bring it back."))
    if not reader.is_staff and not EmailAddress.objects.filter(user=reader, email=email, verified=True).exists():
        _shut_out_beginner(reader)
    reader.display_name = name or reader.display_name or email.partition("@")[0]
    reader.is_staff = reader.is_active = True
    reader.is_superuser = role == "operator"
    reader.save()
    Departure.objects.filter(reader=reader).delete()
    EmailAddress.objects.update_or_create(user=reader, email=email, defaults={"verified": True, "primary": True})
    reader.groups.set([Group.objects.get_or_create(name=ROLES[role])[0]] if role in ROLES else [])
    return reader


def _shut_out_beginner(reader: Reader) -> None:
    """Take from an unconfirmed account all by which whoever began it could enter, and the name they gave it."""
    reader.set_unusable_password()
    reader.display_name = ""
    SocialAccount.objects.filter(user=reader).delete()
    Authenticator.objects.filter(user=reader).delete()
    AwaitedIdentity.objects.filter(pk=reader.pk).delete()
    LoginLink.objects.filter(reader=reader).delete()
    EmailAddress.objects.filter(user=reader).exclude(email=reader.email).delete()
    end_sessions(reader_id=reader.pk)


@transaction.atomic
def end_staff(*, email: str) -> Reader:
    """Take the account out of the newsroom, log it out everywhere and return it; from then on it is a reader's.

    `Refused` where the newsroom has no account of that address.
    """
    reader = Reader.objects.select_for_update().filter(email=canonical(email), is_staff=True).first()
    if reader is None:
        why = f"{email} is not an account of the newsroom."
        raise Refused(Refusal("not-staff", "Nothing was changed.", why, "`broadsheet staff list` names them all."))
    reader.is_staff = reader.is_superuser = False
    reader.save(update_fields=["is_staff", "is_superuser"])
    reader.groups.clear()
    reader.user_permissions.clear()
    LoginLink.objects.filter(reader=reader).delete()
    end_sessions(reader_id=reader.pk)
    return reader


@transaction.atomic
def make_login_link(*, reader: Reader, now: datetime, opens_desk: bool = False) -> str:
    """Return the token of a fresh one-use link; links made before for the same account no longer open."""
    LoginLink.objects.filter(reader=reader).delete()
    token = secrets.token_urlsafe(32)
    LoginLink.objects.create(
        digest=_digest(token), reader=reader, expires_at=now + LINK_LIFETIME, opens_desk=opens_desk
    )
    return token


@transaction.atomic
def redeem_login_link(*, token: str, now: datetime) -> LoginLink | None:
    """Use the link up and return it; None where it is unknown, used or expired."""
    link = LoginLink.objects.select_related("reader").filter(digest=_digest(token)).first()
    if link is None or not LoginLink.objects.filter(digest=link.digest).delete()[0]:
        return None  # of two who use it at once, one deletes it
    return link if link.expires_at > now and link.reader.is_active else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

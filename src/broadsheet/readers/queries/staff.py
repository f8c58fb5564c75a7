"""The newsroom's staff."""

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from broadsheet.readers.models import Reader

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def staff() -> QuerySet[Reader]:
    """Return the members of the newsroom, never the readers."""
    return Reader.objects.filter(is_staff=True).order_by("display_name")


def has_second_factor(reader_id: int) -> bool:
    """Return whether the account has a passkey or an authenticator app."""
    return Authenticator.objects.filter(user_id=reader_id, type__in=FACTORS).exists()

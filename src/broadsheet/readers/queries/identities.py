"""Identities at networks, and the ways in that an account has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from broadsheet.readers.models import AwaitedIdentity, Reader
from broadsheet.readers.rules.ways_in import WaysIn


@dataclass(frozen=True, slots=True)
class IdentityView:
    """A linked identity as its owner sees it. `offered`: the paper still offers its provider."""

    id: int
    provider: str
    name: str
    shown: str
    since: date
    offered: bool


def offered_providers() -> dict[str, str]:
    """Return the names of the providers that the paper offers, by their ids."""
    kinds: dict[str, dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS
    return {
        str(app.get("provider_id") or kind): str(app.get("name") or kind)
        for kind, entry in kinds.items()
        for app in entry.get("APPS", ())
    }


def identities_of(reader_id: int) -> list[IdentityView]:
    """Return the account's identities, in the order of their linking."""
    names = offered_providers()
    return [
        IdentityView(
            row.pk, row.provider, names.get(row.provider, row.provider), str(row.extra_data.get("shown", "")),
            row.date_joined.date(), row.provider in names,
        )
        for row in SocialAccount.objects.filter(user_id=reader_id).order_by("date_joined", "pk")
    ]  # fmt: skip


def owner_of(provider: str, uid: str) -> Reader | None:
    """Return the account that the identity is linked to."""
    row = SocialAccount.objects.filter(provider=provider, uid=uid).select_related("user").first()
    return row.user if row is not None else None


def awaited_provider(reader_id: int) -> str:
    """Return the name of the provider whose identity opens the account once its address is confirmed; empty for none."""
    provider = AwaitedIdentity.objects.filter(pk=reader_id).values_list("provider", flat=True).first() or ""
    return offered_providers().get(provider, provider)


def ways_in(reader_id: int, *, without: int | None = None, without_passkey: int | None = None) -> WaysIn:
    """Return the ways in that the account has; without that identity, or that passkey, where one is named."""
    reader = Reader.objects.only("password").get(pk=reader_id)
    identities = SocialAccount.objects.filter(user_id=reader_id, provider__in=offered_providers())
    passkeys = Authenticator.objects.filter(user_id=reader_id, type=Authenticator.Type.WEBAUTHN)
    return WaysIn(
        password=reader.has_usable_password(),
        passkeys=sum(bool(key.wrap().is_passwordless) for key in passkeys.exclude(pk=without_passkey)),
        identities=identities.exclude(pk=without).count(),
    )

"""Confirming one's identity again, where an account has neither password nor factor: at its provider."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


class ConfirmsAtProvider:
    """Mixed into the adapter of accounts: whoever has only networks' identities signs in there afresh (ASVS 7.5.1).

    allauth by itself lets such accounts pass unasked.
    """

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Return whether it is required; raise where allauth would not ask the account at all."""
        required = super().is_reauthentication_required(app=app, **options)  # type: ignore[misc]
        request = context.request
        if (
            required
            and self.get_reauthentication_methods(request.user)[:1] == [_at_provider()]
            and not _recently(request)
        ):
            raise ReauthenticationRequired
        return bool(required)

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """Return the ways; that of the provider where there is no other."""
        methods = super().get_reauthentication_methods(user)  # type: ignore[misc]
        if methods or not SocialAccount.objects.filter(user_id=user.pk).exists():
            return list(methods)
        return [_at_provider()]


def _at_provider() -> dict[str, Any]:
    return {"id": "social", "description": _("Sign in again"), "url": reverse("social_confirm")}


def _recently(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    again = [record["at"] for record in records if record.get("reauthenticated")]
    return bool(again) and time.time() - again[-1] < app_settings.REAUTHENTICATION_TIMEOUT

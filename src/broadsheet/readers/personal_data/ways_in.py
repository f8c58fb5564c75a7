"""What lets a person into the account: identities at providers, passkeys, codes, one-use links. Secrets stay here."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import Holding, delete_portion, register
from broadsheet.readers.models import AwaitedIdentity, LoginLink


def _identities(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in SocialAccount.objects.filter(user_id=reader_id).order_by("pk"):
        yield {
            "provider": row.provider,
            "identity": row.uid,
            "told_by_provider": row.extra_data,
            "linked_at": row.date_joined.isoformat(),
            "last_login": row.last_login.isoformat(),
        }
    for waiting in AwaitedIdentity.objects.filter(pk=reader_id):
        yield {
            "provider": waiting.provider,
            "identity": waiting.uid,
            "told_by_provider": {"shown": waiting.shown, "picture": waiting.picture},
            "linked_at": None,
        }


def _erase_identities(reader_id: int) -> int:
    waiting = delete_portion(AwaitedIdentity.objects.filter(pk=reader_id))
    return waiting + delete_portion(SocialAccount.objects.filter(user_id=reader_id))


def _factors(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in Authenticator.objects.filter(user_id=reader_id).order_by("pk"):
        yield {
            "kind": row.type,
            "name": row.data.get("name", ""),
            "added_at": row.created_at.isoformat(),
            "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
        }


def _links(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in LoginLink.objects.filter(reader_id=reader_id):
        yield {"kind": "log-in link", "expires_at": row.expires_at.isoformat()}


register(
    Holding(
        "readers.identities",
        _("Accounts elsewhere that you log in with"),
        ("socialaccount.SocialAccount", "socialaccount.SocialToken", "readers.AwaitedIdentity"),
        _identities,
        _erase_identities,
    )
)
register(
    Holding(
        "readers.factors",
        _("Passkeys, authenticator apps and recovery codes"),
        ("mfa.Authenticator",),
        _factors,
        lambda reader_id: delete_portion(Authenticator.objects.filter(user_id=reader_id)),
    )
)
register(
    Holding(
        "readers.links",
        _("One-use links"),
        ("readers.LoginLink",),
        _links,
        lambda reader_id: delete_portion(LoginLink.objects.filter(reader_id=reader_id)),
    )
)

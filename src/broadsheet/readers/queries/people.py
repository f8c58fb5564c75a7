"""Accounts as an archive of the paper, or a person who asks for theirs, names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Lower

from broadsheet.kernel.email import canonical
from broadsheet.readers.models import FormerAddress, Reader
from broadsheet.readers.queries.departures import departed
from broadsheet.readers.queries.retention import is_erased

_FOUND = ("public_id", "display_name", "is_active")


@dataclass(frozen=True, slots=True)
class Found:
    """An account that was searched for."""

    id: int
    user_id: str
    name: str
    is_active: bool


def named(text: str, *, limit: int = 20) -> list[Found]:
    """Return the account of that User ID and those whose names begin so, whatever their case; never more than `limit`.

    Accounts that were deleted are found by their User ID alone, and without their name. Names are found by an index, so that it takes as long with a million accounts as with ten.
    """
    text = text.strip()
    if not text:
        return []
    rows = list(Reader.objects.filter(public_id=text.upper()).values_list("pk", *_FOUND))
    if len(text) > 1:
        name, begun = Lower("display_name"), Lower(Value(text))
        by_name = Reader.objects.annotate(lower_name=name).filter(is_active=True, lower_name__gte=begun)
        by_name = by_name.filter(lower_name__lte=Concat(begun, Value("\uffff"))).exclude(display_name="")
        rows += by_name.order_by("lower_name", "pk").values_list("pk", *_FOUND)[:limit]
    found = [Found(number, user_id, name if active else "", active) for number, user_id, name, active in rows]
    return list(dict.fromkeys(found))[:limit]


def accounts_of_the_desk(others: Iterable[int]) -> QuerySet[Reader]:
    """Return the newsroom's members, whoever is in a group of the desk, and these others; no other readers."""
    wanted = Q(is_staff=True) | Q(groups__isnull=False) | Q(pk__in=list(others))
    rows = Reader.objects.filter(wanted).distinct().order_by("public_id")
    return rows.prefetch_related("user_permissions__content_type").select_related("wagtail_userprofile")


def account_by_user_id(user_id: str) -> Reader | None:
    """Return the account with this User ID."""
    return Reader.objects.filter(public_id=user_id).select_related("wagtail_userprofile").first()


def account_by_email(email: str) -> Reader | None:
    """Return the account with this address."""
    return Reader.objects.filter(email=canonical(email)).first()


def accounts_at(host: str) -> int:
    """Return how many accounts have an address at this host."""
    return Reader.objects.filter(email__endswith=f"@{host}").count()


def account_named(who: str, now: datetime) -> dict[str, Any] | None:
    """Return the one account with this User ID or address, also one that is unconfirmed, former, deleted or erased."""
    reader = account_by_user_id(who.strip().upper()) or _by_any_address(canonical(who))
    if reader is None:
        return None
    return {
        "id": reader.pk,
        "user_id": reader.public_id,
        "name": reader.display_name,
        "email": reader.email,
        "registered_at": reader.registered_at,
        "state": _state(reader, now),
    }


def _by_any_address(address: str) -> Reader | None:
    owner = EmailAddress.objects.filter(email__iexact=address).values_list("user_id", flat=True).first()
    former = FormerAddress.objects.filter(email__iexact=address).values_list("reader_id", flat=True).first()
    return account_by_email(address) or Reader.objects.filter(pk=owner or former or 0).first()


def _state(reader: Reader, now: datetime) -> str:
    gone = departed(reader.pk, now)
    if gone is not None:
        return f"deleted, to be erased on {gone.deadline:%Y-%m-%d %H:%M} UTC"
    if is_erased(reader):
        return "erased"
    kind = "member of the newsroom" if reader.is_staff else "reader"
    return kind if reader.is_active else f"{kind}, closed"


def has_confirmed(reader_id: int, email: str) -> bool:
    """Return whether the reader has shown that this address is the own."""
    return EmailAddress.objects.filter(user_id=reader_id, email=canonical(email), verified=True).exists()


def confirmed_address_of(reader_id: int) -> str:
    """Return the account's address that its owner confirmed, the main one first; empty where there is none."""
    rows = EmailAddress.objects.filter(user_id=reader_id, verified=True).order_by("-primary", "pk")
    return rows.values_list("email", flat=True).first() or ""


def confirmed_addresses_of(reader_id: int) -> set[str]:
    """Return the addresses that the account has now and its owner confirmed: nobody else's."""
    rows = EmailAddress.objects.filter(user_id=reader_id, verified=True)
    return {canonical(email) for email in rows.values_list("email", flat=True)}


def addresses_of(reader_id: int) -> set[str]:
    """Return every address known of the account: its own, those to be confirmed, and those it had lately."""
    rows = (
        Reader.objects.filter(pk=reader_id, email__isnull=False),
        EmailAddress.objects.filter(user_id=reader_id),
        FormerAddress.objects.filter(reader_id=reader_id),
    )
    return {canonical(email or "") for found in rows for email in found.values_list("email", flat=True)}


def desk_language(email: str) -> str:
    """Return the language in which the member of the newsroom with this address uses the desk; empty for others."""
    member = account_by_email(email)
    profile = getattr(member, "wagtail_userprofile", None)
    return str(profile.get_preferred_language()) if member is not None and member.is_staff and profile else ""

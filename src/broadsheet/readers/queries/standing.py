"""Whether a reader may post."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.readers.models import Block, Reader
from broadsheet.readers.queries.acceptances import owes_privacy
from broadsheet.readers.rules.deadlines import in_words


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reader stands in an edition: what keeps them from posting, and whether the privacy gate is before them."""

    refusal: Refusal | None
    gated: bool


def may_post(reader_id: int, edition_code: str, now: datetime) -> Refusal | None:
    """Return why the reader can't post in that edition now; None where nothing stands against it."""
    return standing(reader_id, edition_code, now).refusal


def standing(reader_id: int, edition_code: str, now: datetime) -> Standing:
    """Return how the reader stands in that edition now, by one question to the database.

    Asked are, in this order: that there is such an account, that its address is confirmed, that it isn't blocked, and
    that the edition's current privacy policy is acknowledged (ACC-01, ACC-07, ACC-08, MOD-04).
    """
    rows = _FOUND(reader_id, edition_code, now)
    found = _Found(*rows[0]) if rows else None
    if found is None or not found.is_active:
        why = _refusal("no-account", _("This account is deleted."), _("Restore it by the link sent to you."))
        return Standing(why, gated=False)
    return Standing(_why_not(found, edition_code, now), gated=found.gated)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is asked of an account, in the order of the columns."""

    is_active: bool
    block: str
    blocked_until: datetime | None
    user_id: str
    confirmed: bool
    gated: bool


_FOUND = Prepared(
    lambda number, edition_code, now: (
        Reader.objects.filter(pk=number)
        .annotate(
            confirmed=Exists(EmailAddress.objects.filter(user_id=OuterRef("pk"), verified=True)),
            gated=owes_privacy(edition_code, now),
        )
        .values_list("is_active", "block", "blocked_until", "public_id", "confirmed", "gated")
    )
)


def _why_not(reader: _Found, edition_code: str, now: datetime) -> Refusal | None:
    if not reader.confirmed:
        return _refusal(
            "unconfirmed", _("Your e-mail address isn't confirmed yet."), _("Open the link in the mail sent to you.")
        )
    if _is_blocked(reader.block, reader.blocked_until, now):
        return _refusal(
            "blocked",
            _blocked(reader.blocked_until, edition_code),
            _("Your moderation file says why. To contest it, write to the moderators. Your User ID: %(user_id)s")
            % {"user_id": reader.user_id},
        )
    if reader.gated:
        return _refusal(
            "privacy-policy",
            _("You haven't acknowledged the current Privacy Policy."),
            _("Read it and acknowledge it, then go on."),
        )
    return None


def _blocked(until: datetime | None, edition_code: str) -> str:
    edition = edition_by_code(edition_code)
    if until is None or edition is None:
        return _("Your account is blocked.")
    return _("Your account is blocked until %(until)s.") % {"until": in_words(until, edition.zone, edition.zone_label)}


def _is_blocked(block: str, until: datetime | None, now: datetime) -> bool:
    """Return whether a block runs at that moment."""
    return block == Block.FINAL or (until is not None and now < until)


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("Nothing was posted."), why, remedy)

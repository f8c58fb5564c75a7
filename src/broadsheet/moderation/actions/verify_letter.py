"""Asks the owner of an account whether a letter is theirs, and takes the answer (MOD-05)."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions.open_letter import open_letter
from broadsheet.moderation.actions.receive_letter import VERIFY
from broadsheet.moderation.conf import LETTER_LINK_FOR
from broadsheet.moderation.models import Letter
from broadsheet.moderation.queries.letters import LetterView, letter, waiting_for
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.actions.account_mail import AccountMail, makes_mail
from broadsheet.readers.queries.addresses import account_address
from broadsheet.readers.queries.people import confirmed_address_of

ANY = 2**62
_SALT = "broadsheet.moderation.letter"


@makes_mail(VERIFY, departed=True)
def verify(reader: Any, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Send a link to the account's confirmed address, by which its letters up to now are confirmed or denied."""
    address = confirmed_address_of(reader.pk)
    waiting = waiting_for(reader.pk, ANY)
    if not address or not waiting:
        return None
    token = signing.dumps([reader.pk, waiting[-1].id], salt=_SALT)
    values = {
        "name": str(reader),
        "user_id": waiting[-1].user_id,
        "link": account_address(edition, "letter_confirm", token=token),
        "days": LETTER_LINK_FOR.days,
        "headers": waiting[-1].headers,
    }
    language = reader.language or waiting[-1].language
    return AccountMail(VERIFY, address, language, edition, values)


def letters_behind(token: str) -> list[LetterView]:
    """Return the letters that the link asks about and that nobody answered for; none where it doesn't work any more."""
    found = _opened(token)
    return waiting_for(*found) if found is not None else []


@transaction.atomic
def confirm_letter(*, token: str, letter_id: int, now: datetime) -> LetterView:
    """Let the letter wait for its answer, since the account's owner says it is theirs; return what it became.

    `Refused` where the link is too old, or the letter was confirmed, denied or erased before: a link counts once a letter.
    """
    opened, _is_new = open_letter(_behind(token, letter_id), now=now)
    view = letter(opened.pk)
    assert view is not None  # noqa: S101 - it was just stored
    return view


@transaction.atomic
def deny_letter(*, token: str, letter_id: int) -> None:
    """Erase the letter, since the account's owner says it isn't theirs; `Refused` as above."""
    _behind(token, letter_id).delete()


def _behind(token: str, letter_id: int) -> Letter:
    found = _opened(token)
    row = None
    if found is not None and letter_id <= found[1]:
        waiting = Letter.objects.select_for_update(of=("self",)).filter(state="waiting_verification")
        row = waiting.filter(pk=letter_id, reader_id=found[0]).first()
    if row is None:
        raise Refused(
            Refusal(
                "letter-link-dead",
                _("No letter was confirmed."),
                _("A link works for seven days, and once for each letter."),
                _("Write the letter again, if it isn’t there already."),
            )
        )
    return row


def _opened(token: str) -> tuple[int, int] | None:
    try:
        reader_id, up_to = signing.loads(token[:300], salt=_SALT, max_age=LETTER_LINK_FOR)
        return int(reader_id), int(up_to)
    except (signing.BadSignature, TypeError, ValueError):
        return None

"""Takes a letter that was written by the form (MOD-05)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.kernel.rates import Limit, take
from broadsheet.moderation.actions.open_letter import open_letter
from broadsheet.moderation.conf import ANSWERED_WITHIN, LONGEST_LETTER, UNVERIFIED_KEPT
from broadsheet.moderation.models import Letter
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.queries.people import account_by_user_id

VERIFY = "letter-verify"  # the purpose of the mail that asks whether a letter is one's own
LINKS = Limit("letter-links", times=3, per=timedelta(days=1))  # to one account


@dataclass(frozen=True, slots=True)
class Written:
    """What was filled in; `asks` is a word of `rules.letters.Asks`, `puid` the statement it is about, if one was named."""

    asks: str
    user_id: str
    text: str
    puid: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: open, or it waits for its sender to be verified; `added` to a letter that was open before.

    `due_at` is until when an answer is to be there, `since` when the letter came in.
    """

    open: bool
    added: bool
    since: datetime
    due_at: datetime


@transaction.atomic
def receive_letter(*, written: Written, reader_id: int | None, edition: str, language: str, now: datetime) -> Taken:
    """Take the letter, which is whole; `reader_id` is who is logged in and thereby known to have written it.

    Of anybody else it waits until the link is opened that goes to the account's own address. Whether there is such an
    account can't be told from what is returned, nor from what is written down meanwhile.
    """
    letter = Letter(
        user_id=written.user_id, kind=written.asks, text=written.text.strip()[:LONGEST_LETTER], language=language,
        edition=edition, channel="form", puid=written.puid[:40], state="waiting_verification", at=now, ends_at=now + UNVERIFIED_KEPT,
    )  # fmt: skip
    if reader_id is not None:
        letter.reader_id = reader_id
        opened, is_new = open_letter(letter, now=now)
        return Taken(True, not is_new, opened.at, opened.due_at or now + ANSWERED_WITHIN)
    let_wait(letter, now=now)
    return Taken(False, False, now, now + ANSWERED_WITHIN)


def let_wait(letter: Letter, *, now: datetime) -> None:
    """Let the letter wait for its sender in the caller's transaction, and a link go to the account's address.

    A mail is queued in any case, and dropped in its turn where there is no such account, or it had its links for the day.
    """
    account = account_by_user_id(letter.user_id)
    letter.reader_id = account.pk if account is not None else None
    letter.state, letter.ends_at = "waiting_verification", now + UNVERIFIED_KEPT
    letter.save()
    linked = not take(LINKS, letter.user_id, now)
    known = account.pk if account is not None and linked else 0
    code = letter.edition if edition_by_code(letter.edition) is not None else ""
    announce_mail(VERIFY, reader_id=known, edition=code, key=f"{VERIFY}:{letter.pk}")

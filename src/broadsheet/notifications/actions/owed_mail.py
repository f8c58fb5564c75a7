"""Mail that is owed to a reader whatever they chose: decisions about them, answers to what they sent (DSA art. 16, 17, 20).

It goes to the confirmed address alone, also where the account is blocked or deleted, until it is erased.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions
from broadsheet.notifications.actions.queue_mail import put
from broadsheet.notifications.actions.ring import ring
from broadsheet.notifications.models import Message, Urgency
from broadsheet.readers.actions.account_mail import AccountMail
from broadsheet.readers.queries.choices import reachable


@dataclass(frozen=True, slots=True)
class Said:
    """What the templates `mail/<purpose>` show; `language` is that of the mail where it isn't the reader's."""

    values: Mapping[str, Any]
    language: str = ""


Writer = Callable[[EditionView, Mapping[str, Any]], Said | None]
_writers: dict[str, Writer] = {}


def owes_mail(purpose: str) -> Callable[[Writer], Writer]:
    """Register the function that says, at sending, what a mail of this purpose holds out of the values in the queue.

    None where it is no longer due.
    """

    def register(writer: Writer) -> Writer:
        _writers[purpose] = writer
        return writer

    return register


def is_owed(purpose: str) -> bool:
    """Return whether mail of this purpose is owed."""
    return purpose in _writers


@transaction.atomic
def tell(
    *, reader_id: int, purpose: str, key: str, edition: str, path: str, mailed: Mapping[str, Any], rung: Mapping[str, Any]
) -> None:  # fmt: skip
    """Queue the mail before all others, and let the reader find a notice of the same name on the site.

    Each once a key, however often this is called. `mailed` and `rung` are JSON: numbers, never a person's words.
    """
    put(key=f"{purpose}:{key}:{reader_id}"[:200], purpose=purpose, reader_id=reader_id, edition=edition,
        values=dict(mailed), urgency=Urgency.FIRST)  # fmt: skip
    ring(reader_id=reader_id, kind=purpose.replace("-", "_"), key=f"{purpose}:{key}", values=rung, path=path)


def make_owed_mail(*, message: Message) -> AccountMail | None:
    """Return the mail; None where there is nobody to send it to, or nothing is left to tell."""
    to = reachable(message.reader_id or 0)
    edition = edition_by_code(message.edition) or next(iter(editions()), None)
    if to is None or edition is None:
        return None
    said = _writers[message.purpose](edition, message.values)
    if said is None:
        return None
    language = said.language or to.language or edition.language
    values = {"name": to.name, "user_id": to.user_id, **said.values}
    return AccountMail(message.purpose, to.address, language, edition, values)

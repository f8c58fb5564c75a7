"""Mail that readers get because they chose it, and end by one click (GDPR art. 7(3), RFC 8058)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code
from broadsheet.notifications.conf import lists
from broadsheet.notifications.models import Message
from broadsheet.readers.actions.account_mail import AccountMail
from broadsheet.readers.actions.offer_choice import offer_choice, offer_way
from broadsheet.readers.queries.choices import addressee

Writer = Callable[[EditionView, Mapping[str, Any]], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class _Optional:
    choice: str
    write: Writer


_optional: dict[str, _Optional] = {}


def offer_optional_mail(*, purpose: str, title: Any, choice: str, said: Any, write: Writer, way: bool = False) -> None:
    """Declare, while apps load, mail of this purpose that readers may choose: the one place for each such mail.

    The profile asks for `choice` in the words `said`; unsubscribing names `title` and takes the choice back. `write`
    makes, at sending, what the templates `mail/<purpose>` show out of the values in the queue, or says None where the
    mail is no longer due. `way`: the site tells of it anyway; the profile asks whether by mail, too, or not at all.
    """
    lists[purpose] = title
    if way:
        offer_way(name=choice, said=said)
    else:
        offer_choice(name=choice, said=said)
    _optional[purpose] = _Optional(choice, write)


def choice_of(purpose: str) -> str:
    """Return the choice that mail of this purpose depends on; empty where it depends on none."""
    return _optional[purpose].choice if purpose in _optional else ""


def make_optional_mail(*, message: Message) -> AccountMail | None:
    """Return the mail; None where its reader no longer wants it, or nothing is left to tell."""
    found = _optional[message.purpose]
    to, edition = addressee(message.reader_id or 0, found.choice), edition_by_code(message.edition)
    if to is None or edition is None:
        return None
    values = found.write(edition, message.values)
    if values is None:
        return None
    return AccountMail(
        message.purpose, to.address, to.language or edition.language, edition, {"name": to.name, **values}
    )

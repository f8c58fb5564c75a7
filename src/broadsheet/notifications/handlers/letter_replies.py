"""Answers mails to the moderators' address by itself, and passes on what is no letter (MOD-05)."""

from contextlib import suppress
from typing import Any
from zlib import crc32

from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.kernel.email import canonical
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import handles
from broadsheet.moderation.conf import ANSWERED_WITHIN
from broadsheet.moderation.facts import LetterReplyDue
from broadsheet.moderation.queries.letters import LetterView, letter
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.readers.queries.addresses import account_address


@handles(LetterReplyDue)
def reply(happened: LetterReplyDue) -> None:
    """Queue the answer, once for each mail; a message goes to the newsroom in any case."""
    found = letter(happened.letter_id)
    edition = edition_by_code(happened.edition) or next(iter(editions()), None)
    if found is None or edition is None or not found.address:
        return
    key = f"{found.id}:{crc32(found.headers.get('In-Reply-To', '').encode()):08x}"
    if happened.what == "message":
        _pass_on(found, edition)
        if happened.reply:
            _queue("contact-receipt", found, edition, key=key, to=_moderators(edition))
    elif happened.reply:
        _queue(
            f"letter-{happened.what}", found, edition, key=key, missing=list(found.missing),
            form=account_address(edition, "letter_write"), days=ANSWERED_WITHIN.days,
        )  # fmt: skip


def _pass_on(found: LetterView, edition: EditionView) -> None:
    """Send the message to the newsroom, as the contact form does; it lies in the moderators' own mailbox anyway."""
    to = edition.contact_address
    if not to or canonical(to) == canonical(edition.moderators_address):
        return
    values = {
        "to": _moderators(edition), "name": found.name, "email": found.address, "text": found.text, "user_id": "",
        "reply_to": found.address,
    }  # fmt: skip
    with suppress(Refused):
        queue_mail(
            key=f"letter-message:{found.id}", purpose="contact", address=to, language=edition.language,
            edition=edition.code, values=values,
        )  # fmt: skip


def _queue(purpose: str, found: LetterView, edition: EditionView, *, key: str, **values: Any) -> None:
    """Queue it to where the mail came from; where no mail server could be told that address, nobody is answered."""
    values |= {"attachments": found.attachments, "headers": found.headers, "reply_to": edition.moderators_address}
    with suppress(Refused):
        queue_mail(
            key=f"{purpose}:{key}", purpose=purpose, address=found.address, language=edition.language,
            edition=edition.code, values=values,
        )  # fmt: skip


def _moderators(edition: EditionView) -> str:
    with translation.override(edition.language):
        return _("The moderators")

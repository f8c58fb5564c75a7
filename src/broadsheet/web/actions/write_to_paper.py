"""Sends what a reader wrote to the people it is for (ACC-11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from uuid import uuid4

from django.db import transaction

from broadsheet.kernel.rates import Limit, take
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.web.queries.contact import Addressee

RECEIPTS = Limit("contact-receipts", times=2, per=timedelta(days=1))  # to one address that nobody confirmed


@dataclass(frozen=True, slots=True)
class Letter:
    """What was written, and by whom; `user_id` is the writer's, where somebody was logged in."""

    name: str
    email: str
    text: str
    user_id: str = ""


class Reply(Enum):
    """What the writer gets by mail."""

    COPY = "copy"
    RECEIPT = "receipt"
    NOTHING = "nothing"


@transaction.atomic
def write_to_paper(
    *, letter: Letter, addressee: Addressee, edition: EditionView, confirmed: bool, now: datetime
) -> Reply:
    """Queue the letter, and the writer's copy; return what the writer gets. `Refused` where an address can't be used.

    A copy of the words goes to an address only where it is `confirmed` to be the writer's own. To any other goes a
    receipt without a single word of theirs, at most two a day: so nobody can have this site write to strangers.
    """
    key = uuid4().hex
    queue = partial(queue_mail, language=edition.language, edition=edition.code)
    values = {"to": addressee.title, "name": letter.name, "email": letter.email, "text": letter.text}
    told = {**values, "user_id": letter.user_id, "reply_to": letter.email}
    queue(key=f"contact:{key}", purpose="contact", address=addressee.address, values=told)
    if confirmed:
        queue(key=f"contact-copy:{key}", purpose="contact-copy", address=letter.email, values=values)
        return Reply.COPY
    if take(RECEIPTS, letter.email, now):
        return Reply.NOTHING
    bare = {"to": addressee.title}
    queue(key=f"contact-receipt:{key}", purpose="contact-receipt", address=letter.email, values=bare)
    return Reply.RECEIPT

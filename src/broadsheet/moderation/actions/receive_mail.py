"""Takes a mail that came to the moderators' address: a letter, a part of one, or another message (MOD-05)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction

from broadsheet.kernel.email import canonical
from broadsheet.kernel.facts import announce
from broadsheet.kernel.rates import Limit, take
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.open_letter import TURN, open_letter
from broadsheet.moderation.actions.receive_letter import let_wait
from broadsheet.moderation.conf import INCOMPLETE_KEPT, LONGEST_LETTER, MESSAGE_KEPT
from broadsheet.moderation.engines.mail_text import Received
from broadsheet.moderation.facts import LetterReplyDue
from broadsheet.moderation.models import Letter, LetterMail
from broadsheet.moderation.queries.letters import begun_by
from broadsheet.moderation.rules.letters import Asks, Read, in_order, likely_language, read_letter
from broadsheet.newsroom.queries.editions import EditionView, editions, root_edition
from broadsheet.readers.queries.people import account_by_user_id, has_confirmed

Outcome = Literal["ignored", "message", "incomplete", "waiting", "open"]
_DAY = timedelta(days=1)
# To one address: so no two programs can go on writing to each other, and nobody has this paper write to strangers.
REPLIES = {
    "incomplete": Limit("letter-replies-incomplete", times=3, per=_DAY),
    "unverified": Limit("letter-replies-unverified", times=1, per=_DAY),
    "message": Limit("letter-replies-message", times=1, per=_DAY),
}


def receive_mail(*, mail: Received, now: datetime) -> Outcome:
    """Take the mail, once however often it comes, and return what it is or became part of.

    A letter that lacks a part waits for it, and its sender is told which; a whole one is open where it came from the
    account's own confirmed address, and waits for the link sent there where it came from another. What an answering
    program, a list or a mail server wrote is ignored.
    """
    if mail.automatic or not mail.address or mail.address in _own_addresses():
        return "ignored"
    with transaction.atomic():
        take_turn(TURN)
        known = LetterMail.objects.filter(source=mail.source).select_related("letter").first()
        if known is not None:
            return _state(known.letter)
        return _take(mail, now)


def _take(mail: Received, now: datetime) -> Outcome:
    if outcome := _further(mail, now):
        return outcome
    read = read_letter(mail.subject, mail.own, mail.whole)
    begun = begun_by(mail.address, mail.references) if read.is_letter or mail.references else None
    if begun is not None and not read.is_letter and not begun.mails.filter(message_id__in=mail.references).exists():
        begun = None
    if begun is None and (not read.is_letter or (read.missing and _answers_an_answer(mail))):
        return _pass_on(mail, now)
    if begun is not None:
        read = _together(read, begun)
    edition = _edition_of(mail)
    letter = begun or Letter(at=now, channel="mail", edition=edition.code if edition is not None else "")
    letter.language = letter.language or (edition.language if edition is not None else "en")
    letter.kind, letter.text = str(read.asks or ""), read.text
    letter.subject, letter.name, letter.address = letter.subject or mail.subject, mail.name, mail.address
    letter.attachments += mail.attachments
    if read.missing:
        return _leave_incomplete(letter, read, mail, now)
    letter.missing = []
    letter.user_id, reader_id = _whose(read.user_ids, mail.address)
    if reader_id is not None and not mail.doubtful:
        letter.reader_id, letter.state = reader_id, "waiting_verification"
        letter.ends_at = now + INCOMPLETE_KEPT
        letter.save()
        _note(letter, mail, now)
        open_letter(letter, now=now)
        return "open"
    let_wait(letter, now=now)
    _note(letter, mail, now)
    _reply(letter, mail, "unverified", now)
    return "waiting"


def _leave_incomplete(letter: Letter, read: Read, mail: Received, now: datetime) -> Outcome:
    letter.user_id = next(iter(read.user_ids), "")
    letter.state, letter.missing, letter.ends_at = "incomplete", in_order(read.missing), now + INCOMPLETE_KEPT
    letter.save()
    _note(letter, mail, now)
    _reply(letter, mail, "incomplete", now)
    return "incomplete"


def _further(mail: Received, now: datetime) -> Outcome | None:
    """Add what was written in answer to our mails to the letter they were about, while it is open."""
    named = LetterMail.objects.filter(message_id__in=mail.references, letter__state="open").select_related("letter")
    found = named.order_by("-id").first()
    if found is None or mail.doubtful or not mail.own or not has_confirmed(found.letter.reader_id or 0, mail.address):
        return None
    letter = found.letter
    letter.text = f"{letter.text}\n\n[{now:%Y-%m-%d %H:%M} UTC]\n{mail.own}"[: LONGEST_LETTER * 3]
    letter.attachments += mail.attachments
    letter.save(update_fields=["text", "attachments"])
    _note(letter, mail, now)
    return "open"


def _answers_an_answer(mail: Received) -> bool:
    """Return whether it was written in answer to ours that ended a letter; that quotes a User ID and is no letter by it."""
    return LetterMail.objects.filter(message_id__in=mail.references, letter__state="answered").exists()


def _pass_on(mail: Received, now: datetime) -> Outcome:
    edition = _edition_of(mail)
    letter = Letter.objects.create(
        at=now, channel="mail", state="message", edition=edition.code if edition is not None else "",
        language=edition.language if edition is not None else "en", subject=mail.subject, text=mail.whole.strip(),
        name=mail.name, address=mail.address, attachments=mail.attachments, ends_at=now + MESSAGE_KEPT,
    )  # fmt: skip
    _note(letter, mail, now)
    _reply(letter, mail, "message", now)
    return "message"


def _together(read: Read, begun: Letter) -> Read:
    """Return the letter that both mails make."""
    text = read.text if read.text.strip() in begun.text or not begun.text else f"{begun.text}\n\n{read.text}"
    text = begun.text if not read.text.strip() else text
    asks = read.asks or (Asks(begun.kind) if begun.kind else None)
    return replace(read, asks=asks, user_ids=read.user_ids or ((begun.user_id,) if begun.user_id else ()), text=text)


def _whose(user_ids: Sequence[str], address: str) -> tuple[str, int | None]:
    """Return the User ID that is meant, and its account where the mail came from that account's own address."""
    there = [(one, account.pk) for one in user_ids if (account := account_by_user_id(one)) is not None]
    for user_id, number in there:
        if has_confirmed(number, address):
            return user_id, number
    return (there[0][0] if there else user_ids[0]), None


def _note(letter: Letter, mail: Received, now: datetime) -> None:
    """Remember the mail as taken: whoever takes it a second time is stopped here."""
    LetterMail.objects.create(
        letter=letter, source=mail.source, message_id=mail.message_id, references=" ".join(mail.references), at=now
    )


def _reply(letter: Letter, mail: Received, what: str, now: datetime) -> None:
    wanted = not mail.doubtful and not take(REPLIES[what], mail.address, now)
    announce(LetterReplyDue(letter_id=letter.pk, what=what, edition=letter.edition, reply=wanted))


def _edition_of(mail: Received) -> EditionView | None:
    """Return the edition that was written to: by its address, and where several share it by the language."""
    written_to = [one for one in editions() if one.moderators_address and canonical(one.moderators_address) in mail.to]
    spoken = likely_language(f"{mail.subject}\n{mail.own}")
    wanted = written_to or list(editions())
    fits = [one for one in wanted if one.language.partition("-")[0] == spoken]
    first = root_edition() if not written_to else None
    return next(iter(fits), None) or first or next(iter(wanted), None)


def _own_addresses() -> set[str]:
    """Return what mail of ours comes from, so that none of it is ever taken for a reader's."""
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return {canonical(address) for address in (sender, *(one.moderators_address for one in editions())) if address}


def _state(letter: Letter) -> Outcome:
    states: dict[str, Outcome] = {"message": "message", "incomplete": "incomplete", "waiting_verification": "waiting"}
    return states.get(letter.state, "open")

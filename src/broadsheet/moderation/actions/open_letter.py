"""Lets a letter wait for its answer, once it is whole and its sender known (MOD-05)."""

import re
from datetime import datetime

from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import ANSWERED_WITHIN, LONGEST_LETTER
from broadsheet.moderation.facts import LetterArrived
from broadsheet.moderation.models import Letter
from broadsheet.moderation.queries.letters import about_what, open_letter_about
from broadsheet.moderation.queries.months import month_of

TURN = "letters"
_COMMENT = re.compile(r"/comment/(\d{1,18})/?\b")


def open_letter(letter: Letter, *, now: datetime) -> tuple[Letter, bool]:
    """Open it in the caller's transaction, due in 14 days; return the open letter and whether it is a new one.

    About the same sanction one letter is open: what was written is added to that one, whose time goes on.
    """
    take_turn(TURN)
    found = _COMMENT.search(letter.text)
    reader_id = letter.reader_id or 0
    sanction, decision = about_what(reader_id, letter.kind, letter.puid, int(found.group(1)) if found else None)
    number = open_letter_about(reader_id, sanction.pk if sanction else None, decision.pk if decision else None)
    if number is not None:
        return _join(letter, Letter.objects.select_for_update(of=("self",)).get(pk=number), now), False
    letter.sanction, letter.decision = sanction, decision
    letter.state, letter.missing, letter.address, letter.ends_at = "open", [], "", None
    letter.verified_at, letter.due_at = now, now + ANSWERED_WITHIN
    letter.save()
    month = month_of(letter.edition, now)
    announce(LetterArrived(letter_id=letter.pk, reader_id=reader_id, edition=letter.edition, month=month))
    write_audit(
        actor=f"reader:{reader_id}", action="letter", subject=f"letter:{letter.pk}", now=now, reader_id=reader_id,
        payload={"asks": letter.kind, "channel": letter.channel},
    )  # fmt: skip
    return letter, True


def _join(letter: Letter, opened: Letter, now: datetime) -> Letter:
    """Add the words to the letter that is open, and let its mails be those of that one."""
    room = LONGEST_LETTER * 3 - len(opened.text)
    if room > 0 and letter.text.strip() not in opened.text:
        opened.text = f"{opened.text}\n\n[{now:%Y-%m-%d %H:%M} UTC]\n{letter.text}"[: LONGEST_LETTER * 3]
    opened.attachments += letter.attachments
    opened.save(update_fields=["text", "attachments"])
    if letter.pk is not None and letter.pk != opened.pk:
        letter.mails.update(letter=opened)
        letter.delete()
    return opened

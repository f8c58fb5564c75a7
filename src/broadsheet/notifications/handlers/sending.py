"""The loop that sends what is queued (NOT-03).

What is promised, and what mail itself does not allow to promise:

- A message in the table is sent, or stands in the desk as dead. A process killed at any point, a mail server that is
  down, a full disk or a lost connection lose none: the row is removed from no state but after its end.
- It is sent once. Several processes never have the same message (`claim_messages`); before the end of its data each
  must still have it (`hand_over`); and the end is written right after a mark that a killed process leaves behind
  (`engines.marks`). So whoever looks after the dead knows whether the end was written: if not, the server had
  nothing, and the message is sent; if it replied, the reply counts.
- In one case nobody can know: the end was written and the process died before the reply. The server has then accepted
  the message in all likelihood, and the row is left `unanswered`: it counts as sent, `broadsheet check` and the desk
  show it, and a person can send it again. It was not sent if the server refused it after its end, or if the kill fell
  into the microsecond between the mark and the write.
- Twice it can come where the connection breaks while we wait for the reply: the server has not taken the message over
  then (RFC 5321 §4.2.5), so it is tried again, with the same Message-ID. And where the power fails, for what was sent
  in the seconds before: what a disk had not written yet is forgotten by table and mark alike.
"""

import logging
import random
import time

from django.db import close_old_connections

from broadsheet.kernel import clock, wake
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.heartbeat import beat
from broadsheet.kernel.loops import Loop
from broadsheet.notifications.actions.claim_messages import claim_messages
from broadsheet.notifications.actions.hand_over import hand_over
from broadsheet.notifications.actions.make_letter import make_letter
from broadsheet.notifications.actions.note_return import note_return
from broadsheet.notifications.actions.settle import drop, give_back, settle
from broadsheet.notifications.actions.take_up import resolve, take_up
from broadsheet.notifications.conf import SENDER
from broadsheet.notifications.engines import compose, dkim, mailbox
from broadsheet.notifications.engines.compose import Letter
from broadsheet.notifications.engines.marks import Carrier
from broadsheet.notifications.engines.smtp import Answer, MailServer
from broadsheet.notifications.models import Message
from broadsheet.notifications.queries.queue import has_mail_server, keeps_mail, sends_mail
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.notifications.rules.answers import Meaning, Stage
from broadsheet.notifications.rules.retrying import pause
from broadsheet.notifications.rules.returned_mail import kind_of, status_of

log = logging.getLogger("broadsheet.mail")
LOOK_SECONDS = 10.0  # between two looks after the dead
IDLE_SECONDS = 1.0
KEPT = Answer(Meaning.ACCEPTED, "kept")  # the demo paper's server is a folder


class Sender(Loop):
    """The loop that carries mails to the mail server, a batch at a time over one connection."""

    name = SENDER

    def __init__(self) -> None:
        super().__init__()
        self._carrier: Carrier | None = None
        self._server = MailServer()
        self._failures = 0
        self._resume_at = self._looked_at = -1e9
        self._interrupted = False

    def run(self) -> None:
        """Take turns until stopped, then take the mark away where nothing depends on it."""
        super().run()
        if self._carrier is not None and not self._interrupted:
            self._carrier.close()

    def turn(self) -> None:
        """Send a batch, or wait for the bell, a second, or the end of a pause."""
        close_old_connections()
        carrier = self._carrier = self._carrier or Carrier()
        self._look_after(carrier)
        rest = self._resume_at - time.monotonic()
        beat(self.name)  # where settling raises each time, nothing is sent
        if rest > 0 or not sends_mail():
            self.stopping.wait(min(rest, IDLE_SECONDS) if rest > 0 else IDLE_SECONDS)
            return
        batch = claim_messages(carrier=carrier.name)
        if not batch:
            self.heard = wake.wait(IDLE_SECONDS, self.heard)
            return
        self._interrupted = True
        try:
            self._carry(batch, carrier)
        except BaseException:
            self._server.drop()  # in the middle of a message there is no taking leave
            raise
        self._server.close()
        self._interrupted = False

    def _look_after(self, carrier: Carrier) -> None:
        """Settle what a turn of this loop left behind that raised, and now and then what dead processes did."""
        if self._interrupted:
            resolve(carrier=carrier.name, mark=carrier.read())
            self._interrupted = False
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            take_up(own=carrier.name)

    def _carry(self, batch: list[Message], carrier: Carrier) -> None:
        for message in batch:
            beat(self.name)  # a batch at a slow server takes longer than a sender may be silent
            if self.stopping.is_set() or self._carry_one(message, carrier) is Meaning.NO_SERVER:
                break
        give_back(carrier=carrier.name)

    def _carry_one(self, message: Message, carrier: Carrier) -> Meaning:
        """Send one message and store what came of it."""
        try:
            letter = make_letter(message=message)
            data = _written(message, letter) if letter is not None else b""
        except Refused as refused:
            answer: Answer | None = Answer(Meaning.NEVER, refused.refusal.code)
        except Exception as error:  # one that can't be written must not keep the others waiting
            log.warning("a mail of purpose %s was not written", message.purpose, exc_info=error)
            answer = Answer(Meaning.LATER, type(error).__name__)
        else:
            if letter is None:
                drop(message=message, carrier=carrier.name)
                return Meaning.ACCEPTED
            answer = self._give(message, letter, data, carrier)
        if answer is None:
            return Meaning.ACCEPTED  # by another process, which had it in the meantime
        settle(message=message, carrier=carrier.name, meaning=answer.meaning, code=answer.code)
        return answer.meaning

    def _give(self, message: Message, letter: Letter, data: bytes, carrier: Carrier) -> Answer | None:
        """Lay the mail where mails are kept, and give it to the server; None where it is no longer this process's."""
        if keeps_mail():
            mailbox.keep(mailbox.name_of(message.message_id), data)
        if not has_mail_server():
            return KEPT

        def before_end() -> bool:
            carrier.clear()
            if not hand_over(message_id=message.pk, carrier=carrier.name, recipient=by_address(str(letter.to))):
                return False
            carrier.mark(message.pk)
            return True

        answer = self._server.hand_over(
            sender=compose.sender(message.pk),
            to=str(letter.to),
            data=data,
            before_end=before_end,
            replied=lambda code: carrier.mark(message.pk, code),
        )
        self._note(answer)
        if answer is not None and answer.stage is Stage.RECIPIENT and answer.meaning is Meaning.NEVER:
            _note_refused(message, letter, answer)
        return answer

    def _note(self, answer: Answer | None) -> None:
        """Leave a server alone for a while that can't be used, longer each time."""
        if answer is None or answer.meaning is not Meaning.NO_SERVER:
            self._failures = 0
            return
        self._failures += 1
        chance = random.random()  # noqa: S311 - spreads waits, keeps no secret
        self._resume_at = time.monotonic() + pause(failures=self._failures, chance=chance)
        log.warning("the mail server can't be used: %s", answer.code)


def _written(message: Message, letter: Letter) -> bytes:
    """Return the mail, signed where the paper signs; one that can't be signed goes without (`broadsheet check` says so)."""
    data, signs = compose.write(letter, message_id=message.message_id, at=clock.now(), number=message.pk), dkim.signer()
    return signs.sign(data, clock.now()) if signs is not None else data


def _note_refused(message: Message, letter: Letter, answer: Answer) -> None:
    """Count a recipient that the server refused for good, as if the mail had come back from there."""
    status = status_of(answer.code.partition(" ")[2])
    note_return(
        message_number=message.pk, kind=kind_of(status), status=status, now=clock.now(),
        recipient=by_address(str(letter.to)),
    )  # fmt: skip

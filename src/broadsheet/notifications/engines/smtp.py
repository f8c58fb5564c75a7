"""The conversation with a mail server, stopped for a moment before the end of each message.

`smtplib` ends the data and waits for the answer in one call. What must be known of a killed process is whether it had
written that end, so the last step is taken here by itself (RFC 5321 §4.1.1.4, §4.5.2).
"""

import re
import smtplib
import socket
import ssl
import struct
from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail.backends.smtp import EmailBackend

from broadsheet.notifications.conf import ANSWER_SECONDS
from broadsheet.notifications.rules.answers import Meaning, Stage, meaning_of

_DOT = re.compile(rb"(?m)^\.")
_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
_ANSWER_TIME = struct.pack("ll", ANSWER_SECONDS, 0)  # a timeval: the kernel's own limit to writing
_FAULTS = (OSError, smtplib.SMTPException, ssl.SSLError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a message; `code` names it without a word of the server, who might repeat the address."""

    meaning: Meaning
    code: str
    stage: Stage = Stage.CONNECTING  # at which it came


class MailServer:
    """A connection to the paper's mail server, opened at the first message and used for all that follow."""

    def __init__(self) -> None:
        self._backend = EmailBackend()
        self._smtp: smtplib.SMTP | None = None
        self._stage = Stage.CONNECTING

    def hand_over(
        self, *, sender: str, to: str, data: bytes, before_end: Callable[[], bool], replied: Callable[[int], None]
    ) -> Answer | None:
        """Give one message to the server and return its answer.

        `before_end` is called when all but the last line is given: where it says no, the message is withdrawn and
        None returned. Nothing but the writing of that line lies between its return and the end of the message;
        `replied` is told the server's code before anything else is done.
        """
        reused = self._smtp is not None
        answer = self._converse(sender, to, data, before_end, replied)
        if reused and self._smtp is None and self._stage is Stage.SENDER:  # it had enough of that connection, no more
            answer = self._converse(sender, to, data, before_end, replied)
        return answer

    def _converse(
        self, sender: str, to: str, data: bytes, before_end: Callable[[], bool], replied: Callable[[int], None]
    ) -> Answer | None:
        try:
            smtp = self._open()
            self._stage = Stage.SENDER
            code, words = smtp.mail(sender)
            if code == 250:
                self._stage = Stage.RECIPIENT
                code, words = smtp.rcpt(to)
            if code in {250, 251}:
                self._stage = Stage.DATA
                code, words = smtp.docmd("DATA")
            if code != 354:
                return self._refused(code, words)
            smtp.send(_DOT.sub(b"..", data))
            sock = smtp.sock
            if sock is None:
                raise smtplib.SMTPServerDisconnected("not connected")
            sock.settimeout(None)  # with a time set, Python asks the kernel first whether it may write: a call more
            write = sock.sendall
            if not before_end():
                self.drop()
                return None
            write(b".\r\n")
            self._stage = Stage.END
            sock.settimeout(ANSWER_SECONDS)
            code, words = smtp.getreply()
            replied(code)
            sock.settimeout(self._backend.timeout)
        except _FAULTS as error:
            return self._broken(error)
        if code == 421:
            self.drop()
        return Answer(meaning_of(Stage.END, code), _named(code, words), Stage.END)

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except _FAULTS:
                self._smtp.close()
            self._smtp = self._backend.connection = None

    def drop(self) -> None:
        """Break the connection off; a message that was not ended counts for nothing."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._backend = None, EmailBackend()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._stage = Stage.CONNECTING
            self._backend.open()
            smtp = self._backend.connection
            if smtp is None or smtp.sock is None:
                raise smtplib.SMTPServerDisconnected("not connected")
            # Else the end, a packet of its own, would wait until the data before it are acknowledged: 40 ms a mail.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _ANSWER_TIME)
            smtp.ehlo_or_helo_if_needed()
            self._smtp = smtp
        return self._smtp

    def _refused(self, code: int, words: bytes) -> Answer:
        """Return what a refusal before the end means, and begin anew for the next message."""
        answer = Answer(meaning_of(self._stage, code), _named(code, words), self._stage)
        if code == 421 or answer.meaning is Meaning.NO_SERVER or not self._reset():
            self.drop()
        return answer

    def _reset(self) -> bool:
        try:
            return self._smtp is not None and self._smtp.rset()[0] == 250
        except _FAULTS:
            return False

    def _broken(self, error: Exception) -> Answer:
        self.drop()
        code = getattr(error, "smtp_code", 0) if self._stage is Stage.CONNECTING else 0
        return Answer(meaning_of(self._stage, 0), str(code) if code else type(error).__name__, self._stage)


def _named(code: int, words: bytes) -> str:
    found = _STATUS.match(words)
    return f"{code} {found[0].decode()}" if found else str(code)

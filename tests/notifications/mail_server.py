# ruff: noqa: N802 - aiosmtpd calls its handlers by the names of the commands
"""A real mail server of the test's own: it takes mail by SMTP, and answers as the test wants."""

import email
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.flows.paper import free_port

Answering = Callable[[str], str | None]


@dataclass
class Post:
    """What the server has taken, in order; `answer(command)` may refuse, `kill` dies at a command once."""

    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    answer: Answering = lambda _command: None
    victim: int = 0
    kill_at: str = ""
    port: int = 0

    def count(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(mail["Message-ID"] for mail in self.mails)

    def _meet(self, command: str) -> str | None:
        if self.victim and command == self.kill_at:
            os.kill(self.victim, signal.SIGKILL)
            self.victim = 0
        return self.answer(command)

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        refused = self._meet("EHLO")
        return [refused] if refused else responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self._meet("MAIL") or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        refused = self._meet(f"RCPT {address}") or self._meet("RCPT")
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        refused = self._meet("DATA")
        if refused is None:
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos[0]))
        return refused or "250 2.0.0 Taken"

    async def handle_QUIT(self, server: SMTP, session: Any, envelope: Any) -> str:
        return self._meet("QUIT") or "221 Bye"


@contextmanager
def listening(post: Post) -> Iterator[Post]:
    """Let the server answer on a port of this machine."""
    post.port = post.port or free_port()
    controller = Controller(post, hostname="127.0.0.1", port=post.port, enable_SMTPUTF8=False)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()

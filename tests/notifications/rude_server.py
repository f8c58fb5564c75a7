"""A mail server of bad manners: it falls silent or hangs up at a chosen point of the conversation."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

REPLIES = {"EHLO": "250 courier", "HELO": "250 courier", "MAIL": "250 OK", "RCPT": "250 OK", "DATA": "354 Go on"}
POINTS = ("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "TEXT", "END")


@dataclass
class Rude:
    """What it does at `at`: `hangs` says nothing more, else it hangs up. `whole` counts mails that came to their end."""

    at: str
    hangs: bool
    port: int = 0
    whole: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def speak(self, line: socket.socket) -> None:
        """Hold one conversation."""
        with line, line.makefile("rwb", buffering=0) as wire:
            if self._leaves("GREETING"):
                return
            wire.write(b"220 courier\r\n")
            while said := wire.readline():
                word = said.split()[0].decode().upper() if said.split() else ""
                if self._leaves(word):
                    return
                wire.write(REPLIES.get(word, "221 Bye").encode() + b"\r\n")
                if word == "DATA":
                    if self.at == "TEXT":
                        wire.read(20)
                        self._leaves("TEXT")
                        return
                    while wire.readline() != b".\r\n":
                        pass
                    self.whole += 1
                    self._leaves("END")
                    return

    def _leaves(self, point: str) -> bool:
        if point == self.at and self.hangs:
            self.over.wait(20)
        return point == self.at


@contextmanager
def rude(at: str, *, hangs: bool) -> Iterator[Rude]:
    """Let such a server answer on a port of this machine."""
    server = Rude(at, hangs)
    with socket.create_server(("127.0.0.1", 0)) as ear:
        server.port = ear.getsockname()[1]
        ear.settimeout(0.1)
        thread = threading.Thread(target=_listen, args=(server, ear), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            thread.join(5)


def _listen(server: Rude, ear: socket.socket) -> None:
    while not server.over.is_set():
        try:
            line, _peer = ear.accept()
        except TimeoutError:
            continue
        line.settimeout(20)
        threading.Thread(target=_speak, args=(server, line), daemon=True).start()


def _speak(server: Rude, line: socket.socket) -> None:
    with suppress(OSError):  # whoever was kept waiting has hung up
        server.speak(line)

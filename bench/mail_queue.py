"""NOT-03: how fast mail is queued and sent, over a real connection to a mail server on this machine."""

import asyncio
import multiprocessing
import sys
import time
from typing import Any

from bench.frame import Asked, Figure, answer, broadsheet, django, folder, free_port, report

MAILS = 2000


class Mails:
    """Queues and sends this process's mails."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, what: str) -> dict[str, Any]:
        """Queue the mails, or send all that is queued; return the seconds that took."""
        begun = time.perf_counter()
        if what == "queue":
            self._queue()
        else:
            self._send()
        return {"seconds": time.perf_counter() - begun}

    def _queue(self) -> None:
        from broadsheet.notifications.actions.queue_mail import queue_mail

        for number in range(MAILS):
            queue_mail(key=str(number), purpose="bench", address=f"reader{number}@reader.example", language="en",
                       edition="en", values={"name": "Ada"})  # fmt: skip

    def _send(self) -> None:
        from broadsheet.notifications.handlers.sending import Sender
        from broadsheet.notifications.models import Message, State

        sender = Sender()
        while Message.objects.filter(state=State.DUE).exists():
            sender.turn()
        if Message.objects.exclude(state=State.SENT).exists():
            raise SystemExit("Not every mail was sent.")


def take_mail(port: int) -> None:
    """Be a mail server that takes everything and keeps nothing."""
    from aiosmtpd.handlers import Sink
    from aiosmtpd.smtp import SMTP

    async def listen() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Sink()), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(listen())


def measure() -> list[Figure]:
    """Return the figures."""
    port = free_port()
    server = multiprocessing.Process(target=take_mail, args=(port,), daemon=True)
    server.start()
    try:
        with folder("mail-queue") as data:
            broadsheet(data, "new", str(data / "paper"), "--name", "The Courier")
            paper = data / "paper"
            templates = paper / "theme" / "templates" / "mail"
            templates.mkdir(parents=True, exist_ok=True)
            (templates / "bench.subject.txt").write_text("News for {{ name }}")
            for kind in ("txt", "html"):
                text = f'{{% extends "mail/frame.{kind}" %}}{{% block content %}}Hello, {{{{ name }}}}!{{% endblock %}}'
                (templates / f"bench.{kind}").write_text(text)
            with (paper / "broadsheet.env").open("a", encoding="ascii") as settings:
                settings.write(f"\nBROADSHEET_MAIL=smtp://127.0.0.1:{port}\n")
            with Asked("bench.mail_queue", paper) as process:
                queued = process(what="queue")["seconds"]
                sent = process(what="send")["seconds"]
    finally:
        server.terminate()
    return [
        Figure("NOT-03", "mails queued in a second, each in its own transaction", round(MAILS / queued), "/s"),
        Figure("NOT-03", "mails sent in a second by one process", round(MAILS / sent), "/s"),
    ]


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Mails()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())

"""NOT-01: how fast push goes out to a push service on this machine, by one process, for each second of its processor."""

import asyncio
import multiprocessing
import os
import sys
import time
from typing import Any

from bench.frame import Asked, Figure, answer, at_least, broadsheet, django, folder, free_port, report

BROWSERS = int(os.environ.get("BENCH_BROWSERS", "20000"))


class Pushes:
    """Subscribes browsers and pushes to them."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, what: str, port: int) -> dict[str, Any]:
        """Subscribe everybody, or push to everybody; return the seconds that took, and those of the processor."""
        begun, used = time.perf_counter(), time.process_time()
        if what == "subscribe":
            self._subscribe(port)
        else:
            self._push()
        return {"seconds": time.perf_counter() - begun, "processor": time.process_time() - used}

    def _subscribe(self, port: int) -> None:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        from broadsheet.kernel import clock
        from broadsheet.newsroom.queries.editions import editions
        from broadsheet.notifications.engines.web_push import b64, server_keys
        from broadsheet.notifications.models import PushSubscription, PushTopic

        edition, now, key = editions()[0], clock.now(), server_keys()[0].public
        for begin in range(0, BROWSERS, 1000):
            rows = []
            for number in range(begin, min(begin + 1000, BROWSERS)):
                point = ec.generate_private_key(ec.SECP256R1()).public_key()
                raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
                rows.append(
                    PushSubscription(
                        endpoint=f"http://127.0.0.1:{port}/push/{number}", endpoint_digest=f"{number:064d}",
                        p256dh=b64(raw), auth=b64(os.urandom(16)), server_key=key, edition=edition.code,
                        language=edition.language, zone="UTC", wording="", way="dialog", consented_at=now, created_at=now,
                    )
                )  # fmt: skip
            PushSubscription.objects.bulk_create(rows)
            PushTopic.objects.bulk_create([PushTopic(subscription=row, topic=f"news:{edition.id}") for row in rows])

    def _push(self) -> None:
        from broadsheet.newsroom.actions.drafts import create_article
        from broadsheet.newsroom.actions.editions import create_section
        from broadsheet.newsroom.actions.publish import publish_article
        from broadsheet.newsroom.models import EditionPage
        from broadsheet.notifications.actions.write_push import Written, write_push
        from broadsheet.notifications.handlers.pushing import Pusher
        from broadsheet.notifications.models import DeliveryState, PushCampaign, PushDelivery

        edition = EditionPage.objects.get()
        section = create_section(edition=edition, slug="bench", name="Bench")
        article = publish_article(article=create_article(section=section, headline="The bridge is open", body=[]))
        written = Written(f"news:{edition.pk}", "The bridge is open", "Ferries end on Friday.", False)
        push = write_push(article_id=article.pk, written=written, follows=0, by=0)
        PushCampaign.objects.filter(pk=push.pk).update(state="waiting")  # whatever the reach
        pusher = Pusher()
        while PushCampaign.objects.exclude(state="done").exists():
            pusher.turn()
        if PushDelivery.objects.filter(state=DeliveryState.SENT).count() != BROWSERS:
            raise SystemExit("Not everybody was told.")


class Taking(asyncio.Protocol):
    """Takes every request and keeps nothing."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport: Any = transport
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        """Answer what has come whole."""
        self.waiting += data
        while True:
            head, blank, rest = self.waiting.partition(b"\r\n\r\n")
            if not blank:
                return
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            if len(rest) < length:
                return
            self.waiting = rest[length:]
            self.transport.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")


def take_pushes(port: int) -> None:
    """Be a push service that takes everything."""

    async def listen() -> None:
        server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", port, backlog=500)
        await server.serve_forever()

    asyncio.run(listen())


def measure() -> list[Figure]:
    """Return the figures."""
    port = free_port()
    service = multiprocessing.Process(target=take_pushes, args=(port,), daemon=True)
    service.start()
    try:
        with folder("push") as data:
            paper = data / "paper"
            broadsheet(data, "new", str(paper), "--name", "The Courier")
            with (paper / "broadsheet.env").open("a", encoding="ascii") as settings:
                settings.write("\nBROADSHEET_PUSH_LOCAL=on\n")
            with Asked("bench.push", paper) as process:
                process(what="subscribe", port=port)
                found = process(what="push", port=port)
    finally:
        service.terminate()
    return [
        at_least("NOT-01", "push notifications sent for each second of the processor", round(BROWSERS / found["processor"]), 500, "/s"),
        Figure("NOT-01", f"sent in a second by one process, to {BROWSERS:,} browsers", round(BROWSERS / found["seconds"]), "/s"),
    ]  # fmt: skip


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Pushes()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())

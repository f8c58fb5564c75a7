"""Many clients, slow ones, and a server that is stopped: everybody is answered or refused, and what was taken in is finished."""

import asyncio
import json
import signal
import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.standards.serving.served import PATIENCE, Served

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]


def post(text: str, **more: Any) -> dict[str, Any]:
    return {"comment": {"text": text}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}}, **more}


async def together(server: Served, requests: list[dict[str, Any]]) -> list[httpx.Response | Exception]:
    """Ask everything at once, each over a connection of its own."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, timeout=PATIENCE, trust_env=False) as client:
        asked = [client.post(f"{server.url}/comments:analyze", json=request) for request in requests]
        return await asyncio.gather(*asked, return_exceptions=True)  # type: ignore[return-value]


def test_five_hundred_clients_each_get_their_own_answer(served: Served) -> None:
    answers = asyncio.run(together(served, [post("ok", clientToken=str(number)) for number in range(500)]))
    assert [answer.status_code for answer in answers if isinstance(answer, httpx.Response)] == [200] * 500
    assert [answer.json()["clientToken"] for answer in answers] == [str(number) for number in range(500)]


def test_texts_of_several_requests_are_read_together(served: Served) -> None:
    before = batches(served)
    asyncio.run(together(served, [post(f"comment {number}") for number in range(60)]))
    after = batches(served)
    assert after["texts"] - before["texts"] == 60
    assert after["batches"] - before["batches"] < 60


def batches(server: Served) -> dict[str, float]:
    told = dict(line.split(" ") for line in server.ask("GET", "/metrics").body.decode().splitlines() if line[:1] != "#")
    name = "broadsheet_judge_batch_texts"
    return {"texts": float(told[f"{name}_sum"]), "batches": float(told[f"{name}_count"])}


def test_too_many_and_too_late_are_refused_each_in_its_way(tmp_path: Path) -> None:
    server = Served(tmp_path, "--queue", "4", "--timeout", "0.2").loaded()
    try:
        answers = asyncio.run(together(server, [post(f"comment {number}") for number in range(200)]))
        there = [answer for answer in answers if isinstance(answer, httpx.Response)]
        assert len(there) == 200
        refused = [answer for answer in there if answer.status_code == 429]
        assert refused
        assert refused[0].json()["error"]["status"] == "RESOURCE_EXHAUSTED"
        assert int(refused[0].headers["retry-after"]) >= 1
        assert {answer.status_code for answer in there} <= {200, 429, 504}
        until = time.monotonic() + PATIENCE
        while server.analyze().status != 200:
            assert time.monotonic() < until
        assert server.analyze("One. Two. Three. Four.", spanAnnotations=True).status == 429  # five texts never fit
        long = " ".join(["word"] * 4000)
        late = [
            answer for answer in asyncio.run(together(server, [post(long)] * 4)) if isinstance(answer, httpx.Response)
        ]
        assert {answer.status_code for answer in late} <= {200, 429, 504}
        [status] = {answer.json()["error"]["status"] for answer in late if answer.status_code == 504}
        assert status == "DEADLINE_EXCEEDED"
    finally:
        server.end()


BODY = json.dumps(post("A fine day.")).encode()


@pytest.mark.parametrize(("head", "status"), [
    (b"POST /v1/judge HTTP/1.1\r\nHost: x\r\nX-goog-api-key: first-key\r\nContent-Length: 400\r\n\r\n", b"408"),
    (b"POST /v1/judge HTTP/1.1\r\n", b"408"),
    (b"", b""),
    (b"\r\n", b""),
], ids=["body", "head", "nothing", "empty lines"])  # fmt: skip
def test_a_client_that_sends_a_byte_at_a_time_is_cut_off(strict: Served, head: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", strict.port), timeout=PATIENCE) as connection:
        connection.sendall(head)
        connection.settimeout(0.1)
        told, begun = b"", time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            try:
                if head:
                    connection.send(b"\n" if head == b"\r\n" else b"a")
                piece = connection.recv(65536)
            except TimeoutError:
                continue
            except ConnectionError:
                break
            if not piece:
                break
            told += piece
        else:
            pytest.fail("the connection was never closed")
    assert told.split(b" ")[1:2] == ([status] if status else [])
    assert strict.ask("GET", "/health").status == 200


def test_slow_clients_keep_nobody_waiting(strict: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", strict.port), timeout=PATIENCE) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"POST /comments:analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n{")
    assert strict.ask("POST", "/comments:analyze?key=first-key", BODY).status == 200
    for connection in slow:
        connection.close()


def _rest(connection: socket.socket) -> bytes:
    """What comes until the end; nothing where the connection was never let in."""
    try:
        return connection.makefile("rb").read()
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_finishes_what_was_taken_in(tmp_path: Path, workers: str) -> None:
    server = Served(tmp_path, "--workers", workers, "--timeout", "90").loaded()
    assert batches(server)["texts"] == 0
    begun = []
    request = b"POST /comments:analyze HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
    for _ in range(30):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        connection.sendall(request)
        begun.append(connection)
    server.ask("GET", "/health")  # whoever came before it was let in before it
    begun[0].recv(1)
    taken = begun[0].recv(65536)
    assert taken.startswith(b"TTP/1.1 ")
    server.process.send_signal(signal.SIGTERM)
    answers = [_rest(connection) for connection in begun[1:]]
    assert server.end() in {0, -signal.SIGTERM}
    whole = [answer for answer in answers if answer]
    assert whole
    assert all(answer.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 503 ")) for answer in whole)
    assert all(json.loads(answer.partition(b"\r\n\r\n")[2]) for answer in whole)
    if workers == "1":
        assert len(whole) == len(answers)
    with pytest.raises(ConnectionError):
        server.ask("GET", "/health")

"""A push service of the tests' own: takes requests over real HTTP, and reads them as a browser would.

It decrypts by the text of RFC 8188 and 8291, and checks tokens by that of RFC 8292 (with PyJWT), sharing nothing with
what is tested.
"""

import base64
import json
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

P256 = ec.SECP256R1()


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def decrypted(body: bytes, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Return what the body says to the browser with this key."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    assert size >= 18
    assert len(sealed) <= size
    assert len(body) <= 4096
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(P256, sender))
    own = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    secret = _hkdf(auth, shared, b"WebPush: info\0" + own + sender, 32)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert plain[-1:] == b"\2", "the last record ends so"
    return plain[:-1]


@dataclass
class Browser:
    """A subscriber: what it tells the paper, and the key that it keeps."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(P256))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def keys(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"p256dh": b64(point), "auth": b64(self.auth)}

    def read(self, body: bytes) -> dict[str, Any]:
        return json.loads(decrypted(body, self.private, self.auth))


@dataclass(frozen=True)
class Taken:
    """One request that the service took whole."""

    path: str
    headers: dict[str, str]
    body: bytes

    def claims(self, audience: str) -> dict[str, Any]:
        """Return what the token says, verified by the key beside it."""
        scheme, _blank, rest = self.headers["authorization"].partition(" ")
        assert scheme.lower() == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(P256, unb64(parts["k"]))
        claims = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=audience)
        assert claims["exp"] - time.time() <= 24 * 3600
        assert claims["sub"].startswith(("mailto:", "https://", "http://"))
        return {**claims, "k": parts["k"]}


Answer = Callable[["Sink", BaseHTTPRequestHandler, Taken], None]


def answering(status: int, **headers: str) -> Answer:
    """Return an answer without a body."""

    def answer(_sink: "Sink", request: BaseHTTPRequestHandler, _taken: Taken) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


@dataclass
class Sink:
    """What came, in order; `answers` by path, else `answer`."""

    taken: list[Taken] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: answering(201))
    answers: dict[str, Answer] = field(default_factory=dict)
    connections: int = 0
    port: int = 0
    victim: int = 0
    kill_at: int = -1  # the count of requests at which the victim dies, before it is answered
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def browser(self, name: str) -> Browser:
        return Browser(f"{self.origin}/push/{name}")

    def count(self) -> Counter[str]:
        return Counter(one.path for one in self.taken)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sink: Sink

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sink.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        taken = Taken(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.sink.taken.append(taken)
        if self.sink.victim and len(self.sink.taken) == self.sink.kill_at:
            os.kill(self.sink.victim, signal.SIGKILL)
            self.sink.victim = 0
        self.sink.answers.get(self.path, self.sink.answer)(self.sink, self, taken)

    def log_message(self, *_words: Any) -> None:
        return


@contextmanager
def sinking() -> Iterator[Sink]:
    """Let a push service answer on a port of this machine."""
    sink = Sink()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 200

        def handle_error(self, *_words: Any) -> None:
            return  # a client that was killed

    server = Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"sink": sink}))
    sink.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.over.set()
        server.shutdown()
        server.server_close()

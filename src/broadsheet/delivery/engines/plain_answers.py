"""Short answers that the shell gives by itself, without Django."""

from typing import Any

from broadsheet.delivery.engines.bridge import Scope, Send
from broadsheet.delivery.engines.headers import Headers

TEXTS = {
    400: "The request can't be understood.",
    404: "Nothing is at this address.",
    405: "This address isn't asked in this way.",
    413: "More was sent than this address takes.",
    414: "The address is too long.",
    416: "The file has no such part.",
    500: "Something went wrong on our side; it has been noted. Please try again in a moment.",
    503: "Too many readers ask at this moment. Please try again in a second.",
}


def encoded(headers: Headers | list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Return headers as ASGI carries them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def reply(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, scope: Scope | None = None
) -> None:
    """Send a whole answer; without its body where only the head was asked for."""
    if status not in {204, 304}:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    silent = scope is not None and scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if silent else body})


async def refuse(send: Send, status: int, scope: Scope, *more: tuple[str, str]) -> None:
    """Say in one sentence why there is no answer."""
    headers: list[tuple[str, str]] = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Cache-Control", "no-store"),
        *more,
    ]
    await reply(send, status, encoded(headers), f"{TEXTS[status]}\n".encode(), scope=scope)


def header(scope: Scope, name: bytes) -> str:
    """Return a header of the request, empty where it isn't there."""
    values: list[Any] = [value for found, value in scope["headers"] if found == name]
    return b",".join(values).decode("latin-1")

"""Tells WebSub hubs that feeds have changed."""

from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 10.0


class _NoOtherPlace(HTTPRedirectHandler):
    """Follows nothing: a publication that is sent on would arrive as a mere GET, and count as told."""

    def redirect_request(self, *_args: Any, **_values: Any) -> None:
        return None


_OPENER = build_opener(_NoOtherPlace())


def ping(hub: str, topics: list[str]) -> bool:
    """Tell the hub; return whether it took notice."""
    if urlsplit(hub).scheme not in {"http", "https"}:
        return False
    body = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Broadsheet (WebSub publisher)"}
    try:
        with _OPENER.open(Request(hub, body, headers), timeout=SECONDS) as answer:  # noqa: S310 - an operator's address
            return 200 <= int(answer.status) < 300
    except (OSError, HTTPException):
        return False

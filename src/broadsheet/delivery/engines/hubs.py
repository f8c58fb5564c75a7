"""Tells WebSub hubs that feeds have changed."""

from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

SECONDS = 10.0


def ping(hub: str, topics: list[str]) -> bool:
    """Tell the hub; return whether it took notice."""
    if urlsplit(hub).scheme not in {"http", "https"}:
        return False
    body = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Broadsheet (WebSub publisher)"}
    try:
        with urlopen(Request(hub, body, headers), timeout=SECONDS) as answer:  # noqa: S310 - an operator's address
            return 200 <= int(answer.status) < 300
    except OSError:
        return False

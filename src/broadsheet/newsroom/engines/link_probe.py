"""Tries whether an outside address answers, without touching addresses of the own network."""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urljoin, urlsplit

TIMEOUT = 10.0
REDIRECTS = 5
AGENT = "Broadsheet link check"


def probe(address: str) -> tuple[bool, str]:
    """Return whether the address answers with a page, and how it answered in a word or two."""
    for _step in range(REDIRECTS + 1):
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return False, "no web address"
        try:
            status, location = _ask(address)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return False, type(error).__name__
        if status in {301, 302, 303, 307, 308} and location:
            address = urljoin(address, location)
            continue
        # Some sites refuse robots: only a clear "there is nothing" counts as dead.
        return status not in {404, 410} and status < 500, str(status)
    return False, "too many redirects"


def _ask(address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    place = _public_place(host, port)
    plain = socket.create_connection((place, port), timeout=TIMEOUT)
    try:
        channel = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = channel
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": AGENT, "Range": "bytes=0-0", "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        plain.close()


def _public_place(host: str, port: int) -> str:
    """Return an address of the host that lies on the open network; `OSError` where it has none."""
    for _family, _kind, _protocol, _name, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if ipaddress.ip_address(str(place[0]).split("%")[0]).is_global:
            return str(place[0])
    raise OSError("The host lies on a private network.")

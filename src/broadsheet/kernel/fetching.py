"""Asks an address of the web for what it holds: never one of the inner network, never more or longer than allowed.

An address comes from a file, a reader or a provider; following it must not open what only this machine can reach
(ASVS 5.0 1.3.6). Names are resolved once, and the connection goes to the addresses that were checked.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"})
FEED_KINDS = PAGE_KINDS | {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/json",
    "application/feed+json",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CHUNK = 64 * 1024
_AGENT = "Broadsheet"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Place = tuple[socket.AddressFamily, tuple[str, int]]


class NotFetchedError(Exception):
    """Nothing was fetched; `why` begins in lower case, says why, and mostly what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Nothing was fetched: {why}")
        self.why = why


class FetchRefusedError(NotFetchedError):
    """The address may not be asked for."""


class FetchFailedError(NotFetchedError):
    """The address was asked for and gave nothing that was wanted."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long an address may answer."""

    most_bytes: int = 10 * 1024 * 1024
    total_seconds: float = 30.0
    read_seconds: float = 10.0
    redirects: int = 5
    first_only: bool = False  # of an answer without an end: its first `most_bytes` are enough


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered, and the address that answered in the end."""

    url: str
    content: bytes
    declared_type: str | None


def fetch(
    url: str, *, allow_private: bool = False, limits: Limits | None = None, kinds: frozenset[str] | None = PAGE_KINDS
) -> Fetched:
    """The answer of the address, of any kind with `kinds` None; every redirect is checked as the first address is."""
    limits = limits or Limits()
    deadline = time.monotonic() + limits.total_seconds
    for _ in range(limits.redirects + 1):
        parts = _checked(url)
        addresses = resolve(parts, allow_private=allow_private)
        answer = _ask(parts, addresses, deadline=deadline, limits=limits, kinds=kinds)
        if isinstance(answer, Fetched):
            return answer
        url = urljoin(url, answer)
    raise FetchFailedError(
        f"the address redirects more than {limits.redirects} times. "
        "Open it in a browser and give the address that you see then."
    )


def resolve(parts: SplitResult, *, allow_private: bool) -> list[Place]:
    """The network addresses of the host, all of them allowed, to which the connection is made as they are."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host.encode("idna").decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailedError(
            f"the host '{host}' was not found. Check the address for a slip of the pen, "
            "and the network of this machine."
        ) from error
    answer: list[Place] = []
    for family, _, _, _, place in found:
        address = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not allow_private and not is_public(address):
            raise FetchRefusedError(
                f"'{host}' lies in a private or reserved network ({address}), and nothing is fetched from there."
            )
        answer.append((family, (str(place[0]), int(place[1]))))
    return answer


def is_public(address: Address) -> bool:
    """True for an address of the open internet, also behind the ways of writing IPv4 inside IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64 or (int(address) >> 32) == 0:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None:
            return False
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
        or address.is_private
    )


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be asked for."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchRefusedError(f"'{url[:200]}' is not an address of the web.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise FetchRefusedError(f"only http and https addresses are fetched, and '{url[:200]}' is none.")
    if parts.username is not None or parts.password is not None:
        raise FetchRefusedError("the address holds a user name or password, which are never sent.")
    if any(character <= " " or character == "\x7f" for character in url.strip()):
        raise FetchRefusedError("there are blanks or control characters in the address.")
    return parts


def _ask(
    parts: SplitResult,
    addresses: list[Place],
    *,
    deadline: float,
    limits: Limits,
    kinds: frozenset[str] | None,
) -> Fetched | str:
    """The answer of one address, or the place to which it redirects."""
    try:
        with _connected(parts, addresses, deadline=deadline, limits=limits) as connection:
            target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
                f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
            )
            connection.request(
                "GET",
                target,
                headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip", "Connection": "close"},
            )
            response = connection.getresponse()
            place = response.getheader("Location")
            if response.status in _REDIRECTS and place:
                return place
            if response.status != 200:
                raise FetchFailedError(
                    f"{parts.hostname} answered with status {response.status}. "
                    "Open the address in a browser to see why."
                )
            kind = response.getheader("Content-Type")
            if kinds is not None:
                _check_kind(kind, kinds)
            read = _beginning if limits.first_only else _body
            content = read(response, limits=limits, deadline=deadline)
            return Fetched(url=parts.geturl(), content=content, declared_type=kind)
    except ssl.SSLError as error:
        raise FetchFailedError(
            f"the certificate of {parts.hostname} could not be trusted "
            f"({getattr(error, 'verify_message', '') or error.reason or 'no secure connection'})."
        ) from error
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
            raise FetchFailedError(f"{parts.hostname} did not answer in time. Try again later.") from error
        raise FetchFailedError(
            f"the connection to {parts.hostname} failed ({error or type(error).__name__}). Try again later."
        ) from error


@contextmanager
def _connected(
    parts: SplitResult,
    addresses: list[Place],
    *,
    deadline: float,
    limits: Limits,
) -> Iterator[http.client.HTTPConnection]:
    """A connection to one of the checked addresses, cut off at the deadline whatever is going on."""
    plain = _open(addresses, deadline=deadline, limits=limits)
    guard = threading.Timer(max(0.01, deadline - time.monotonic()), _cut, [plain])
    guard.daemon = True
    guard.start()
    connection = http.client.HTTPConnection(parts.netloc)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=parts.hostname)
            connection.default_port = 443
        else:
            connection.sock = plain
        yield connection
    finally:
        guard.cancel()
        connection.close()
        plain.close()


def _open(addresses: list[Place], *, deadline: float, limits: Limits) -> socket.socket:
    """A socket to the first of the addresses that takes the connection."""
    failure: OSError | None = None
    for family, place in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.settimeout(min(limits.read_seconds, left))
        try:
            opened.connect(place)
        except OSError as error:
            opened.close()
            failure = error
        else:
            return opened
    raise failure or OSError("no address")


def _cut(opened: socket.socket) -> None:
    """The connection is at its end."""
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


def _check_kind(kind: str | None, kinds: frozenset[str]) -> None:
    """Returns only when the answer can be what was asked for."""
    name = (kind or "").partition(";")[0].strip().casefold()
    if name and name not in kinds:
        raise FetchFailedError(f"the address answers with '{name[:80]}', which is not what was asked for.")


def _body(response: http.client.HTTPResponse, *, limits: Limits, deadline: float) -> bytes:
    """The content of the answer, unpacked, within the limits both packed and unpacked."""
    announced = response.getheader("Content-Length") or ""
    if announced.isdigit() and int(announced) > limits.most_bytes:
        _refuse_size(limits)
    encoding = (response.getheader("Content-Encoding") or "identity").strip().casefold()
    if encoding not in {"gzip", "x-gzip", "deflate", "identity", ""}:
        raise FetchFailedError(f"the answer is packed as '{encoding[:40]}', which was not asked for.")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding not in {"identity", ""} else None
    content, received = bytearray(), 0
    while chunk := response.read(_CHUNK):
        if time.monotonic() >= deadline:
            raise TimeoutError
        received += len(chunk)
        try:
            content += unpacker.decompress(chunk, limits.most_bytes + 1 - len(content)) if unpacker else chunk
        except zlib.error as error:
            raise FetchFailedError("the packed answer is damaged. Try again later.") from error
        if len(content) > limits.most_bytes or received > limits.most_bytes:
            _refuse_size(limits)
    if time.monotonic() >= deadline:
        raise TimeoutError
    return bytes(content)


def _beginning(response: http.client.HTTPResponse, *, limits: Limits, deadline: float) -> bytes:
    """The first bytes of the answer, as many as came in time; `TimeoutError` where none did."""
    content = bytearray()
    with suppress(TimeoutError):
        while len(content) < limits.most_bytes and time.monotonic() < deadline:
            chunk = response.read1(limits.most_bytes - len(content))
            if not chunk:
                break
            content += chunk
    if not content and time.monotonic() >= deadline:
        raise TimeoutError
    return bytes(content)


def _refuse_size(limits: Limits) -> None:
    """Never returns: the answer is too large."""
    raise FetchFailedError(f"the answer is larger than {limits.most_bytes / 1_000_000:.1f} MB.")

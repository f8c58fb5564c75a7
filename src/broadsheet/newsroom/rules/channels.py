"""A discussion that is held elsewhere: which network, and where at it an article is discussed (DIS-07)."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from broadsheet.newsroom.conf import ChannelKind

_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_STATUS = re.compile(r"/(?:[^?#]*/)?([0-9]{1,24})/?", re.ASCII)
_PLACES = ("{url}", "{number}")


@dataclass(frozen=True, slots=True)
class Channel:
    """The network that an edition has set; `address` is empty where each article has a post of its own."""

    kind: str
    network: str
    address: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where one article is discussed at the network: `address` is the page or the post, `number` that of the post."""

    kind: str
    network: str
    host: str
    address: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the fediverse: the host that keeps it, and its number there."""

    host: str
    number: str


def channel_of(kind: str, network: str, address: str) -> Channel | None:
    """Return the edition's channel; None where it is not set, or not wholly."""
    if kind == ChannelKind.FEDIVERSE and network:
        return Channel(kind, network, "")
    if kind == ChannelKind.PAGE and network and page_address(address, url="https://paper.example/", number="1"):
        return Channel(kind, network, address)
    return None


def page_address(template: str, *, url: str, number: str) -> str:
    """Return the address of the network's page about an article, empty where the template makes none."""
    if not any(place in template for place in _PLACES) or not host_of(template):
        return ""  # the article never says which host is asked
    made = template.replace("{url}", quote(url, safe="")).replace("{number}", quote(number, safe=""))
    return made if host_of(made) else ""


def host_of(address: str) -> str:
    """Return the host that an address of the web is asked at; empty for any that isn't https by a name."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    wrong = parts.scheme != "https" or parts.username is not None or not _HOST.fullmatch(host)
    if wrong or any(character <= " " or character in '"<>\\;,\x7f' for character in address):
        return ""
    return f"{host}:{port}" if port else host


def post_of(address: str) -> Post | None:
    """Return the post at an address such as https://host/@name/123; None where it is no such address."""
    host = host_of(address)
    found = _STATUS.fullmatch(urlsplit(address).path) if host else None
    return Post(host, found[1]) if found else None


def elsewhere(channel: Channel | None, *, url: str, number: str, post: str) -> Elsewhere | None:
    """Return where the article is discussed; None where the edition has no channel, or the article no post in it."""
    if channel is None:
        return None
    if channel.kind == ChannelKind.PAGE:
        address = page_address(channel.address, url=url, number=number)
        return Elsewhere(channel.kind, channel.network, host_of(address), address)
    found = post_of(post)
    return Elsewhere(channel.kind, channel.network, found.host, post, found.number) if found else None

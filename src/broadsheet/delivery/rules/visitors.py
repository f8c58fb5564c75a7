"""Who counts as a visitor, and as whom, without keeping anything of them (ART-07)."""

import ipaddress
import re
from hashlib import blake2b

_ROBOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|fetch|scan|monitor|check|archiv|index|headless|lighthouse|pagespeed"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|httpx|axios|node|perl|ruby|php|facebookexternalhit|embedly"
    r"|whatsapp|telegram|skypeuri|feed|rss|validator|phantom|selenium|playwright|puppeteer|gptbot|claude|ccbot",
    re.IGNORECASE,
)


def is_robot(agent: str) -> bool:
    """Return whether a program says of itself that nobody looks through it; also one that says nothing."""
    return len(agent) < 10 or _ROBOT.search(agent) is not None


def network_of(address: str) -> str:
    """Return the network of an address, /24 or /48; empty where it is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False))


def view_key(salt: bytes, address: str, agent: str, public_id: int) -> bytes:
    """Return the key of one visitor's view of one article, worth nothing without the day's salt."""
    told = f"{network_of(address)}\0{agent[:300]}\0{public_id}".encode()
    return blake2b(told, key=salt, digest_size=16, person=b"view").digest()

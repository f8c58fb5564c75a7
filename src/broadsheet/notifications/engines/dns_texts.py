"""Asking the Domain Name System for texts."""

from urllib.parse import urlsplit

import dns.exception
import dns.resolver
from django.conf import settings

SECONDS = 3.0


def texts_at(name: str) -> list[str] | None:
    """Return the TXT records of that name, each in one piece; None where no resolver gave an answer."""
    try:
        answer = _resolver().resolve(name, "TXT", lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError):
        return None
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def _resolver() -> dns.resolver.Resolver:
    """Return the machine's resolver, or that of the settings."""
    if not settings.DNS:
        return dns.resolver.Resolver()
    parts = urlsplit(f"//{settings.DNS}")
    found = dns.resolver.Resolver(configure=False)
    found.nameservers = [parts.hostname or ""]
    found.port = parts.port or 53
    return found

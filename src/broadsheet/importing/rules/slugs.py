"""Addresses made of names."""

import re

from anyascii import anyascii

MOST = 80


def slug(text: str, fallback: str = "x") -> str:
    """Return the words of a name for an address: ASCII letters, digits and hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower().replace("'", "")).strip("-")
    return plain[:MOST].strip("-") or fallback

"""The one form of an e-mail address: what is written differently and reaches the same mailbox is the same."""

import idna

LONGEST = 254  # RFC 5321 4.5.3.1.3, without the angle brackets


def canonical(address: str) -> str:
    """Return the address in small letters, its domain in ASCII (UTS 46, non-transitional; RFC 5891).

    A domain that has no such form stays as it is, in small letters: `is_mailbox` says so.
    """
    before, at, domain = address.strip().lower().rpartition("@")
    if not at or domain.startswith("["):
        return before + at + domain
    try:
        return f"{before}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return f"{before}@{domain}"


def is_mailbox(address: str) -> bool:
    """Return whether mail could be sent to the canonical address: its domain is in ASCII, and it isn't too long."""
    return address.rpartition("@")[2].isascii() and len(address) <= LONGEST

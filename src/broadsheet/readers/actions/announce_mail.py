"""Announces that a mail about an account is due."""

import secrets

from broadsheet.kernel.facts import announce
from broadsheet.readers.facts import AccountMailDue


def announce_mail(purpose: str, *, reader_id: int, edition: str, email_id: int | None = None, key: str = "") -> None:
    """Announce it in the caller's transaction; `key` where another announcement may mean the same mail."""
    key = key or f"{purpose}:{reader_id}:{secrets.token_hex(8)}"
    announce(AccountMailDue(purpose=purpose, reader_id=reader_id, key=key, edition=edition, email_id=email_id))

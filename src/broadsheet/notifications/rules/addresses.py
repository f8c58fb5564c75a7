"""Mail addresses as a mail server wants them (RFC 5321 §4.1.2, RFC 5890)."""

import re
from dataclasses import dataclass
from email.utils import parseaddr

import idna
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal

LONGEST, LONGEST_LOCAL = 254, 64  # RFC 5321 §4.5.3.1, with the erratum on the whole path
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])*"')


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address in plain ASCII: an international domain as it is written in the Domain Name System."""

    local: str
    domain: str

    def __str__(self) -> str:
        """Return the address."""
        return f"{self.local}@{self.domain}"


def recipient(address: str) -> Recipient | Refusal:
    """Return the address to write to; the refusal where no mail server could be told it.

    Taken are dotted words and quoted strings before the last @, and domains in any script; not taken are letters
    beyond ASCII before the @, which most servers can't carry (RFC 6531), addresses without a domain, and whatever
    could begin a line of its own.
    """
    local, _at, domain = address.strip(" ").rpartition("@")
    if not (_ATOMS.fullmatch(local) or _QUOTED.fullmatch(local)) or len(local) > LONGEST_LOCAL:
        return _refusal()
    try:
        name = idna.encode(domain, uts46=True).decode("ascii") if not domain.isascii() else domain.lower()
        valid = bool(name) and idna.encode(name).decode("ascii") == name
    except idna.IDNAError:
        return _refusal()
    if not valid or name.endswith(".") or len(local) + 1 + len(name) > LONGEST:
        return _refusal()
    return Recipient(local, name)


def sender_of(setting: str) -> tuple[str, str]:
    """Return name and address of the sender that the setting names, as `Name <name@example.org>` or the address alone.

    The name is empty where there is none; the address is in ASCII as far as `recipient` has such a form of it.
    """
    name, address = parseaddr(setting)
    found = recipient(address)
    return name, str(found) if isinstance(found, Recipient) else address


def _refusal() -> Refusal:
    return Refusal(
        "bad-address",
        _("No mail was queued."),
        _("That is no address that mail can be sent to."),
        _("Write it as name@example.org."),
    )

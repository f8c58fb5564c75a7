"""Signing mail as the paper's domain (RFC 6376; Ed25519 by RFC 8463), so that mailboxes believe where it comes from.

`dkim.key` in the data folder holds a key for each selector: the selector's line, then the key in PEM.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from textwrap import wrap

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from django.conf import settings

from broadsheet.notifications.rules.addresses import sender_of
from broadsheet.notifications.rules.dkim import canonical_body, canonical_field, signed_fields, signed_names, split

SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
RSA_BITS = 2048
_BLOCK = re.compile(r"(?m)^([a-z0-9.-]+)\s*\n(-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+-----END PRIVATE KEY-----)")
Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the selector and the domain under which the public key is found, and the key."""

    domain: str
    selector: str
    key: Key

    @property
    def name(self) -> str:
        """Return the name in the Domain Name System under which the record is published."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """Return the text of that record (RFC 6376 §3.6.1)."""
        public = self.key.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return f"v=DKIM1; k=ed25519; p={base64.b64encode(public.public_bytes_raw()).decode('ascii')}"
        known = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        return f"v=DKIM1; k=rsa; p={base64.b64encode(public.public_bytes(*known)).decode('ascii')}"

    def sign(self, mail: bytes, at: datetime) -> bytes:
        """Return the mail, whose lines end as mail servers want them, with the signature before it."""
        fields, body = split(mail)
        names = signed_names(fields)
        begin = self._begun(names, canonical_body(body), int(at.timestamp()))
        told = signed_fields(fields, names) + canonical_field(b"DKIM-Signature", begin)
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            signature = self.key.sign(sha256(told).digest())
        else:
            signature = self.key.sign(told, padding.PKCS1v15(), hashes.SHA256())
        lines = wrap(base64.b64encode(signature).decode("ascii"), 72)
        return b"DKIM-Signature:" + begin + "".join(f"\r\n\t{line}" for line in lines).encode("ascii") + b"\r\n" + mail

    def _begun(self, names: list[str], body: bytes, at: int) -> bytes:
        """Return the signature's field up to where the signature itself stands."""
        kind = "ed25519" if isinstance(self.key, ed25519.Ed25519PrivateKey) else "rsa"
        parts = (
            f" v=1; a={kind}-sha256; c=relaxed/relaxed; d={self.domain}; s={self.selector};",
            f"t={at}; h=" + "\r\n\t ".join(_lines_of(names)) + ";",
            f"bh={base64.b64encode(sha256(body).digest()).decode('ascii')};",
            "b=",
        )
        return "\r\n\t".join(parts).encode("ascii")


def _lines_of(names: list[str]) -> list[str]:
    """Return the names with colons between them, in lines that end at a colon: in a name, no line may end."""
    return [
        line.replace(" ", "") for line in wrap(": ".join(names), 60, break_long_words=False, break_on_hyphens=False)
    ]


def key_file() -> Path:
    """Return where the keys are."""
    return Path(settings.DATA) / "dkim.key"


def keys() -> dict[str, str]:
    """Return the keys that are there, in PEM, by selector; none where the file can't be read."""
    try:
        return dict(_BLOCK.findall(key_file().read_text(encoding="ascii", errors="replace")))
    except OSError:
        return {}


def own_domain() -> str:
    """Return the domain that mail comes from."""
    return sender_of(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()


def signer() -> Signer | None:
    """Return who signs the paper's mail; None where no selector is set, or its key isn't there or is damaged."""
    selector = settings.DKIM_SELECTOR.lower()
    return signer_of(selector, keys().get(selector, "")) if selector else None


def signer_of(selector: str, pem: str) -> Signer | None:
    """Return who signs by that key; None where it can't be used."""
    return _signer(selector, pem, own_domain())


@lru_cache(maxsize=8)
def _signer(selector: str, pem: str, domain: str) -> Signer | None:
    try:
        key = serialization.load_pem_private_key(pem.encode("ascii"), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    usable = isinstance(key, ed25519.Ed25519PrivateKey) or (isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 1024)
    return Signer(domain, selector, key) if usable else None  # type: ignore[arg-type]


def new_key(*, short: bool = False) -> str:
    """Return a new key in PEM: RSA, which every mailbox understands, or the short Ed25519, which few do yet."""
    made: Key = (
        ed25519.Ed25519PrivateKey.generate()
        if short
        else rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    )
    plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return made.private_bytes(*plain).decode("ascii").strip()

"""Checks a signature of a mail as a mailbox does, written from RFC 6376 §3.5, §3.7, §6.1 and RFC 8463 alone."""

import base64
import hashlib
import re
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding


def verified(mail: bytes, texts_at: Callable[[str], list[str]], index: int = 0) -> bool:
    """Return whether the signature of that index, from above, holds; `texts_at` is the Domain Name System."""
    head, body = mail.split(b"\r\n\r\n", 1)
    fields = [line.split(b":", 1) for line in re.sub(rb"\r\n([ \t])", rb"\0\1", head).split(b"\r\n")]
    fields = [(name, value.replace(b"\0", b"\r\n")) for name, value in fields]
    signature = [value for name, value in fields if name.strip().lower() == b"dkim-signature"][index]
    tags = dict(part.strip().split("=", 1) for part in signature.decode().strip().rstrip(";").split(";"))
    tags = {name.strip(): value for name, value in tags.items()}
    names = [name.strip().lower() for name in tags["h"].split(":")]  # between them there may be spaces, not in them
    tags = {name.strip(): "".join(value.split()) for name, value in tags.items()}
    assert all(re.fullmatch("[!-9;-~]+", name) for name in names)
    assert tags["v"] == "1"
    assert tags["c"] == "relaxed/relaxed"
    assert "from" in names
    if tags["bh"] != base64.b64encode(hashlib.sha256(_body(body)).digest()).decode():
        return False
    hashed = b""
    waiting = [field for field in fields if field[1] is not signature]
    for name in names:
        found = [field for field in waiting if field[0].strip().lower().decode() == name]
        if found:
            waiting.reverse()
            waiting.remove(found[-1])
            waiting.reverse()
            hashed += _field(*found[-1]) + b"\r\n"
    without = re.sub(rb"(^|;)([ \t\r\n]*b[ \t\r\n]*=)[^;]*", rb"\1\2", signature)
    hashed += _field(b"dkim-signature", without)
    return _holds(tags, hashed, texts_at(f"{tags['s']}._domainkey.{tags['d']}"))


def _holds(tags: dict[str, str], hashed: bytes, texts: list[str]) -> bool:
    assert len(texts) == 1
    record = dict(part.strip().split("=", 1) for part in texts[0].strip().rstrip(";").split(";"))
    public, made = base64.b64decode(record["p"]), base64.b64decode(tags["b"])
    assert record.get("v", "DKIM1") == "DKIM1"
    kind = record.get("k", "rsa")
    if tags["a"] != f"{kind}-sha256":
        return False
    try:
        if kind == "ed25519":
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(made, hashlib.sha256(hashed).digest())
        else:
            key = serialization.load_der_public_key(public)
            key.verify(made, hashed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _field(name: bytes, value: bytes) -> bytes:
    value = value.replace(b"\r\n", b"")
    return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", value).strip()


def _body(body: bytes) -> bytes:
    body = re.sub(rb"[ \t]+(?=\r\n)|[ \t]+\Z", b"", body)
    body = re.sub(rb"[ \t]+", b" ", body)
    body = re.sub(rb"(\r\n)*\Z", b"", body)
    return body + b"\r\n" if body else b""

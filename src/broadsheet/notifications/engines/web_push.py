"""Messages that one browser alone can read (RFC 8291), and the proof of who sends them (RFC 8292).

The two standards are a page of arithmetic over `cryptography`, which log-ins need anyway
(docs/decisions/0017-push-without-a-library.md).
"""

import base64
import binascii
import hmac
import json
import os
import threading
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from broadsheet.notifications.conf import PUSH_TOKEN_SECONDS

_CURVE = ec.SECP256R1()
_RECORD = 4096  # RFC 8291 §4: push services take no larger ones
LONGEST = _RECORD - 16 - 4 - 1 - 65 - 16 - 1  # bytes of a message in it
_RENEWED = 3600  # seconds before its end, or earlier, in which a token is made anew


def b64(data: bytes) -> str:
    """Return base64url without padding, as all of Web Push writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """Return what base64url says, padded or not; `ValueError` where it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("This is no base64url.") from error


def is_point(data: bytes) -> bool:
    """Return whether this is a public key: an uncompressed point on P-256."""
    if len(data) != 65 or data[0] != 4:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, data)
    except ValueError:
        return False
    return True


def encrypted(
    message: bytes, *, p256dh: bytes, auth: bytes, salt: bytes = b"", private: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """Return the body of the request: one record of `aes128gcm` (RFC 8188) that the browser with these keys can read.

    Salt and key are new each time; only the standard's own example names them.
    """
    if len(message) > LONGEST:
        raise ValueError(f"A push message has {LONGEST} bytes at most, and this one {len(message)}.")
    salt = salt or os.urandom(16)
    private = private or ec.generate_private_key(_CURVE)
    own = _encoded(private.public_key())
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, p256dh))
    secret = _hmac(_hmac(auth, shared), b"WebPush: info\0" + p256dh + own + b"\1")
    both = _hmac(salt, secret)
    key = _hmac(both, b"Content-Encoding: aes128gcm\0\1")[:16]
    nonce = _hmac(both, b"Content-Encoding: nonce\0\1")[:12]
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(own)]) + own
    return head + AESGCM(key).encrypt(nonce, message + b"\2", None)


@dataclass(frozen=True)
class ServerKey:
    """A key of ours that browsers know us by."""

    private: ec.EllipticCurvePrivateKey

    @cached_property
    def public(self) -> str:
        """Return the public half as browsers want it (`applicationServerKey`)."""
        return b64(_encoded(self.private.public_key()))

    def sign(self, claims: dict[str, object]) -> str:
        """Return the claims as a token of ES256."""
        parts = [
            b64(json.dumps(part, separators=(",", ":")).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims)
        ]
        r, s = decode_dss_signature(self.private.sign(".".join(parts).encode(), ec.ECDSA(hashes.SHA256())))
        return ".".join([*parts, b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))])


def server_keys() -> tuple[ServerKey, ...]:
    """Return our keys, the newest first; the older ones are for browsers that know us by them. Damaged ones are left out."""
    return _keys(tuple(settings.PUSH_KEYS))


def server_key(public: str) -> ServerKey | None:
    """Return our key with this public half."""
    return next((key for key in server_keys() if key.public == public), None)


@lru_cache(maxsize=4)
def _keys(written: tuple[str, ...]) -> tuple[ServerKey, ...]:
    found = []
    for line in written:
        try:
            number = unb64(line)
            found.append(ServerKey(ec.derive_private_key(int.from_bytes(number, "big"), _CURVE)))
        except ValueError:
            continue  # `broadsheet check` says so
    return tuple(found)


_tokens: dict[tuple[str, str, str], tuple[float, str]] = {}
_lock = threading.Lock()


def authorization(key: ServerKey, *, origin: str, contact: str, now: float) -> str:
    """Return the header that proves to the push service who sends; one token serves for hours."""
    name = (key.public, origin, contact)
    with _lock:
        until, header = _tokens.get(name, (0.0, ""))
        if not now + _RENEWED < until <= now + PUSH_TOKEN_SECONDS:  # also where the clock was put back
            until = now + PUSH_TOKEN_SECONDS
            token = key.sign({"aud": origin, "exp": int(until), "sub": contact})
            header = f"vapid t={token}, k={key.public}"
            if len(_tokens) > 1000:
                _tokens.clear()
            _tokens[name] = (until, header)
    return header


def _encoded(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")

"""What is signed of a mail, in the form in which it survives its way (RFC 6376 §3.4: relaxed, relaxed)."""

import re
from collections.abc import Sequence

_SPACES = re.compile(rb"[ \t]+")
_FOLD = re.compile(rb"\r\n(?=[ \t])")
# RFC 6376 §5.4.1, with what RFC 8058 §4 wants for one click. Those in `TWICE` are signed once more than they are there,
# so that nobody can put another before them (§8.15).
SIGNED = (
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding", "In-Reply-To", "References", "Auto-Submitted", "List-Unsubscribe",
    "List-Unsubscribe-Post", "X-Return-Token",
)  # fmt: skip
TWICE = ("From", "To", "Subject", "Reply-To")


def split(mail: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return the mail's header fields, each with its folded value, and its body."""
    head, _blank, body = mail.partition(b"\r\n\r\n")
    fields = []
    for field in re.split(rb"\r\n(?![ \t])", head):
        name, _colon, value = field.partition(b":")
        fields.append((name, value))
    return fields, body


def canonical_field(name: bytes, value: bytes) -> bytes:
    """Return a header field as it is hashed, without the end of its line."""
    return name.strip(b" \t").lower() + b":" + _SPACES.sub(b" ", _FOLD.sub(b"", value)).strip(b" \t")


def canonical_body(body: bytes) -> bytes:
    """Return the body as it is hashed."""
    lines = [_SPACES.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def signed_names(fields: Sequence[tuple[bytes, bytes]]) -> list[str]:
    """Return the names that a signature lists, each as often as the field is there, some once more."""
    there = [name.strip(b" \t").lower().decode("ascii", "replace") for name, _value in fields]
    return [name for name in SIGNED for _time in range(there.count(name.lower()) + (name in TWICE))]


def signed_fields(fields: Sequence[tuple[bytes, bytes]], names: Sequence[str]) -> bytes:
    """Return the fields of these names as they are hashed, from the last of each upwards; none is no text at all."""
    left = list(fields)
    found = b""
    for name in names:
        for index in range(len(left) - 1, -1, -1):
            if left[index][0].strip(b" \t").lower() == name.lower().encode("ascii"):
                found += canonical_field(*left.pop(index)) + b"\r\n"
                break
    return found

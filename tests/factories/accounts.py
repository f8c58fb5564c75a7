"""Accounts of readers for tests, confirmed and with something of everything that can be held of them."""

import io
import itertools
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from PIL import Image

from broadsheet.kernel import clock
from broadsheet.readers.models import FormerAddress, Reader, ReaderSession

PASSWORD = "a long enough password"
_count = itertools.count(1)


def make_reader(email: str = "", *, password: str | None = None, **fields: Any) -> Reader:
    """Return an account with a confirmed address; without a password nothing slow is computed."""
    email = email or f"reader-{next(_count)}@mail.example"
    reader = Reader.objects.create_user(email, password, **{"display_name": "Ines Marlow", **fields})
    EmailAddress.objects.create(user=reader, email=email, verified=True, primary=True)
    return reader


def add_former_address(reader: Reader, email: str, *, days_left: float = 10) -> FormerAddress:
    """Note an address that the account had before."""
    return FormerAddress.objects.create(reader=reader, email=email, until=clock.now() + timedelta(days=days_left))


def list_session(reader: Reader, key: str, device: str = "Firefox on Linux") -> ReaderSession:
    """Note the session in the list of the reader's devices."""
    now = clock.now()
    return ReaderSession.objects.create(session_key=key, reader=reader, device=device, began_at=now, seen_on=now.date())


def image_bytes(
    size: tuple[int, int] = (300, 200), *, kind: str = "JPEG", colour: str = "#3366cc", **more: Any
) -> bytes:
    """Return a picture of one colour as a file."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()

"""One-use links to log in, as addresses."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from broadsheet.kernel import clock
from broadsheet.readers.actions.staff import make_login_link


def login_address(reader: Any, *, opens_desk: bool = False) -> str:
    """Return the address that logs the account in once."""
    token = make_login_link(reader=reader, now=clock.now(), opens_desk=opens_desk)
    return f"{settings.PUBLIC_URL}{reverse('login_link', args=[token])}"

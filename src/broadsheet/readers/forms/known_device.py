"""Browsers in which an account was open before: a signed cookie that says nothing to anybody else.

It holds, for each of a few accounts, a number of its own and when the account was opened last. What the browser fails
at one account counts under that number: a log-in to another doesn't change it.
"""

import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from broadsheet.kernel.email import canonical
from broadsheet.readers.conf import KNOWN_DEVICE_AGE, KNOWN_DEVICE_COOKIE

_SALT = "broadsheet.readers.device"
_MOST = 5  # accounts of one browser


def known_device(request: HttpRequest, email: str, now: datetime) -> str:
    """Return the mark of this browser where the account of that address was open in it lately, else nothing."""
    return str(_accounts(request, now).get(_account(email), [""])[0])


def remember_device(request: HttpRequest, response: HttpResponse, email: str, now: datetime) -> None:
    """Let the browser be known for that account for `KNOWN_DEVICE_AGE` from now on; its mark stays where it has one."""
    others = _accounts(request, now)
    mark, _when = others.pop(_account(email), [secrets.token_urlsafe(12), 0])
    newest = sorted(others.items(), key=lambda each: -each[1][1])[: _MOST - 1]
    response.set_cookie(
        _name(),
        signing.dumps({_account(email): [mark, int(now.timestamp())], **dict(newest)}, salt=_SALT),
        max_age=KNOWN_DEVICE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _accounts(request: HttpRequest, now: datetime) -> dict[str, list]:
    try:
        found = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    if not isinstance(found, dict):
        return {}
    begin = (now - KNOWN_DEVICE_AGE).timestamp()
    return {account: told for account, told in found.items() if told[1] > begin}


def _name() -> str:
    return f"{settings.COOKIE_PREFIX}{KNOWN_DEVICE_COOKIE}"


def _account(email: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"device {canonical(email)}".encode(), "sha256").hexdigest()[:24]

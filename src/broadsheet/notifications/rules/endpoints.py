"""Which addresses and keys of a browser's subscription can be true."""

import re
from hashlib import sha256
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.notifications.conf import LONGEST_ENDPOINT

_SIGNS = re.compile(r"[!-~]+", re.ASCII)


def strange_endpoint(endpoint: str, *, local: bool) -> Refusal | None:
    """Return why this can be no push service's address; `local`: http is one, too, to develop."""
    why = _fault(endpoint, local=local)
    if not why:
        return None
    return Refusal(
        "bad-endpoint",
        _("The browser could not be subscribed."),
        why,
        _("Reload the page and try again."),
    )


def digest_of(endpoint: str) -> str:
    """Return what an endpoint is found by."""
    return sha256(endpoint.encode(errors="replace")).hexdigest()


def _fault(endpoint: str, *, local: bool) -> str:
    if len(endpoint) > LONGEST_ENDPOINT:
        return _("The address of its push service has more than %(most)s characters.") % {"most": LONGEST_ENDPOINT}
    wrong = _("What it gave as the address of its push service is none.")
    if not _SIGNS.fullmatch(endpoint):
        return wrong
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return wrong
    if parts.scheme not in ({"https", "http"} if local else {"https"}) or not parts.hostname or port == 0:
        return wrong
    if parts.username is not None or parts.password is not None or parts.fragment:
        return wrong
    return ""

"""What browsers tell about their subscriptions: small JSON of a known shape, from this site's own pages."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.rates import Limit, network_of, take
from broadsheet.notifications.actions.subscribe_push import Browser, Wishes
from broadsheet.notifications.conf import LONGEST_PUSH_BODY, MOST_TOPICS
from broadsheet.notifications.rules.quiet_hours import minute_of

ASKED = Limit("push", times=300, per=timedelta(hours=1))  # from one network, in which many may read


def told(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that a page of this site sent; `Refused` for anything else.

    Whoever asks needn't be logged in, so no token proves where the request comes from: browsers say it themselves, and
    what says nothing is refused (RFC 6454 §7.3, Fetch Metadata). Whoever knows an endpoint may speak for its browser.
    """
    if not _from_here(request):
        raise Refused(Refusal("push-foreign", _("Nothing was done."), _("The request came from another site.")))
    if take(ASKED, network_of(request.META.get("REMOTE_ADDR", "")), clock.now()):
        why = _("There were too many requests from your network.")
        raise Refused(Refusal("push-too-often", _("Nothing was done."), why, _("Try again in an hour.")))
    body = request.read(LONGEST_PUSH_BODY + 1)
    if len(body) > LONGEST_PUSH_BODY:
        raise Refused(_no_sense(_("It is too large.")))
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(_no_sense(_("It is no JSON."))) from error
    if not isinstance(found, dict):
        raise Refused(_no_sense(_("It is no JSON object.")))
    return found


def browser_of(found: Any) -> Browser:
    """Return the subscription as `PushSubscription.toJSON` writes it."""
    keys = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(keys, dict):
        raise Refused(_no_sense(_("A subscription with its keys is missing.")))
    return Browser(text_of(found, "endpoint"), text_of(keys, "p256dh"), text_of(keys, "auth"))


def wishes_of(found: dict[str, Any]) -> Wishes:
    """Return what was chosen."""
    topics, zone = found.get("topics"), found.get("zone")
    if not isinstance(topics, list) or len(topics) > MOST_TOPICS or not all(isinstance(one, str) for one in topics):
        raise Refused(_no_sense(_("The topics are no list of words.")))
    begins, ends = _hours(found.get("quiet"))
    return Wishes(tuple(topics), zone[:64] if isinstance(zone, str) else "", begins, ends)


def text_of(found: dict[str, Any], name: str) -> str:
    """Return the text of this name; `Refused` where there is none."""
    value = found.get(name)
    if not isinstance(value, str) or not value or "\0" in value:
        raise Refused(_no_sense(_("“%(name)s” is missing.") % {"name": name}))
    return value


def way_of(found: dict[str, Any]) -> str:
    """Return where the consent was given."""
    return "dialog" if found.get("way") == "dialog" else "page"


def _hours(quiet: Any) -> tuple[int | None, int | None]:
    """Return the quiet hours as minutes of the day, None twice where there are none."""
    if quiet is None:
        return None, None
    times = [minute_of(one) for one in quiet if isinstance(one, str)] if isinstance(quiet, list) else []
    if len(times) != 2 or None in times:
        raise Refused(_no_sense(_("The quiet hours are no two times.")))
    return times[0], times[1]


def _from_here(request: HttpRequest) -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc == request.get_host()
    return site == "same-origin"


def _no_sense(why: str) -> Refusal:
    return Refusal(
        "push-bad-request", _("What the browser sent could not be read."), why, _("Reload the page and try again.")
    )

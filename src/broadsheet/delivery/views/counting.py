"""`POST /views/<public_id>/`: a browser says that somebody looks at an article."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from broadsheet.delivery.actions.counts import salt_of
from broadsheet.delivery.engines.counting import COUNTING
from broadsheet.delivery.rules.visitors import is_robot, view_key
from broadsheet.kernel import clock


@lru_cache(maxsize=1)
def _salt(day: date) -> bytes:
    return salt_of(day=day)


@require_POST
def viewed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note the view; nothing is kept of who it was, and nothing is set in the browser."""
    agent = request.headers.get("User-Agent", "")
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    early = "prefetch" in request.headers.get("Sec-Purpose", "") or "prerender" in request.headers.get(
        "Sec-Purpose", ""
    )
    if not (is_robot(agent) or foreign or early):
        day = clock.now().date()
        key = view_key(_salt(day), request.META.get("REMOTE_ADDR", ""), agent, int(public_id))
        COUNTING.view(day, key, int(public_id))
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    return response

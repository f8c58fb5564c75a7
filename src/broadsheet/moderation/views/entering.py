"""Who enters the moderators' screens, how they like them, and where a form leads back to."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from broadsheet.kernel import clock
from broadsheet.moderation.forms.filters import FilterForm
from broadsheet.moderation.queries.bounds import case_for
from broadsheet.moderation.queries.cases import CaseView
from broadsheet.moderation.queries.roles import Scope, scope_of
from broadsheet.moderation.queries.standards_marks import count_of_marks
from broadsheet.moderation.rules.labels import outcome_label

BARE, QUIET = "moderation_unveiled", "moderation_without_keys"  # in the session: both are off at first


def entered(request: HttpRequest) -> Scope:
    """Return what the user moderates; for everybody else these pages aren't there."""
    scope = scope_of(request.user.pk or 0)
    if scope is None:
        raise Http404
    return scope


def entered_chief(request: HttpRequest) -> Scope:
    """Return what the user moderates, who must be a chief."""
    scope = entered(request)
    if not scope.is_chief:
        raise Http404
    return scope


def the_case(scope: Scope, number: int) -> CaseView:
    """Return the case, which must be in bounds."""
    found = case_for(scope, number)
    if found is None:
        raise Http404
    return found


def filters(request: HttpRequest, scope: Scope) -> FilterForm:
    """Return what of the queue the address asks for."""
    return FilterForm(request.GET, scope=scope)


def back_to(name: str, query: str, *args: Any, **more: Any) -> str:
    """Return the address with the queue's filters and what else is to be said."""
    parts = [query, *(f"{key}={value}" for key, value in more.items())]
    said = "&".join(part for part in parts if part)
    return reverse(name, args=args) + (f"?{said}" if said else "")


def back(request: HttpRequest) -> str:
    """Return the address of the page where the form stood, the queue where that isn't known."""
    found = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(found, allowed_hosts={request.get_host()})
    return found if safe else reverse("moderation_queue")


def common(request: HttpRequest, scope: Scope, *, here: str = "") -> dict[str, Any]:
    """Return what all these pages know; `here` is the way of theirs that is open."""
    return {
        "here_is": here,
        "scope": scope,
        "standards_marks": count_of_marks(clock.now()) if scope.is_chief else 0,
        "veiled": not request.session.get(BARE, False),
        "keys": not request.session.get(QUIET, False),
    }


def just_done(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """Return the case that this person has just closed and what was done, to be undone by one key."""
    text = request.GET.get("done", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found = case_for(scope, number) if number else None
    if found is None or found.closed_by_id != scope.reader_id or found.state != "decided":
        return {"done": None}
    return {"done": found, "done_says": outcome_label(found.outcome)}

"""Privacy policy, terms and standards of an edition: each version, their history, what differs (ACC-08, ACC-09)."""

import json
from itertools import zip_longest

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import public_headers
from broadsheet.delivery.engines.pagestore import stored
from broadsheet.kernel import clock
from broadsheet.newsroom.queries import policies
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.policies import PolicyView
from broadsheet.newsroom.queries.standards_page import standards_for_machines, standards_of
from broadsheet.web.queries.frame import Frame, frame, policy_elsewhere
from broadsheet.web.rules.abridged import abridged
from broadsheet.web.views.framing import edition_page, page

STANDARDS = "standards"


@stored
@edition_page
def show(request: HttpRequest, edition: EditionView, kind: str, number: int | None = None) -> HttpResponse:
    """Show the version in force or, by its number, any published one, with the history of all.

    Before the first version is published, a standing page that says the same thing stands in.
    """
    now = clock.now()
    current = policies.current(edition.id, kind, now)
    policy = current if number is None else policies.version(edition.id, kind, number)
    if policy is None:
        other = next((found for found in edition.pages if number is None and found.purpose == kind), None)
        if other is None:
            raise Http404
        return HttpResponseRedirect(other.path)
    in_force = current is not None and policy.number == current.number
    head = frame(
        edition,
        title=policy.title,
        path=policy.path if in_force else policy.version_path,
        translations=policy_elsewhere(edition, kind) if in_force else (),
        robots=Frame.robots if in_force else "noindex",
    )
    upcoming = policies.upcoming(edition.id, kind, now) if in_force else None
    return page(
        "pages/policy.html",
        frame=head,
        policy=policy,
        current=current,
        in_force=in_force,
        coming=policy.effective_at > now,
        upcoming=upcoming,
        upcoming_difference=upcoming.difference_path(policy.number) if upcoming else "",
        history=_with_older(policies.history(edition.id, kind)),
        standards=standards_of(policy) if kind == STANDARDS else None,
    )


def _with_older(history: list[PolicyView]) -> list[tuple[PolicyView, PolicyView | None, str]]:
    """Return each version with the one before it, and where both are compared."""
    pairs = zip_longest(history, history[1:])
    return [(one, older, one.difference_path(older.number) if older else "") for one, older in pairs]


@stored
@edition_page
def differences(request: HttpRequest, edition: EditionView, kind: str, number: int, since: int) -> HttpResponse:
    """Show what a version says otherwise than an earlier one."""
    new, old = policies.version(edition.id, kind, number), policies.version(edition.id, kind, since)
    if new is None or old is None or since >= number:
        raise Http404
    title = _("%(title)s: what changed from version %(old)d to version %(new)d") % {
        "title": new.title, "old": since, "new": number,
    }  # fmt: skip
    head = frame(edition, title=title, path=new.difference_path(since), robots="noindex")
    rows = abridged(policies.differences(old, new))
    return page("pages/policy_difference.html", frame=head, new=new, old=old, rows=rows)


@require_safe
@edition_page
def clauses(request: HttpRequest, edition: EditionView, number: int | None = None) -> HttpResponse:
    """Return the standards for machines (DSA art. 14(1)): the version in force, or the one with the number."""
    if number is None:
        policy = policies.current(edition.id, STANDARDS, clock.now())
    else:
        policy = policies.version(edition.id, STANDARDS, number)
    if policy is None:
        raise Http404
    text = json.dumps(standards_for_machines(policy), ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    for name, value in public_headers(request.path):
        response.setdefault(name, value)
    response["Cache-Control"] = "public, max-age=300"
    return response

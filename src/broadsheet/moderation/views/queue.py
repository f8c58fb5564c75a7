"""The queue: what waits for a person, in its order, and the next case of it (MOD-01)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.moderation.actions.claim_case import claim_next
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.forms.filters import key_after
from broadsheet.moderation.queries.cases import claims, counts, harsh_seen, may_see_harsh, queue_page
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.queries.screens import queue_rows
from broadsheet.moderation.queries.standards_marks import standards_marks
from broadsheet.moderation.views.entering import BARE, QUIET, back, back_to, common, entered, filters, just_done
from broadsheet.readers.queries.faces import faces


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show the open cases that this person may know of, the worst first, and who is at work."""
    scope, now = entered(request), clock.now()
    form = filters(request, scope)
    wanted = form.wanted()
    page = queue_page(wanted, key_after(request.GET.get("after", "")), scope=scope)
    numbers = counts(wanted, scope=scope)
    others = {one.claimed_by_id for one in claims(now, scope=scope) if one.claimed_by_id not in {None, scope.reader_id}}
    labels = {str(kind.value): str(kind.label) for kind in CaseKind}
    context = {
        **common(request, scope, here="queue"),
        **just_done(request, scope),
        "form": form,
        "query": form.query(),
        "rows": queue_rows(page.cases, now),
        "after": f"{page.after[0]}~{page.after[1]}" if page.after else "",
        "later": bool(request.GET.get("after")),
        "total": numbers[""],
        "counts": [(labels[kind], number) for kind, number in numbers.items() if kind and number.number],
        "at_work": sorted(one.name for one in faces({number for number in others if number is not None}).values()),
        "harsh": harsh_seen(scope.reader_id, now),
        "harsh_limit": settings.HARSH_CASES_A_DAY,
        "marks": standards_marks(now) if scope.is_chief else (),
        "harsh_over": not may_see_harsh(scope.reader_id, now),
    }
    return render(request, "desk/moderation/queue.html", context)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Give the person the next case."""
    return lead_on(request, entered(request))


def lead_on(request: HttpRequest, scope: Scope, *, done: int | None = None) -> HttpResponse:
    """Lead to the next case, or to the queue where there is none; `done` is what can be undone there."""
    form = filters(request, scope)
    number = claim_next(moderator_id=scope.reader_id, wanted=form.wanted(), now=clock.now())
    more = {"done": done} if done is not None else {}
    if number is None:
        messages.info(request, _("There is nothing for you to decide at the moment."))
        return redirect(back_to("moderation_queue", form.query(), **more))
    return redirect(back_to("moderation_case", form.query(), number, **more))


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Veil hard words or not, and let single keys do things or not; both as long as the person is logged in."""
    entered(request)
    for name, key in (("veil", BARE), ("keys", QUIET)):
        if name in request.POST:
            request.session[key] = request.POST[name] == "off"
    return redirect(back(request))

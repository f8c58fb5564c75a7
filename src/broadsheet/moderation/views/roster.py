"""The roster: the week of each edition, one's own duty, gaps; chiefs change it (DIS-06)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.keep_duty import drop_duty, put_duty
from broadsheet.moderation.forms.roster import DutyForm
from broadsheet.moderation.queries.roster import duties, duty_of, roster
from broadsheet.moderation.views.entering import common, entered, entered_chief


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show who is on duty when, edition by edition."""
    scope, rows = entered(request), duties()
    context = {
        "editions": roster(rows, clock.now(), own=scope.reader_id),
        "duties": rows,
        "own": [row for row in rows if row.who.scope.reader_id == scope.reader_id],
    }
    return render(request, "desk/moderation/roster.html", {**common(request, scope, here="roster"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def duty(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show the form of a duty, a new one without a number; store what was filled in."""
    scope = entered_chief(request)
    found = duty_of(number) if number is not None else None
    if number is not None and found is None:
        raise Http404
    form = DutyForm(request.POST or None, duty=found)
    if request.method == "POST" and form.is_valid():
        try:
            put_duty(by=scope.reader_id, now=clock.now(), duty_id=number, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The roster is changed."))
            return redirect("moderation_roster")
    context = {"form": form, "duty": found}
    status = 422 if form.is_bound else 200
    return render(
        request, "desk/moderation/duty.html", {**common(request, scope, here="roster"), **context}, status=status
    )


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take the duty off the roster."""
    scope = entered_chief(request)
    drop_duty(by=scope.reader_id, duty_id=number, now=clock.now())
    messages.success(request, _("The duty is off the roster."))
    return redirect("moderation_roster")

"""Who moderates, and where; chiefs say so (MOD-12)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.moderation.actions.appoint_moderator import appoint_moderator, dismiss_moderator
from broadsheet.moderation.forms.moderators import BoundsForm
from broadsheet.moderation.queries.roles import everybody
from broadsheet.moderation.queries.staffing import could_moderate, staffed
from broadsheet.moderation.views.entering import common, entered_chief


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show who moderates where, and who of the newsroom could."""
    scope = entered_chief(request)
    context = {"moderators": staffed(everybody()), "others": could_moderate()}
    return render(request, "desk/moderation/moderators.html", {**common(request, scope, here="moderators"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, number: int) -> HttpResponse:
    """Show where somebody moderates; store what was chosen, or let them moderate no longer."""
    scope = entered_chief(request)
    one = next((found for found in staffed(everybody()) if found.reader_id == number), None)
    person = one or next((found for found in could_moderate() if found.reader_id == number), None)
    if person is None or person.is_chief:
        raise Http404
    form = BoundsForm(request.POST or None, person=person)
    if request.method == "POST" and request.POST.get("action") == "dismiss":
        dismiss_moderator(reader_id=number, by=scope.reader_id, now=clock.now())
        messages.success(request, _("%(name)s moderates no longer.") % {"name": person.name})
        return redirect("moderation_moderators")
    if request.method == "POST" and form.is_valid():
        editions, sections = form.cleaned_data["editions"], form.cleaned_data["sections"]
        appoint_moderator(
            reader_id=number, edition_ids=editions, section_ids=sections, by=scope.reader_id, now=clock.now()
        )
        messages.success(request, _("It is changed where %(name)s moderates.") % {"name": person.name})
        return redirect("moderation_moderators")
    context = {"person": person, "moderates": one is not None, "form": form}
    return render(request, "desk/moderation/moderator.html", {**common(request, scope, here="moderators"), **context})

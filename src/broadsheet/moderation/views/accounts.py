"""A reader's account: everything that was decided, what runs, and putting right what was wrong (MOD-06, MOD-07)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.moderation.actions.annul import ask_annulment, confirm_annulment
from broadsheet.moderation.actions.look_at_account import look_at_account
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.queries.account_screen import account_screen
from broadsheet.moderation.queries.bounds import covers_annulment, covers_sanction, decision_for
from broadsheet.moderation.views.entering import common, entered


@require_GET
@never_cache
def show(request: HttpRequest, user_id: str) -> HttpResponse:
    """Show the account with this User ID; `before` and `decided` go on to what is older."""
    scope = entered(request)
    screen = account_screen(
        user_id.upper(), scope, before=_number(request, "before"), decided_before=_number(request, "decided")
    )
    if screen is None:
        raise Http404
    look_at_account(reader_id=screen.account.reader_id, by=scope.actor, now=clock.now())
    return render(request, "desk/moderation/account.html", {**common(request, scope), "screen": screen})


@require_POST
def undo_one(request: HttpRequest, number: int) -> HttpResponse:
    """Undo the decision, which must be in bounds."""
    scope = entered(request)
    if decision_for(scope, number) is None:
        raise Http404
    undo(decision_id=number, by=scope.actor, now=clock.now())
    messages.success(request, _("The decision is undone: all is as it was before, and the reader is told."))
    return _back(request)


@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a sanction is wrong; somebody else has to say so, too."""
    scope = entered(request)
    if not covers_sanction(scope, number):
        raise Http404
    ask_annulment(sanction_id=number, by=scope.actor, reason=request.POST.get("reason", "")[:4000], now=clock.now())
    messages.success(request, _("The annulment is asked for. A second person, one of you a chief, has to confirm it."))
    return _back(request)


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Annul what somebody else holds to be wrong."""
    scope = entered(request)
    if not covers_annulment(scope, number):
        raise Http404
    confirm_annulment(annulment_id=number, by=scope.actor, now=clock.now())
    messages.success(request, _("The sanction is annulled: it never was, and counts no more. The reader is told."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to where the form stood."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else reverse("moderation_queue"))


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

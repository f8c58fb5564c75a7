"""A reader's account: everything that was decided, what runs, and putting right what was wrong (MOD-06, MOD-07)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.moderation.actions.annul import ask_annulment, confirm_annulment
from broadsheet.moderation.actions.look_at_account import look_at_account
from broadsheet.moderation.actions.name_account import name_account
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.forms.badges import BadgeForm
from broadsheet.moderation.queries.account_screen import account_named, account_screen
from broadsheet.moderation.queries.bounds import covers_annulment, covers_sanction, decision_for
from broadsheet.moderation.views.entering import back, common, entered, entered_chief


@require_GET
@never_cache
def show(request: HttpRequest, user_id: str) -> HttpResponse:
    """Show the account with this User ID; `before` and `decided` go on to what is older."""
    scope = entered(request)
    screen = account_screen(
        user_id.upper(),
        scope,
        clock.now(),
        before=_number(request, "before"),
        decided_before=_number(request, "decided"),
    )
    if screen is None:
        raise Http404
    look_at_account(reader_id=screen.account.reader_id, by=scope.actor, now=clock.now())
    context = {"screen": screen, "badge_form": BadgeForm(given=screen.badge) if scope.is_chief else None}
    return render(request, "desk/moderation/account.html", {**common(request, scope), **context})


@require_POST
def name(request: HttpRequest, user_id: str) -> HttpResponse:
    """Name the account an expert or an author, or nothing any more."""
    scope = entered_chief(request)
    found = account_named(user_id.upper(), scope)
    if found is None:
        raise Http404
    form = BadgeForm(request.POST, given=None)
    if not form.is_valid():
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
        return redirect(back(request))
    name_account(reader_id=found, by=scope.reader_id, now=clock.now(), **form.values())
    messages.success(request, _("It is stored, and stands beside the comments of this account."))
    return redirect(back(request))


@require_POST
def undo_one(request: HttpRequest, number: int) -> HttpResponse:
    """Undo the decision, which must be in bounds."""
    scope = entered(request)
    if decision_for(scope, number) is None:
        raise Http404
    undo(decision_id=number, by=scope.actor, now=clock.now())
    messages.success(request, _("The decision is undone: all is as it was before, and the reader is told."))
    return redirect(back(request))


@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a sanction is wrong; somebody else has to say so, too."""
    scope = entered(request)
    if not covers_sanction(scope, number):
        raise Http404
    ask_annulment(sanction_id=number, by=scope.actor, reason=request.POST.get("reason", "")[:4000], now=clock.now())
    messages.success(request, _("The annulment is asked for. A second person, one of you a chief, has to confirm it."))
    return redirect(back(request))


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Annul what somebody else holds to be wrong."""
    scope = entered(request)
    if not covers_annulment(scope, number):
        raise Http404
    confirm_annulment(annulment_id=number, by=scope.actor, now=clock.now())
    messages.success(request, _("The sanction is annulled: it never was, and counts no more. The reader is told."))
    return redirect(back(request))


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

"""Who may comment where and when: what holds now, the rules, and making them (DIS-06)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.discussion.queries.prospects import rule_view
from broadsheet.discussion.queries.weeks import Weekly
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.keep_mode_rule import keep_mode_rule, put_mode_rule_back, remove_mode_rule
from broadsheet.moderation.forms.modes import RuleForm
from broadsheet.moderation.queries.mode_screen import apart_rows, editions_now, rule_row, rule_rows, shield_rows
from broadsheet.moderation.rules.mode_words import day_name
from broadsheet.moderation.rules.shields import is_shield
from broadsheet.moderation.views.entering import common, entered, entered_chief

REMOVED = "moderation_removed_rule"  # in the session: what puts the rule back that was removed last


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show what holds now, the shields, the rules, and discussions set apart."""
    scope, now = entered(request), clock.now()
    context = {
        "editions": editions_now(scope, now),
        "shields": shield_rows(scope, now),
        "rules": rule_rows(now),
        "apart": apart_rows(scope, now),
        "removed": request.session.get(REMOVED) if scope.is_chief and "removed" in request.GET else None,
    }
    return render(request, "desk/moderation/modes.html", {**common(request, scope, here="modes"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rule(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show the form of a rule, a new one without a number; store what was filled in."""
    scope = entered_chief(request)
    found = rule_view(number) if number is not None else None
    if number is not None and (found is None or is_shield(found.rule)):
        raise Http404
    form = RuleForm(request.POST or None, rule=found)
    if request.method == "POST" and form.is_valid():
        try:
            keep_mode_rule(by=scope.reader_id, now=clock.now(), rule_id=number, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The rule is stored. Readers meet it from this moment on."))
            return redirect("moderation_modes")
    status = 422 if form.is_bound else 200
    context = {"form": form, "rule": rule_row(number, clock.now()) if number is not None else None, "week": _week(form)}
    return render(
        request, "desk/moderation/mode_rule.html", {**common(request, scope, here="modes"), **context}, status=status
    )


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove the rule, and offer to put it back."""
    scope = entered_chief(request)
    removed = remove_mode_rule(by=scope.reader_id, rule_id=number, now=clock.now())
    if removed is None:
        messages.info(request, _("The rule is gone already."))
        return redirect("moderation_modes")
    request.session[REMOVED] = removed
    return redirect(_shown_with("removed"))


@require_POST
def put_back(request: HttpRequest) -> HttpResponse:
    """Make the rule again that was removed last."""
    scope = entered_chief(request)
    removed = request.session.pop(REMOVED, None)
    if removed is None:
        messages.info(request, _("There is nothing to put back."))
    else:
        put_mode_rule_back(by=scope.reader_id, removed=removed, now=clock.now())
        messages.success(request, _("The rule is back as it was."))
    return redirect("moderation_modes")


def _shown_with(name: str) -> str:
    return f"{redirect('moderation_modes').url}?{name}"


def _week(form: RuleForm) -> list[dict[str, Any]]:
    """Return the picture of the week: for each day the stretches in which the rule holds."""
    value = {name: form[name].value() for name in ("weekdays", "begins", "ends")}
    if form.is_bound:
        cleaned = getattr(form, "cleaned_data", {})
        value = {name: cleaned.get(name) for name in value}
    week = Weekly(tuple(value["weekdays"] or ()), value["begins"], value["ends"])
    spans = week.spans()
    return [
        {
            "day": day,
            "name": day_name(day),
            "spans": [(begins, ends - begins) for at, begins, ends in spans if at == day],
        }
        for day in range(7)
    ]

"""Trials at the desk: ordered, cancelled, read; shadow mode and switching on (STD-05, STD-06)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.order_trial import cancel_trial, order_learning, order_trial
from broadsheet.moderation.actions.switch_on import switch_on
from broadsheet.moderation.forms.standards import ReasonForm
from broadsheet.moderation.queries.standards_screen import (
    answers_by_clause,
    changes_in_words,
    clause_title,
    flips_shown,
    heads_of_draft,
    shadow_in_words,
)
from broadsheet.moderation.queries.trials import TrialView, against_switching, latest_trial, trial
from broadsheet.moderation.rules.trials import against, gone_wrong, verdict_of
from broadsheet.moderation.views.entering import common, entered_chief
from broadsheet.moderation.views.standards import the_candidate, the_draft, the_edition
from broadsheet.newsroom.actions.go_back import return_to_draft
from broadsheet.newsroom.actions.switch_rulebook import begin_shadow, end_shadow
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.rulebook_drafts import composed
from broadsheet.newsroom.queries.rulebook_versions import rulebook_in, seal_of
from broadsheet.newsroom.queries.rulebooks import rulebook_now
from broadsheet.readers.queries.faces import faces

STANDARDS_BEGUN = gettext_lazy(
    "Readers are told otherwise by it: a draft of the published standards is begun by itself. Publish it under Policies."
)


@require_POST
def order(request: HttpRequest, edition: int) -> HttpResponse:
    """Order a trial of the draft on decisions of the last days."""
    scope, version = entered_chief(request), the_candidate(edition)
    text = request.POST.get("days", "")
    number = order_trial(
        edition_id=version.edition_id, days=int(text) if text in {"7", "30", "90"} else 0, by_id=scope.reader_id,
        now=clock.now(),
    )  # fmt: skip
    return redirect("moderation_standards_trial", edition, number)


@require_POST
def learn(request: HttpRequest, edition: int, code: str) -> HttpResponse:
    """Order that a head of the clause is learned from decisions."""
    scope, draft = entered_chief(request), the_draft(edition)
    order_learning(edition_id=draft.edition_id, clause=code, by_id=scope.reader_id, now=clock.now())
    messages.success(request, _("It is being learned. This page says when it is done."))
    return redirect("moderation_standards_clause", edition, code)


@require_GET
@never_cache
def show(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """Show how far a trial is, or its answer."""
    scope = entered_chief(request)
    found = trial(number, the_edition(edition).id)
    if found is None:
        raise Http404
    version = rulebook_in(edition, RulebookState.DRAFT) or rulebook_in(edition, RulebookState.SHADOW)
    now = version is not None and version.number == found.number
    stale = not (version is not None and now and seal_of(version) == found.seal)
    context = {**common(request, scope, here="standards"), "edition": the_edition(edition), "trial": found}
    context |= {"stale": stale, "there": now, "gone_wrong": gone_wrong(found.why) if found.why else ""}
    context["by"] = faces({found.made_by_id}).get(found.made_by_id) if found.made_by_id is not None else None
    if found.is_done:
        context |= _answer(found)
    return render(request, "desk/moderation/standards_trial.html", context)


@require_POST
def cancel(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """End a trial without an answer."""
    entered_chief(request)
    if cancel_trial(trial_id=number, edition_id=the_edition(edition).id, now=clock.now()):
        messages.success(request, _("The trial is cancelled."))
    return redirect("moderation_standards")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def shadow(request: HttpRequest, edition: int) -> HttpResponse:
    """Show how the version in shadow mode differs from the live one; begin or end its trial."""
    scope, now = entered_chief(request), clock.now()
    if request.method == "POST":
        return _shadow(request, edition)
    version = rulebook_in(the_edition(edition).id, RulebookState.SHADOW)
    if version is None:
        raise Http404
    found = composed(version, now.date())
    context = {
        **common(request, scope, here="standards"),
        "edition": the_edition(edition),
        "version": version,
        "changes": changes_in_words(found.changes, found.kept.rulebook),
        **shadow_in_words(version, found.kept.rulebook),
    }
    return render(request, "desk/moderation/standards_shadow.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def switch(request: HttpRequest, edition: int) -> HttpResponse:
    """Show what would change, what its trial said and what stands against it; switch it on once confirmed."""
    scope, now, version = entered_chief(request), clock.now(), _asked(request, edition)
    form = ReasonForm(request.POST or None)
    found = composed(version, now.date())
    if request.method == "POST" and form.is_valid():
        try:
            live = switch_on(
                version=version, seen=request.POST.get("seen", ""), reason=form.cleaned_data["reason"],
                by_id=scope.reader_id, name=str(request.user), now=now,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("Version %(number)d judges from now on.") % {"number": live.number})
            if found.told:
                messages.warning(
                    request,
                    STANDARDS_BEGUN,
                    buttons=[messages.button(reverse("newsroom_desk:policies"), _("Policies"))],
                )
            return redirect("moderation_standards")
    said, outweighed = against_switching(version, now)
    last = latest_trial(edition, version.number)
    context = {
        **common(request, scope, here="standards"),
        "edition": the_edition(edition), "version": version, "form": form, "seen": seal_of(version),
        "changes": changes_in_words(found.changes, found.kept.rulebook),
        "heads": heads_of_draft(version, found.kept.rulebook),
        "trial": last if last is not None and last.is_done else None,
        "stale": last is not None and last.seal != seal_of(version),
        "said": said, "outweighed": outweighed, "told_otherwise": found.told, "begun": STANDARDS_BEGUN,
    }  # fmt: skip
    return render(request, "desk/moderation/standards_switch.html", context)


def _asked(request: HttpRequest, edition: int) -> Any:
    """Return the version in shadow mode where it is asked for, else the draft."""
    if "shadow" not in request.GET:
        return the_candidate(edition)
    found = rulebook_in(the_edition(edition).id, RulebookState.SHADOW)
    if found is None:
        raise Http404
    return found


def _shadow(request: HttpRequest, edition: int) -> HttpResponse:
    what, now = request.POST.get("action", ""), clock.now()
    if what == "begin":
        begin_shadow(draft=the_draft(edition), now=now)
        messages.success(request, _("The version judges beside the live one from now on, and decides nothing."))
        return redirect("moderation_standards_shadow", edition)
    version = rulebook_in(the_edition(edition).id, RulebookState.SHADOW)
    if version is None:
        raise Http404
    if what == "return":
        return_to_draft(version=version, now=now)
        messages.success(request, _("The trial has ended; the version is a draft again."))
        return redirect("moderation_standards_draft", edition)
    end_shadow(version=version, now=now)
    messages.success(request, _("The trial has ended, and the version is gone."))
    return redirect("moderation_standards")


def _answer(found: TrialView) -> dict[str, Any]:
    rulebook = rulebook_now(found.edition_id).rulebook
    result = found.result
    most = max((day["judged"] for day in result["days"].values()), default=1)
    days = [(date.fromisoformat(day), counts, round(100 * counts["before"] / most), round(100 * counts["after"] / most),
             round(100 * counts["removed"] / most)) for day, counts in sorted(result["days"].items())]  # fmt: skip
    groups = [(name, result["outcomes"]["before"][name], result["outcomes"]["after"][name])
              for name in ("held", "marked", "through")]  # fmt: skip
    clauses = answers_by_clause(result, rulebook)
    return {
        "result": result, "groups": groups, "days": days, "clauses": clauses, "same": any(not one.changed for one in clauses),
        "flips": flips_shown(result, rulebook), "verdict": verdict_of(result),
        "said": against(result, lambda code: clause_title(rulebook, code)),
        "more": max(0, result["flipped"] - len(result["flips"][:50])),
    }  # fmt: skip

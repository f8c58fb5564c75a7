"""The standards in the desk: what judges each edition, its past, alarms and lowered clauses, for chiefs (STD-06, MOD-10)."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.moderation.actions.lower_clauses import look_at_lowered
from broadsheet.moderation.queries.standards_screen import changes_in_words, edition_standards, standards_screen
from broadsheet.moderation.views.entering import common, entered_chief
from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook
from broadsheet.newsroom.actions.go_back import go_back
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id
from broadsheet.newsroom.queries.rulebook_versions import judged_version, rulebook_in
from broadsheet.newsroom.queries.rulebooks import rulebook_version
from broadsheet.readers.queries.faces import faces

if TYPE_CHECKING:
    from broadsheet.newsroom.models import RulebookVersion


@require_GET
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Show what judges in each edition, what is under way, and what jumped."""
    scope, now = entered_chief(request), clock.now()
    rows, health = standards_screen(now)
    context = {"rows": rows, "health": health}
    return render(request, "desk/moderation/standards.html", {**common(request, scope, here="standards"), **context})


@require_GET
@never_cache
def versions(request: HttpRequest, edition: int) -> HttpResponse:
    """Show every version that judged in the edition."""
    scope = entered_chief(request)
    context = {"row": edition_standards(the_edition(edition), clock.now())}
    page = "desk/moderation/standards_versions.html"
    return render(request, page, {**common(request, scope, here="standards"), **context})


@require_GET
def version(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """Show what a version said otherwise than the one before it."""
    scope = entered_chief(request)
    found, kept = judged_version(the_edition(edition).id, number), rulebook_version(edition, number)
    if found is None or kept is None:
        raise Http404
    context = {
        "edition": the_edition(edition),
        "version": found,
        "by": faces({found.by_id}).get(found.by_id) if found.by_id is not None else None,
        "changes": changes_in_words(found.changes, kept.rulebook),
    }
    page = "desk/moderation/standards_version.html"
    return render(request, page, {**common(request, scope, here="standards"), **context})


@require_POST
def begin(request: HttpRequest, edition: int) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    entered_chief(request)
    begin_rulebook(edition_id=the_edition(edition).id)
    return redirect("moderation_standards_draft", edition)


@require_POST
def back(request: HttpRequest, edition: int, number: int) -> HttpResponse:
    """Begin a draft with what an earlier version says, and ask whether it is to be switched on."""
    entered_chief(request)
    go_back(edition_id=the_edition(edition).id, number=number)
    return redirect("moderation_standards_switch", edition)


@require_POST
def looked(request: HttpRequest, number: int) -> HttpResponse:
    """Let a lowered clause do again what its rulebook says: a chief has looked."""
    scope = entered_chief(request)
    if not look_at_lowered(lowering_id=number, by_id=scope.reader_id, now=clock.now()):
        raise Http404
    messages.success(request, _("The clause does again what its rulebook says."))
    return redirect("moderation_standards")


def the_edition(number: int) -> EditionView:
    """Return the edition."""
    try:
        return edition_by_id(number)
    except LookupError as error:
        raise Http404 from error


def the_draft(edition: int) -> "RulebookVersion":
    """Return the edition's draft."""
    found = rulebook_in(the_edition(edition).id, RulebookState.DRAFT)
    if found is None:
        raise Http404
    return found


def the_candidate(edition: int) -> "RulebookVersion":
    """Return what could be switched on: the draft, else the version in shadow mode."""
    found = rulebook_in(the_edition(edition).id, RulebookState.DRAFT) or rulebook_in(edition, RulebookState.SHADOW)
    if found is None:
        raise Http404
    return found


def told(request: HttpRequest, error: Any) -> None:
    """Say on the next page why something was not done."""
    messages.error(request, str(error.refusal))

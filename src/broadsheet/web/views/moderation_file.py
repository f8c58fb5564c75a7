"""What the moderators decided about a reader, for that reader alone: the file, and each statement (MOD-03, ACC-10)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.kernel import clock
from broadsheet.moderation.queries.decisions import statement_numbered
from broadsheet.web.queries.moderation_file import moderation_file, parts_of
from broadsheet.web.queries.restrictions import letter_path


@never_cache
@login_required
@require_safe
def statement(request: HttpRequest, puid: str) -> HttpResponse:
    """Show the statement of reasons to its reader; for everybody else there is none."""
    found = statement_numbered(puid)
    edition = request.edition  # type: ignore[attr-defined]  # set by EditionOfAccounts
    if found is None or edition is None or found.reader_id != request.user.pk:
        raise Http404
    contestable = found.undone_at is None and clock.now() < found.contested_until
    values = {
        "statement": found,
        "html": mark_safe(found.html),  # every word of people in it was escaped when it was written
        "letter": letter_path(edition, found.puid) if contestable else "",
        "contestable": contestable,
        "reader": request.user,
        "edition": edition,
    }
    return render(request, "account/statement.html", values)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Show the reader's own moderation file."""
    edition = request.edition  # type: ignore[attr-defined]
    if edition is None:
        raise Http404
    names = ("before", "decisions", "reports")
    before, decisions, reports = parts_of(request.GET.get(name, "") for name in names)
    found = moderation_file(
        int(request.user.pk or 0), clock.now(), before=before, decisions_before=decisions, reports_before=reports
    )
    values = {"file": found, "letter": letter_path(edition), "reader": request.user, "edition": edition}
    return render(request, "account/moderation_file.html", values)

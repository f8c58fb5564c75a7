"""Newsletters in the desk: which there are, and how their issues stand (NOT-02)."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from broadsheet.kernel.errors import Refused
from broadsheet.notifications.actions.keep_newsletter import keep_newsletter, retire_newsletter
from broadsheet.notifications.actions.write_issue import begin_issue
from broadsheet.notifications.forms.newsletters import NewsletterForm
from broadsheet.notifications.models import Newsletter
from broadsheet.notifications.queries.newsletter_desk import issue_rows, newsletter_row, newsletters_in
from broadsheet.notifications.queries.newsletter_rights import Bound, bounds_of


@require_safe
def newsletters(request: HttpRequest) -> HttpResponse:
    """List the newsletters that the user writes, by edition."""
    bounds = bounds_of(request.user)
    if not bounds:
        raise PermissionDenied
    return render(request, "desk/newsletters.html", {"places": newsletters_in(bounds)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, edition: str) -> HttpResponse:
    """Begin a newsletter of the edition with this code."""
    bound = bounds_of(request.user).get(edition)
    if bound is None:
        raise PermissionDenied
    return _settings(request, bound, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change how a newsletter is called, what it is about, and who it comes from."""
    newsletter, bound = written_by(request, number)
    return _settings(request, bound, newsletter)


@require_safe
def issues(request: HttpRequest, number: int) -> HttpResponse:
    """Show a newsletter with its issues."""
    newsletter, bound = written_by(request, number)
    rows = issue_rows(newsletter)
    return render(
        request,
        "desk/newsletter.html",
        {
            "row": newsletter_row(newsletter, bound.edition),
            "edition": bound.edition,
            "drafts": [row for row in rows if row.state == "draft"],
            "under_way": [row for row in rows if row.state in {"confirming", "waiting", "sending"}],
            "gone": [row for row in rows if row.state in {"done", "recalled", "stopped"}],
            "discarded": [row for row in rows if row.state == "discarded"],
            "limit": settings.NEWSLETTER_CONFIRM,
        },
    )


@require_POST
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """Retire a newsletter, or take it up again."""
    newsletter, _bound = written_by(request, number)
    retired = request.POST.get("retired") == "1"
    retire_newsletter(newsletter_id=newsletter.pk, retired=retired)
    if retired:
        messages.success(request, _("Retired: readers are no longer offered it, and nothing of it goes out."))
    else:
        messages.success(request, _("Taken up again: whoever subscribed before is still subscribed."))
    return redirect("notifications_newsletter", number)


@require_POST
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Begin an issue."""
    newsletter, _bound = written_by(request, number)
    issue = begin_issue(newsletter=newsletter, by=request.user.pk or 0)
    return redirect("notifications_newsletter_issue", issue.pk)


def written_by(request: HttpRequest, number: int) -> tuple[Newsletter, Bound]:
    """Return the newsletter and its bound; 404 where there is none, 403 where it is not the user's to write."""
    newsletter = Newsletter.objects.filter(pk=number).first()
    if newsletter is None:
        raise Http404
    bound = bounds_of(request.user).get(newsletter.edition)
    if bound is None or not bound.lets(newsletter.sections):
        raise PermissionDenied
    return newsletter, bound


def _settings(request: HttpRequest, bound: Bound, newsletter: Newsletter | None) -> HttpResponse:
    form = NewsletterForm(request.POST or None, bound=bound, newsletter=newsletter)
    if request.method == "POST" and form.is_valid():
        number = newsletter.pk if newsletter is not None else None
        try:
            kept = keep_newsletter(edition=bound.edition.code, words=form.words(), newsletter_id=number)
        except Refused as refused:
            form.add_error("name", str(refused.refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("notifications_newsletter", kept.pk)
    context = {"form": form, "edition": bound.edition, "newsletter": newsletter}
    return render(request, "desk/newsletter_settings.html", context)

"""The checks of an article as it was last saved, and marking a mention that they found."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from broadsheet.newsroom.actions.link_checks import ask_for_link_check
from broadsheet.newsroom.actions.notice_marks import mark_notice
from broadsheet.newsroom.queries.checks import checks_of, notices_for_desk
from broadsheet.newsroom.views.found import editable_article


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show the findings on the newest revision, as a fragment of the editing page."""
    article = editable_article(request, number)
    latest = article.get_latest_revision_as_object()
    return render(request, "desk/findings.html", {"article": article, "findings": checks_of(latest)})


@require_POST
def mark(request: HttpRequest, number: int) -> HttpResponse:
    """Mark the first unmarked mention with these words, and lead back to the article."""
    article = editable_article(request, number)
    key, words = request.POST.get("key", ""), request.POST.get("words", "")
    mark_notice(article=article, anchor=request.POST.get("anchor", ""), key=key, words=words, user=request.user)
    messages.success(request, _("“%(words)s” is marked.") % {"words": words})
    return redirect("wagtailadmin_pages:edit", article.pk)


@require_POST
def try_links(request: HttpRequest, number: int) -> HttpResponse:
    """Have the article's outside links tried in the background."""
    article = editable_article(request, number)
    count = ask_for_link_check(article=article)
    messages.success(request, _("%(count)d links are being tried; the checks will tell.") % {"count": count})
    return redirect("wagtailadmin_pages:edit", article.pk)


@require_GET
def notices(request: HttpRequest, edition: int) -> JsonResponse:
    """Return the register of an edition, for the editor's button."""
    return JsonResponse({"notices": notices_for_desk(edition)})

"""Newsletters as pages: what an edition offers, past issues, an issue in a browser, and the way from a mail (NOT-02)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.count_clicks import count_click
from broadsheet.notifications.facts import newsletters_key
from broadsheet.notifications.queries.newsletter_issues import article_at, public_issue
from broadsheet.notifications.queries.newsletters import newsletter_called, offered_with_issues, past_issues
from broadsheet.web.conf import PAGES, PER_PAGE
from broadsheet.web.queries.frame import frame, same_word_elsewhere, shown_keys
from broadsheet.web.rules.paging import leaf
from broadsheet.web.views.framing import edition_page, page

UNSEEN = ("prefetch", "prerender")


@stored
@edition_page
def offered(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show the newsletters of the edition, each with its latest issue."""
    rows = offered_with_issues(edition)
    head = frame(
        edition, title=_("Newsletters"), path=f"{edition.path}newsletters/",
        translations=same_word_elsewhere(edition, "newsletters/"),
    )  # fmt: skip
    return page("pages/newsletters.html", [newsletters_key(edition.code)], frame=head, rows=rows)


@stored
@edition_page
def past(request: HttpRequest, edition: EditionView, newsletter: int, number: int = 1) -> HttpResponse:
    """Show the past issues of a newsletter."""
    found = newsletter_called(newsletter, edition)
    if found is None:
        raise Http404
    path = f"{edition.path}newsletters/{newsletter}/"
    rows = past_issues(newsletter, edition, count=PER_PAGE + 1, skip=(min(number, PAGES) - 1) * PER_PAGE)
    if number > PAGES or (number > 1 and not rows):
        raise Http404
    turned = leaf(path, number, rows, PER_PAGE)
    title = found.name if number == 1 else _("%(name)s, page %(number)s") % {"name": found.name, "number": number}
    head = frame(
        edition, title=title, path=turned.path, description=found.description,
        previous=turned.newer, following=turned.older,
    )  # fmt: skip
    return page("pages/newsletter.html", [f"newsletter:{newsletter}"], frame=head, leaf=turned, newsletter=found)


@stored
@edition_page
def issue(request: HttpRequest, edition: EditionView, number: int) -> HttpResponse:
    """Show an issue that has gone out, with what is public of its articles now."""
    found = public_issue(number, edition)
    if found is None:
        raise Http404
    title = _("%(subject)s, %(newsletter)s") % {"subject": found.subject, "newsletter": found.newsletter}
    head = frame(edition, title=title, path=found.path, robots="noindex, max-image-preview:large")
    cards = [item.card for item in found.items]
    keys = [f"newsletter-issue:{number}", f"newsletter:{found.newsletter_id}", *shown_keys(cards)]
    keys += [f"article:{article_id}" for article_id in found.missing_articles]
    return page("pages/newsletter_issue.html", keys, frame=head, issue=found)


@require_safe
@edition_page
def follow(request: HttpRequest, edition: EditionView, number: int, place: int) -> HttpResponse:
    """Lead from a mail to its article, and count that: of nobody, only how often.

    It leads to an article of the paper's own, which the issue holds, and nowhere else.
    """
    path = article_at(number, place, edition)
    if path is None:
        raise Http404
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if request.method == "GET" and not any(word in purpose for word in UNSEEN):
        count_click(issue_id=number, place=place)
    response = HttpResponseRedirect(path)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response

"""Search, and suggestions as one types (ART-14)."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import public_headers
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.cards import newest
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.term_pages import authors_in
from broadsheet.search.queries import SearchPage, search, suggest
from broadsheet.web.forms.search import SearchForm
from broadsheet.web.queries.frame import frame, same_word_elsewhere
from broadsheet.web.views.framing import edition_page, page

SPANS = {"day": 1, "week": 7, "month": 31, "year": 366}
SHORTEST = 2


@require_safe
@edition_page
def show(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show the form, and what was found."""
    form = SearchForm(request.GET, edition=edition, authors=authors_in(edition.id))
    asked = form.asked()
    found = _found(asked, edition) if asked["q"] else SearchPage()
    words = {key: value for key, value in asked.items() if value and key != "page"}
    head = frame(
        edition,
        title=_("Search: %(words)s") % {"words": asked["q"]} if asked["q"] else _("Search"),
        path=f"{edition.path}search/",
        translations=same_word_elsewhere(edition, "search/"),
    )
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "asked": asked,
        "newer": _turned(words, found.page - 1) if found.page > 1 else "",
        "older": _turned(words, found.page + 1) if found.has_next else "",
        "everywhere": _turned({"q": asked["q"], "in": "all"}, 1) if asked["q"] else "",
        "news": newest(edition.id, count=6) if asked["q"] and not found.hits else [],
    }
    response = page("pages/search.html", frame=head, **context)
    return _plain(request, response)


@require_safe
@edition_page
def suggestions(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Return what begins as typed, as JSON."""
    typed = request.GET.get("q", "").strip()[:80]
    found = suggest(typed, edition_id=edition.id) if len(typed) >= SHORTEST else []
    kinds = {
        "tag": pgettext("kind of suggestion", "Tag"),
        "author": pgettext("kind of suggestion", "Author"),
        "article": pgettext("kind of suggestion", "Article"),
    }
    answer = [{"text": one.text, "kind": kinds.get(one.kind, ""), "path": one.path} for one in found]
    return _plain(request, JsonResponse({"suggestions": answer}))


def _found(asked: dict[str, str], edition: EditionView) -> SearchPage:
    wide = asked["in"]
    chosen = next((other for other in editions() if other.code == wide), edition)
    section = chosen.section(asked["section"]) if asked["section"] else None
    return search(
        asked["q"],
        edition_id=None if wide == "all" else chosen.id,
        section_id=section.id if section else None,
        kind=asked["kind"],
        author_id=int(asked["author"]) if asked["author"] else None,
        since=_since(asked["time"]),
        page=int(asked["page"]),
    )


def _since(span: str) -> datetime | None:
    return clock.now() - timedelta(days=SPANS[span]) if span in SPANS else None


def _turned(words: dict[str, str], number: int) -> str:
    return "?" + urlencode(words | ({"page": number} if number > 1 else {}))


def _plain(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    for name, value in public_headers(request.path):
        response.setdefault(name, value)
    response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    return response

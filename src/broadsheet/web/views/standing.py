"""Standing pages and the log of corrections."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.standing import corrections_log, info_text
from broadsheet.web.conf import PAGES, PER_PAGE
from broadsheet.web.engines.richtext import Writer, page_links
from broadsheet.web.queries.frame import frame, page_elsewhere, same_word_elsewhere, shown_keys, superseded
from broadsheet.web.rules.paging import leaf
from broadsheet.web.views.framing import edition_page, page


@stored
@edition_page
def info(request: HttpRequest, edition: EditionView, slug: str) -> HttpResponse:
    """Show a standing page: about, imprint, a policy."""
    found = edition.page(slug)
    if found is None:
        raise Http404
    if superseded(edition, found):
        return HttpResponseRedirect(f"{edition.path}{found.purpose}/")
    markup, changed_at = info_text(found.id)
    linked = cards_by_id(sorted(page_links(markup)))
    paths = {number: card.path for number, card in linked.items()}
    paths |= {section.id: section.path for section in edition.sections} | {one.id: one.path for one in edition.pages}
    text = mark_safe(Writer(paths).write(markup))
    head = frame(edition, title=found.title, path=found.path, translations=page_elsewhere(found))
    return page("pages/info.html", [f"info:{found.id}"], frame=head, info=found, text=text, changed_at=changed_at)


@stored
@edition_page
def corrections(request: HttpRequest, edition: EditionView, number: int = 1) -> HttpResponse:
    """Show every correction, newest first (ART-09)."""
    log = corrections_log(edition.id, count=PER_PAGE + 1, skip=(min(number, PAGES) - 1) * PER_PAGE)
    if number > 1 and not log:
        raise Http404
    turned = leaf(f"{edition.path}corrections/", number, log, PER_PAGE)
    policy = next((found for found in edition.pages if found.purpose == "corrections"), None)
    head = frame(
        edition,
        title=_("Corrections"),
        path=turned.path,
        translations=same_word_elsewhere(edition, "corrections/") if number == 1 else (),
        description=_("What we got wrong, and what is right."),
        previous=turned.newer,
        following=turned.older,
    )
    keys = [f"edition:{edition.id}:lists", *shown_keys([entry.card for entry in turned.cards])]
    return page("pages/corrections.html", keys, frame=head, leaf=turned, policy=policy)

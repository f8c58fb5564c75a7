"""A section's page: as laid out, or its newest."""

from django.http import Http404, HttpRequest, HttpResponse

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.newsroom.queries.cards import newest
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.layouts import section_layout
from broadsheet.web.conf import PER_PAGE
from broadsheet.web.queries.frame import Feed, frame, section_elsewhere, shown_keys
from broadsheet.web.queries.laid_out import Layouter
from broadsheet.web.queries.structured import absolute, publisher
from broadsheet.web.rules import structured
from broadsheet.web.views.framing import edition_page, page


@stored
@edition_page
def show(request: HttpRequest, edition: EditionView, section: str) -> HttpResponse:
    """Show the section."""
    found = edition.section(section)
    if found is None:
        raise Http404
    laid = Layouter(edition, found.id).fill(section_layout(found.id))
    shown = {card.id for card in laid.cards}
    rest = newest(edition.id, section_id=found.id, without=shown, count=PER_PAGE)
    head = frame(
        edition,
        title=found.name,
        path=found.path,
        translations=section_elsewhere(found),
        description=found.description,
        section=found,
        feed=Feed(found.name, f"{found.path}feeds/"),
        structured=structured.collection(
            publisher(edition),
            name=found.name,
            url=absolute(found.path),
            description=found.description,
            language=edition.language,
        ),
    )
    keys = [f"section:{found.id}", f"edition:{edition.id}:lists", *shown_keys([*laid.cards, *rest])]
    return page("pages/section.html", keys, frame=head, laid=laid, section=found, rest=rest)

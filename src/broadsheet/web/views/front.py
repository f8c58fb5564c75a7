"""An edition's front page."""

from django.http import HttpRequest, HttpResponse

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.layouts import front_layout
from broadsheet.web.queries.frame import frame, shown_keys
from broadsheet.web.queries.laid_out import Layouter, default_layout
from broadsheet.web.queries.structured import publisher
from broadsheet.web.rules import structured
from broadsheet.web.views.framing import edition_page, page


@stored
@edition_page
def show(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show the front page as its editor laid it out."""
    laid = Layouter(edition).fill(front_layout(edition.id) or default_layout())
    machines = structured.front(publisher(edition), language=edition.language)
    head = frame(
        edition,
        title=f"{edition.name}: {edition.tagline}" if edition.tagline else edition.name,
        path=edition.path,
        translations=[(other, other.path) for other in editions() if other.id != edition.id],
        description=edition.tagline,
        structured=machines,
        big_masthead=True,
    )
    keys = [f"edition:{edition.id}:front", f"edition:{edition.id}:lists", *shown_keys(laid.cards)]
    return page("pages/front.html", keys, frame=head, laid=laid)

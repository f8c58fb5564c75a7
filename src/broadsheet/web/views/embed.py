"""The one page that frames what others host; it is opened by a reader's click and by nothing else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import public_headers
from broadsheet.newsroom.queries.articles import article_by_number
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.web.views.framing import page


@require_safe
def show(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Show the embed that is the block `place` (from 1) among the article's embeds."""
    article = article_by_number(int(number))
    embeds = [block["value"] for block in article.body.raw_data if block["type"] == "embed"] if article else []
    if article is None or not 0 < int(place) <= len(embeds):
        raise Http404
    edition = edition_by_id(article.edition_id)
    with translation.override(edition.language):
        response = page("pages/embed.html", embed=embeds[int(place) - 1], edition=edition)
    for name, value in public_headers(request.path):
        response.setdefault(name, value)
    return response

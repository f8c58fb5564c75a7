"""An article, found by its number (ART-01)."""

from django.http import Http404, HttpRequest, HttpResponse

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.newsroom.queries.articles import article_by_number, detail
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.standing import was_public
from broadsheet.web.conf import REFRESH_ARTICLE
from broadsheet.web.queries.article_page import article_parts
from broadsheet.web.views.errors import gone
from broadsheet.web.views.framing import edition_page, moved, page


@stored(refresh_after=REFRESH_ARTICLE, in_place=True)
@edition_page
def show(request: HttpRequest, edition: EditionView, **words: str) -> HttpResponse:
    """Show the article; a wrong date, section, slug or edition is sent to the canonical address."""
    number = int(words["number"])
    article = article_by_number(number)
    if article is None:
        if was_public(number):
            return gone(request, edition)
        raise Http404
    found = detail(article)
    if request.path != found.card.path:
        return moved(found.card.path)
    parts = article_parts(found)
    return page("pages/article.html", parts.keys, frame=parts.frame, parts=parts, card=parts.card)

"""Short links: `/s/<code>` leads to the article, `/s/new/<public_id>/` tells its short address."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.counting import COUNTING
from broadsheet.delivery.queries.short_links import short_link
from broadsheet.delivery.rules.short_codes import number_of
from broadsheet.delivery.rules.visitors import is_robot
from broadsheet.newsroom.queries.addresses import path_of
from broadsheet.newsroom.queries.articles import article_by_number


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the article for good, and count it."""
    number = number_of(code)
    article = article_by_number(number) if number is not None else None
    if article is None:
        raise Http404
    if request.method == "GET" and not is_robot(request.headers.get("User-Agent", "")):
        COUNTING.use(article.public_id)
    return HttpResponsePermanentRedirect(path_of(article))


@require_safe
def tell(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell the short address: as JSON to a script, as text to a reader without one."""
    article = article_by_number(int(public_id))
    if article is None:
        raise Http404
    address = short_link(article)
    if request.accepts("text/html"):
        return HttpResponse(f"{address}\n", content_type="text/plain; charset=utf-8")
    return JsonResponse({"url": address})

"""What every public page's view does: the edition's language and zone, the keys of what it shows."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.loader import get_template
from django.utils import timezone, translation

from broadsheet.delivery.engines.dependencies import depends_on
from broadsheet.newsroom.queries.editions import EditionView, editions, root_edition

View = Callable[..., HttpResponse]


def edition_page(view: View) -> View:
    """Make a view of `(request, edition, …)`: rendered in the edition's language, zone and dependencies."""

    @wraps(view)
    def framed(request: HttpRequest, edition: EditionView | None = None, **words: Any) -> HttpResponse:
        edition = edition or root_edition()
        if edition is None:
            return _to_first(request)
        depends_on("site", f"edition:{edition.id}")
        with translation.override(edition.language), timezone.override(edition.zone):
            return view(request, edition, **words)

    return framed


def _to_first(request: HttpRequest) -> HttpResponse:
    """Answer an address at the root where no edition lives there."""
    first = next(iter(editions()), None)
    if first is None or request.path != "/":
        raise Http404
    return HttpResponseRedirect(first.path)


def page(template: str, keys: Iterable[str] = (), *, status: int = 200, **context: Any) -> HttpResponse:
    """Return the rendered page; `keys` are those of what it shows."""
    depends_on(*keys)
    return HttpResponse(get_template(template).render(context), status=status)


def moved(path: str) -> HttpResponsePermanentRedirect:
    """Return the redirect to the canonical address."""
    return HttpResponsePermanentRedirect(path)

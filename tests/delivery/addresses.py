"""Small pages of the tests' own, stored like any other."""

import time

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path

from broadsheet.delivery.engines.dependencies import depends_on
from broadsheet.delivery.engines.pagestore import stored
from broadsheet.kernel.clock import now
from broadsheet.kernel.facts import announce
from broadsheet.kernel.models import PublicNumber
from broadsheet.newsroom.facts import TermChanged

RENDERED: list[str] = []


def value(number: int) -> str:
    """Return what the page shows: a row's word."""
    found = PublicNumber.objects.filter(id=number).values_list("kind", flat=True).first()
    if found is None:
        raise Http404
    return found


@stored
def page(request: HttpRequest, number: int) -> HttpResponse:
    """A page that shows one row."""
    RENDERED.append(request.path)
    depends_on(f"tag:{number}")
    return HttpResponse(f"<p>{value(number)}</p>" + "<p>word after word</p>" * 40)


@stored
def slow(request: HttpRequest, number: int) -> HttpResponse:
    """A page that takes its time after it has read."""
    RENDERED.append(request.path)
    depends_on(f"tag:{number}")
    word = value(number)
    time.sleep(0.15)
    return HttpResponse(f"<p>{word}</p>")


@stored(in_place=True)
def front(request: HttpRequest, number: int) -> HttpResponse:
    """A page that is renewed in place."""
    RENDERED.append(request.path)
    depends_on(f"tag:{number}")
    return HttpResponse(f"<p>{value(number)}</p>")


@stored(refresh_after=1)
def ageing(request: HttpRequest) -> HttpResponse:
    """A page that is renewed after a second."""
    RENDERED.append(request.path)
    return HttpResponse(f"<p>{len(RENDERED)}</p>")


@stored
def who(request: HttpRequest) -> HttpResponse:
    """A page that shows all it can learn of who asks."""
    return HttpResponse(
        f"{request.COOKIES} {request.headers} {request.META.get('REMOTE_ADDR')} {request.GET} {request.get_host()}"
        f" {getattr(request, 'session', None)}"
    )


@stored
def cookie(request: HttpRequest) -> HttpResponse:
    """A page that wrongly sets a cookie."""
    response = HttpResponse("crumbs")
    response.set_cookie("a", "b")
    return response


@stored
def missing(request: HttpRequest) -> HttpResponse:
    """A page that is not there."""
    raise Http404


@stored
def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails."""
    raise RuntimeError


@stored
def moved(request: HttpRequest) -> HttpResponse:
    """A page that lives elsewhere."""
    return HttpResponsePermanentRedirect("/who/")


def plain(request: HttpRequest) -> HttpResponse:
    """An answer that isn't stored."""
    body = request.body
    return HttpResponse(f"{request.method} {len(body)} {body[:20]!r} {request.META['QUERY_STRING']}")


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what pages show, and announce it."""
    word = request.body.decode()
    with transaction.atomic():
        PublicNumber.objects.update_or_create(id=number, defaults={"kind": word})
        announce(TermChanged(kind="tag", term_id=number, at=now()))
    return HttpResponse(str(time.time()))


def count(request: HttpRequest) -> HttpResponse:
    """How many pages this process has rendered."""
    return HttpResponse(str(len(RENDERED)))


@stored
def feed(request: HttpRequest) -> HttpResponse:
    """A feed."""
    return HttpResponse("<rss/>" * 100, content_type="application/rss+xml; charset=utf-8")


urlpatterns = [
    path("change/<int:number>/", change),
    path("count/", count),
    path("feeds/rss.xml", feed),
    path("n/<int:number>/", page),
    path("slow/<int:number>/", slow),
    path("front/<int:number>/", front),
    path("ageing/", ageing),
    path("who/", who),
    path("cookie/", cookie),
    path("missing/", missing),
    path("broken/", broken),
    path("moved/", moved),
    path("plain/", plain),
]

"""The edition's radio: its page, the bar that plays while pages change, and what is on."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import letting_in
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView, StationView, editions
from broadsheet.newsroom.queries.radio import on_air, programme
from broadsheet.web.queries.frame import frame
from broadsheet.web.views.framing import edition_page, page

ASK_AGAIN = 300  # seconds after which a bar asks what is on even where nothing changes, so that edits arrive


@require_safe
@edition_page
def show(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show the radio's page: a player that needs no scripts, and the programme of seven days."""
    station, at = _station(edition), clock.now()
    elsewhere = [(other, f"{other.path}listen/") for other in editions() if other.id != edition.id and other.station]
    head = frame(
        edition, title=_("Listen live"), path=f"{edition.path}listen/", translations=elsewhere, description=station.name
    )
    days, air = programme(edition, at), on_air(edition, at)
    return _playing(request, page("pages/listen.html", frame=head, station=station, days=days, air=air), station)


@require_safe
@edition_page
def bar(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show the bar that plays the radio; pages change beside it."""
    station = _station(edition)
    air = on_air(edition, clock.now())
    return _playing(request, page("pages/listen_bar.html", edition=edition, station=station, air=air), station)


@require_safe
@edition_page
def now(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Tell what is on and what comes next, in words, and in how many seconds that will have changed."""
    _station(edition)
    at = clock.now()
    air = on_air(edition, at)
    left = max(1, int((air.until - at).total_seconds()) + 1) if air.until else ASK_AGAIN
    told: dict[str, Any] = {"now": None, "next": None, "seconds": min(left, ASK_AGAIN)}
    if air.now:
        times = f"{_hour(air.now.begins)}–{_hour(air.now.ends)}"
        told["now"] = {"title": air.now.about.title, "host": air.now.about.host, "times": times}
    if air.next:
        told["next"] = {"title": air.next.about.title, "at": _hour(air.next.begins)}
    answer = JsonResponse(told)
    answer["Cache-Control"] = f"public, max-age={min(left, 15)}"
    return answer


def _station(edition: EditionView) -> StationView:
    if edition.station is None:
        raise Http404
    return edition.station


def _playing(request: HttpRequest, response: HttpResponse, station: StationView) -> HttpResponse:
    sound = station.sound
    played = f"{sound.origin} blob:".strip() if sound.hls else sound.origin
    for name, value in letting_in(request.path, sound=played, asked=sound.origin if sound.hls else ""):
        response[name] = value
    return response


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"

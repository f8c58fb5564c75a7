"""What the moderators decided, in numbers, month by month, for everybody (MOD-11)."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import public_headers
from broadsheet.delivery.engines.pagestore import stored
from broadsheet.kernel import clock
from broadsheet.moderation.facts import figures_key
from broadsheet.moderation.queries import accountability as figures
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.web.queries.accountability import month_told, month_view
from broadsheet.web.queries.frame import frame
from broadsheet.web.views.framing import edition_page, page

RENEWED = 600  # seconds after which comments and reports that came since are counted, too


@stored(refresh_after=RENEWED)
@edition_page
def newest(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show the newest month that is over, or the running one while there is no other."""
    return _shown(edition, None)


@stored(refresh_after=RENEWED)
@edition_page
def one_month(request: HttpRequest, edition: EditionView, year: int, month: int) -> HttpResponse:
    """Show one month."""
    return _shown(edition, (year, month))


@require_safe
@edition_page
def table(request: HttpRequest, edition: EditionView, year: int, month: int) -> HttpResponse:
    """Hand out a month's figures as a table."""
    text = figures.as_csv(_told(edition, year, month))
    answer = _public(request, text, "text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = f'attachment; filename="accountability-{edition.code}-{year}-{month:02d}.csv"'
    return answer


@require_safe
@edition_page
def for_machines(request: HttpRequest, edition: EditionView, year: int, month: int) -> HttpResponse:
    """Hand out a month's figures as JSON."""
    values = figures.for_machines(_told(edition, year, month))
    return _public(request, json.dumps(values, ensure_ascii=False, indent=1), "application/json; charset=utf-8")


def _shown(edition: EditionView, wanted: tuple[int, int] | None) -> HttpResponse:
    view = month_view(edition, wanted, clock.now())
    if view is None:
        raise Http404
    month = view.shown
    around = [one.path for one in (view.previous, view.following) if wanted and one is not None]
    head = frame(
        edition,
        title=_("Accountability, %(month)s") % {"month": month.name} if wanted else _("Accountability"),
        path=month.path if wanted else view.newest_path,
        translations=view.elsewhere,
        description=_("What the moderators decided, in numbers."),
        previous=around[0] if wanted and view.previous else "",
        following=around[-1] if wanted and view.following else "",
    )
    keys = [figures_key(edition.code, f"{month.month:%Y-%m}")]
    return page("pages/accountability.html", keys, frame=head, view=view, told=view.told)


def _told(edition: EditionView, year: int, month: int) -> figures.Accounted:
    found = month_told(edition, year, month, clock.now())
    if found is None:
        raise Http404
    return found


def _public(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    for name, value in public_headers(request.path):
        answer.setdefault(name, value)
    answer["Cache-Control"] = "public, max-age=300"
    return answer

"""Where an article is begun: the sections of an edition that are open to whoever asks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from broadsheet.newsroom.queries.desk_home import sections_to_write_in
from broadsheet.newsroom.queries.editions import edition_by_id

ARTICLE = ("newsroom", "articlepage")


@require_GET
def begin(request: HttpRequest, edition: int) -> HttpResponse:
    """Lead to the form of a new article, asking for the section first where there are several."""
    try:
        view = edition_by_id(edition)
    except LookupError as error:
        raise Http404 from error
    sections = sections_to_write_in(request.user, edition)
    if not sections:
        raise PermissionDenied
    if len(sections) == 1:
        return redirect("wagtailadmin_pages:add", *ARTICLE, sections[0].pk)
    return render(request, "desk/begin.html", {"edition": view, "sections": sections})

"""The search over readers and comments, for those who moderate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from broadsheet.moderation.queries.searches import search_desk
from broadsheet.moderation.views.entering import common, entered


@require_GET
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found."""
    scope = entered(request)
    text, author = request.GET.get("q", ""), request.GET.get("author", "")
    context = {"text": text, "author": author, "hits": search_desk(text, scope, author=author)}
    return render(request, "desk/moderation/search.html", {**common(request, scope, here="search"), **context})

"""How well it is decided, for chiefs (MOD-10)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from broadsheet.kernel import clock
from broadsheet.moderation.queries.quality_screen import quality_screen
from broadsheet.moderation.views.entering import common, entered_chief

DAYS = (7, 30, 90, 365)


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show per edition what was overturned and how often two agreed, of the last days."""
    scope, now = entered_chief(request), clock.now()
    text = request.GET.get("days", "")
    days = int(text) if text in {str(one) for one in DAYS} else 30
    context = {"days": days, "choices": DAYS, "editions": quality_screen(now - timedelta(days=days), now)}
    return render(request, "desk/moderation/quality.html", {**common(request, scope, here="quality"), **context})

"""Small files that depend on settings: an edition's accent as style sheet, its web app manifest."""

import json
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import public_headers
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.web.conf import PAPER_LIGHT, TINT_DARK, TINT_LIGHT
from broadsheet.web.rules.accent import accent
from broadsheet.web.views.framing import edition_page

YEAR = "public, max-age=31536000, immutable"


@require_safe
def theme(request: HttpRequest, colour: str) -> HttpResponse:
    """Return the style sheet of an accent colour: the colour is the address, so it may be kept for ever."""
    shades = accent(f"#{colour}", paper=TINT_LIGHT, night=TINT_DARK)
    text = get_template("pages/theme.css").render({"accent": shades})
    return _public(request, HttpResponse(text, content_type="text/css; charset=utf-8"), YEAR)


@require_safe
@edition_page
def manifest(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Return the edition's web app manifest."""
    icons = [
        {"src": static("icons/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("icons/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("icons/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": static("icons/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    words = {
        "id": edition.path,
        "name": edition.name,
        "short_name": edition.short_name,
        "description": edition.tagline,
        "lang": edition.language,
        "dir": edition.direction,
        "start_url": edition.path,
        "scope": "/" if edition.at_root else edition.path,
        "display": "minimal-ui",
        "background_color": PAPER_LIGHT,
        "theme_color": PAPER_LIGHT,
        "icons": icons,
    }
    text = json.dumps(words, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/manifest+json; charset=utf-8")
    return _public(request, response, "public, max-age=86400")


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for `/favicon.ico` unasked to the mark."""
    response = HttpResponse(status=301, headers={"Location": static("icons/icon-192.png")})
    return _public(request, response, "public, max-age=86400")


@require_safe
def push_worker(request: HttpRequest) -> HttpResponse:
    """Return the script that shows push notifications; at the root, so that it may speak for the whole site."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    return _public(request, response, "no-cache")


@lru_cache(maxsize=1)
def _worker() -> bytes:
    return (settings.PACKAGE / "web" / "static" / "js" / "push-worker.js").read_bytes()


def _public(request: HttpRequest, response: HttpResponse, lifetime: str) -> HttpResponse:
    for name, value in public_headers(request.path):
        response.setdefault(name, value)
    response["Cache-Control"] = lifetime if not settings.DEBUG else "no-cache"
    return response

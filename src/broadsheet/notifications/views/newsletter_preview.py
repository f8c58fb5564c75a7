"""An issue as mail programs will show it, for its writers (NOT-02)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from broadsheet.notifications.actions.newsletter_mail import tried_values
from broadsheet.notifications.engines.compose import Letter, rendered
from broadsheet.notifications.queries.newsletter_issues import issue_view
from broadsheet.notifications.rules.addresses import Recipient
from broadsheet.notifications.views.newsletter_issues import of_issue

NOBODY = Recipient("nobody", "localhost")
DARK = "@media (prefers-color-scheme: dark)"


@require_safe
def preview(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Answer with the mail as it is saved: `light`, `dark` or `text`. It runs nothing and asks no other host."""
    issue, _bound = of_issue(request, number)
    view = issue_view(issue, counted=False)
    if view is None or kind not in {"light", "dark", "text"}:
        raise Http404
    edition = view.edition
    _subject, text, html = rendered(Letter("newsletter", NOBODY, edition.language, edition, tried_values(view)))
    if kind == "text":
        html = text
    else:
        html = html.replace(DARK, "@media all" if kind == "dark" else "@media not all")
        html = html.replace(f'src="{settings.PUBLIC_URL}/', 'src="/').replace("<head>", '<head><base target="_blank">')
    response = HttpResponse(html, content_type=f"text/{'plain' if kind == 'text' else 'html'}; charset=utf-8")
    pictures = f" {settings.PICTURE_URL}" if settings.PICTURE_URL else ""
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'{pictures}; "
        "sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'"
    )
    response["Cache-Control"] = "no-store, private"
    return response

"""The page of notices."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.notifications.actions.mark_seen import mark_seen
from broadsheet.notifications.queries.bell import notices_of


@never_cache
@login_required(login_url="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Show the reader's notices; mark those that were shown as read."""
    reader_id = request.user.pk or 0
    if request.method == "POST":
        shown = request.POST.get("up_to", "")
        if shown.isascii() and shown.isdigit() and len(shown) < 19:
            mark_seen(reader_id=reader_id, up_to=int(shown))
        return redirect("notices")
    found = notices_of(reader_id)
    return render(request, "account/notices.html", {"notices": found, "unread": any(not one.seen for one in found)})

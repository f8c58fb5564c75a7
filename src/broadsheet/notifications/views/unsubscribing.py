"""Getting no more mail of one kind: the page asks, the button does it (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from broadsheet.notifications.actions.unsubscribe import subscription_of, title_of
from broadsheet.notifications.actions.unsubscribe import unsubscribe as end
from broadsheet.notifications.queries.mail_subscriptions import manage_path
from broadsheet.readers.queries.addresses import edition_of


@csrf_exempt  # a mail program posts here without having been here; the signed token says who is meant
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and change nothing; end it on POST. A token that isn't ours is answered with 404, in words."""
    done = request.method == "POST"
    title = end(token=token) if done else title_of(token)
    status = 200 if title is not None else 404
    edition, number = edition_of(request), subscription_of(token)
    manage = manage_path(edition, number) if edition is not None and number is not None else ""
    values = {"title": title, "done": done, "token": token, "manage": manage}
    return render(request, "account/unsubscribe.html", values, status=status)

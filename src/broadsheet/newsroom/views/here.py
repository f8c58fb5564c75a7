"""Whether a member of the newsroom is still logged in, asked by the page on which they write."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@require_GET
@never_cache
def show(request: HttpRequest) -> JsonResponse:
    """Return who is logged in, and the token that forms must send from now on: a new log-in changes it."""
    return JsonResponse(
        {
            "person": request.user.pk,
            "token": get_token(request),
            "again": _("You are logged in again. Nothing was lost."),
        }
    )

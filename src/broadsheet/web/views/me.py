"""Who reads: a small answer, never kept, that stored pages ask for where someone is logged in."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from broadsheet.kernel import clock
from broadsheet.web.queries.me import NOBODY, about


@require_safe
def show(request: HttpRequest) -> JsonResponse:
    """Return what the page shows of its reader; `{"reader": null}` and no cookie for visitors."""
    edition = request.edition  # type: ignore[attr-defined]  # set by EditionOfAccounts
    if edition is None or not request.user.is_authenticated:
        return JsonResponse(NOBODY)
    answer = JsonResponse({**about(request.user, edition, clock.now()), "token": get_token(request)})
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer

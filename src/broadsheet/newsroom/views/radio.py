"""Trying an address of sound from the desk."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from broadsheet.newsroom.engines.sound_probe import try_stream as tried


@require_POST
def try_stream(request: HttpRequest) -> JsonResponse:
    """Say whether the address that is written in the form gives sound."""
    if not request.user.has_perms(["newsroom.change_station"]):
        raise PermissionDenied
    plays, sentence = tried(address=request.POST.get("address", "")[:500])
    return JsonResponse({"plays": plays, "sentence": sentence})

"""The network's picture of somebody who says Yes or No to having an account: from here, never from there (ACC-04)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.kernel import clock
from broadsheet.readers.actions.fetch_pending_picture import fetch_pending_picture
from broadsheet.web.queries.account_pages import picture_of


@never_cache
@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Return the picture of the identity that waits in the session; the default one for anybody and anything else."""
    content = fetch_pending_picture(session=request.session, key=key, now=clock.now())
    if content is None:
        return HttpResponseRedirect(picture_of(None))
    return HttpResponse(content, content_type="image/webp")

"""The page of sessions: where the account is open, and how each is ended."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.readers.actions.end_sessions import end_session, end_sessions
from broadsheet.readers.queries.sessions import session_by_mark, sessions_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions; end one, or all others (ASVS 7.5.2)."""
    here = request.session.session_key or ""
    reader_id = cast("int", request.user.pk)
    if request.method != "POST":
        return render(request, "account/sessions.html", {"sessions": sessions_of(reader_id, here)})
    if "others" in request.POST:
        ended = end_sessions(reader_id=reader_id, keep=here)
    else:
        key = session_by_mark(reader_id, request.POST.get("end", ""))
        ended = int(key is not None and key != here and end_session(reader_id=reader_id, session_key=key))
    told = ngettext("One session was ended.", "%(count)s sessions were ended.", ended) % {"count": ended}
    messages.info(request, told if ended else _("There was no such session any more."))
    return redirect("reader_sessions")

"""What all pages do on which a reader writes: answer browsers and scripts alike, and lose no text."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.web.forms.comment import Draft, new_draft
from broadsheet.web.queries.taking_part import Composed

_DRAFT = "comment_draft"  # in the session: what was written, where, by whom, and the comment it answers
_LONGEST_KEPT = 5  # times the longest comment
_KEPT_FOR = 1800  # seconds: as long as a session in which nobody is logged in


def edition_of(request: HttpRequest) -> EditionView:
    """Return the edition of the address; there is no such page on a paper without any."""
    edition: EditionView | None = request.edition  # type: ignore[attr-defined]  # set by EditionOfAccounts
    if edition is None:
        raise Http404
    return edition


def reader_of(request: HttpRequest) -> int:
    """Return the number of the account that is logged in; asked only where one is."""
    return int(request.user.pk)  # type: ignore[arg-type]


def wants_data(request: HttpRequest) -> bool:
    """Return whether a script asks, which puts a part of the page into another."""
    return request.headers.get("Accept", "").startswith("application/json")


def data(outcome: str, *, status: int = 200, **values: Any) -> JsonResponse:
    """Return the answer to a script; nothing of it is for other sites."""
    answer = JsonResponse({"outcome": outcome, **values}, status=status)
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def form_page(request: HttpRequest, composed: Composed, *, status: int = 200) -> HttpResponse:
    """Return the form with all that it says, as a page or as the part of one."""
    values = {"composed": composed, "edition": composed.talk.edition}
    if wants_data(request):
        return data("form", html=render_to_string("comment/form.html", values, request), status=status)
    return render(request, "comment/write.html", values, status=status)


def ask_to_log_in(request: HttpRequest, draft: Draft | None = None) -> HttpResponse:
    """Send a visitor to log in and back to this page; what was written meanwhile waits there.

    It waits in the visitor's own session, for half an hour at most, and goes when it is shown.
    """
    back = request.get_full_path()
    if draft is not None:
        back = f"{request.path}?{urlencode({'reply': draft.reply})}" if draft.reply else request.path
    if wants_data(request):
        return data("login", path=f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}", status=401)
    if draft is not None and draft.text:
        text = draft.text[: settings.COMMENT_LENGTH * _LONGEST_KEPT]
        about = {"path": request.path, "by": request.POST.get("by", "")[:40], "at": clock.now().timestamp()}
        request.session[_DRAFT] = {**about, "text": text, "reply": draft.reply}
        messages.info(request, _("Nothing was posted: you are not logged in. Your text is kept until you are."))
    return redirect_to_login(back, settings.LOGIN_URL)


def kept_draft(request: HttpRequest) -> Draft | None:
    """Return what was written on this page before its reader logged in, once; what another wrote is nobody's."""
    kept = request.session.get(_DRAFT)
    if kept is None or request.method != "GET":
        return None
    fresh = clock.now().timestamp() - kept["at"] < _KEPT_FOR
    if fresh and kept["path"] != request.path:
        return None
    del request.session[_DRAFT]
    own = kept["by"] in {"", request.user.public_id}  # type: ignore[union-attr]
    return new_draft(kept["text"], kept["reply"]) if fresh and own else None

"""Push in the desk: an editor sends an article, a second person confirms, what has not gone is recalled."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.newsroom.queries.publishable import headlines, may_publish, publishes_somewhere
from broadsheet.notifications.actions.confirm_push import confirm_push
from broadsheet.notifications.actions.end_push import recall_push
from broadsheet.notifications.actions.write_push import write_push
from broadsheet.notifications.conf import PUSH_TEXT_SHOWN, PUSH_TITLE_SHOWN
from broadsheet.notifications.engines.push_payload import picture_of
from broadsheet.notifications.forms.push_writing import PushForm
from broadsheet.notifications.models import CampaignState
from broadsheet.notifications.queries.pushes import (
    article_of,
    latest_push,
    newest_pushes,
    offers_push,
    public_card,
    pushes_of,
)


@require_safe
def pushes(request: HttpRequest) -> HttpResponse:
    """Show the newest pushes about what the user may publish."""
    if not publishes_somewhere(request.user):
        raise PermissionDenied
    return render(request, "desk/pushes.html", {"pushes": newest_pushes(request.user), "own": request.user.pk})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form, how phones will show it, and what was sent already; queue what was written."""
    _publisher(request, number)
    card = public_card(number)
    with timezone.override(card.edition.zone if card is not None else None):
        form = PushForm(request.POST or None, card=card, latest=latest_push(number)) if card is not None else None
        if request.method == "POST" and form is not None and form.is_valid() and _queued(request, form, number):
            return redirect("notifications_push_write", number)
        return render(request, "desk/push.html", _shown(request, number, card, form))


@require_POST
def confirm(request: HttpRequest, push: int) -> HttpResponse:
    """Let a push go as its second person."""
    number = _publisher(request, article_of(push))
    try:
        if confirm_push(push_id=push, by=request.user.pk or 0):
            messages.success(request, _("The push is on its way."))
        else:
            messages.warning(request, _("It no longer waits for anybody."))
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    return redirect("notifications_push_write", number)


@require_POST
def recall(request: HttpRequest, push: int) -> HttpResponse:
    """Let nothing more of a push go out."""
    number = _publisher(request, article_of(push))
    if recall_push(push_id=push, by=request.user.pk or 0):
        messages.success(request, _("Recalled: nothing more of it goes out. What browsers have by now, they keep."))
    else:
        messages.warning(request, _("All of it has gone; there is nothing to recall."))
    return redirect("notifications_push_write", number)


def _publisher(request: HttpRequest, number: int | None) -> int:
    """Return the article's number; 404 where there is no such article, 403 where the user may not publish it."""
    allowed = may_publish(number, request.user) if number is not None else None
    if number is None or allowed is None:
        raise Http404
    if not allowed:
        raise PermissionDenied
    return number


def _queued(request: HttpRequest, form: PushForm, number: int) -> bool:
    try:
        push = write_push(
            article_id=number, written=form.written(), follows=form.cleaned_data["follows"], by=request.user.pk or 0
        )
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        form.see(latest_push(number))
        return False
    if push.state == CampaignState.CONFIRMING:
        messages.warning(request, _("It goes to many, and waits for a second person who may publish the article."))
    else:
        messages.success(request, _("The push is queued."))
    return True


def _shown(request: HttpRequest, number: int, card: ArticleCard | None, form: PushForm | None) -> dict[str, object]:
    return {
        "article_id": number,
        "headline": headlines([number]).get(number, ""),
        "card": card,
        "form": form,
        "picture": picture_of(card) if card is not None else "",
        "host": urlsplit(settings.PUBLIC_URL).hostname,
        "title_shown": PUSH_TITLE_SHOWN,
        "text_shown": PUSH_TEXT_SHOWN,
        "limit": settings.PUSH_CONFIRM,
        "offers": offers_push(),
        "pushes": pushes_of(number),
        "own": request.user.pk,
    }

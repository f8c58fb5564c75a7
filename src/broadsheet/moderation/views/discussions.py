"""One discussion: who may comment in it, its shield, and picking comments (DIS-06, DIS-10)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.discussion.conf import SHIELD_FOR
from broadsheet.kernel import clock
from broadsheet.moderation.actions.pick import pick
from broadsheet.moderation.actions.set_discussion import set_discussion
from broadsheet.moderation.actions.shield import lift_shield, shield
from broadsheet.moderation.forms.modes import DiscussionForm
from broadsheet.moderation.queries.bounds import comment_for
from broadsheet.moderation.queries.mode_screen import discussion_screen, shield_rows
from broadsheet.moderation.rules.mode_words import left_words
from broadsheet.moderation.views.entering import back, common, entered
from broadsheet.newsroom.queries.editions import editions


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show what holds in the discussion and why; store what was set for it."""
    scope, now = entered(request), clock.now()
    screen = discussion_screen(number, scope, now)
    if screen is None:
        raise Http404
    form = DiscussionForm(request.POST or None, own=screen.own)
    if request.method == "POST" and request.POST.get("action") == "rules":
        set_discussion(article_id=number, by=scope.reader_id, now=now)
        messages.success(request, _("The discussion is as the rules say."))
        return redirect("moderation_discussion", number)
    if request.method == "POST" and form.is_valid():
        set_discussion(article_id=number, by=scope.reader_id, now=now, **form.values())
        messages.success(request, _("It is stored. Readers meet it from this moment on."))
        return redirect("moderation_discussion", number)
    context = {"screen": screen, "form": form, "span": left_words(now + SHIELD_FOR, now)}
    status = 422 if form.is_bound else 200
    return render(
        request, "desk/moderation/discussion.html", {**common(request, scope, here="modes"), **context}, status=status
    )


@require_POST
def raise_shield(request: HttpRequest) -> HttpResponse:
    """Hold what new accounts write for two hours, in one discussion or in a whole edition."""
    scope, now = entered(request), clock.now()
    article_id, edition_id = _number(request, "article"), _number(request, "edition")
    if article_id is not None:
        if discussion_screen(article_id, scope, now) is None:
            raise Http404
        until = shield(by=scope.reader_id, now=now, article_id=article_id)
    else:
        if not any(one.id == edition_id and scope.covers(one.id, None) for one in editions()):
            raise Http404
        until = shield(by=scope.reader_id, now=now, edition_id=edition_id)
    left = left_words(until, now)
    messages.success(request, _("The shield is up and ends by itself in %(left)s.") % {"left": left})
    return redirect(back(request))


@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Let the shield end now."""
    scope, now = entered(request), clock.now()
    found = next((row for row in shield_rows(scope, now) if row.number == number), None)
    if found is None or not found.may_lift:
        raise Http404
    lift_shield(by=scope.reader_id, rule_id=number, now=now)
    messages.success(request, _("The shield is down."))
    return redirect(back(request))


@require_POST
def picking(request: HttpRequest, number: int) -> HttpResponse:
    """Pick the comment, or take the mark off."""
    scope = entered(request)
    if comment_for(scope, number) is None:
        raise Http404
    picked = request.POST.get("picked") == "yes"
    pick(comment_id=number, by=scope.reader_id, now=clock.now(), picked=picked)
    said = _("The comment is an editor’s pick.") if picked else _("The comment is no longer an editor’s pick.")
    messages.success(request, said)
    return redirect(back(request))


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

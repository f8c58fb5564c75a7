"""Whom a reader ignores, what a reader follows, and what article pages ask about both (DIS-04, DIS-10)."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.discussion.actions.follow_thread import follow_thread, unfollow_thread
from broadsheet.discussion.actions.ignore_reader import heed_reader, ignore_author
from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.comments import comment_views
from broadsheet.discussion.queries.following import ignores, is_following
from broadsheet.discussion.queries.own_lists import followed_by, ignored_with_user_ids
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.web.forms.comment import read_number
from broadsheet.web.queries.taking_part import taking_part, talk_about
from broadsheet.web.views.composing import ask_to_log_in, data, edition_of, reader_of, wants_data


@require_safe
def me(request: HttpRequest, article_id: int) -> JsonResponse:
    """Return what the article's page shows of its reader in the discussion; `{"may": false}` and no cookie for visitors."""
    edition = edition_of(request)
    if not request.user.is_authenticated:
        return JsonResponse({"may": False})
    told = taking_part(request.user, article_id, edition, clock.now())
    answer = JsonResponse({**told, "token": get_token(request)})
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ignore(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Ask whether the author of the comment is to be ignored, and do so; or no longer."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    view = comment_views([comment_id]).get(comment_id)
    if view is None or view.author is None:
        raise Http404
    values = {
        "author": view.author,
        "path": comment_path(comment_id),
        "ignored": ignores(reader_of(request), view.author.id),
    }
    if request.method != "POST":
        return render(request, "comment/ignore.html", values)
    if request.POST.get("do") == "heed":
        heed_reader(reader_id=reader_of(request), other_id=view.author.id)
        return _done(request, "heeded", _("You see this reader’s comments again."))
    try:
        ignore_author(reader_id=reader_of(request), comment_id=comment_id, now=clock.now())
    except Refused as refused:
        if wants_data(request):
            return data("refused", **refused.refusal.as_json(), status=409)
        return render(request, "comment/ignore.html", {**values, "refusal": refused.refusal}, status=409)
    return _done(request, "ignored", _("You no longer see this reader’s comments. Nobody learns of it."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask whether the discussion is to be followed, or no longer, and do so."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    talk = talk_about(article_id, edition_of(request))
    following = is_following(reader_of(request), article_id)
    if not talk.path and not following:
        raise Http404
    if request.method != "POST":
        return render(request, "comment/follow.html", {"talk": talk, "following": following})
    wanted = request.POST.get("do") != "unfollow"
    try:
        if wanted:
            follow_thread(reader_id=reader_of(request), article_id=article_id, now=clock.now())
        else:
            unfollow_thread(reader_id=reader_of(request), article_id=article_id)
    except Refused as refused:
        values = {"talk": talk, "following": following, "refusal": refused.refusal}
        return render(request, "comment/follow.html", values, status=409)
    if wants_data(request):
        return data("following" if wanted else "left", following=wanted)
    return HttpResponseRedirect(talk.discussion_path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Show which discussions the reader follows and whom the reader ignores; end either."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    reader_id = reader_of(request)
    ignored = ignored_with_user_ids(reader_id)
    if request.method == "POST":
        known = {user_id: face.id for user_id, face in ignored}
        other = known.get(request.POST.get("heed", ""))
        if other is not None:
            heed_reader(reader_id=reader_id, other_id=other)
        elif left := read_number(request.POST.get("unfollow", "")):
            unfollow_thread(reader_id=reader_id, article_id=left)
        return HttpResponseRedirect(reverse("my_discussions"))
    numbers = followed_by(reader_id)
    articles = cards_by_id(numbers, signed=False)
    followed = [(number, articles.get(number)) for number in numbers]
    return render(request, "comment/listed.html", {"followed": followed, "ignored": ignored})


def _done(request: HttpRequest, outcome: str, told: str) -> HttpResponse:
    if wants_data(request):
        return data(outcome)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("my_discussions"))

"""The posts of a live blog: writing one quickly, changing, pinning and removing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.live import pin_live_post, put_live_post, remove_live_post
from broadsheet.newsroom.forms.live import LivePostForm
from broadsheet.newsroom.models import ArticlePage, LivePost
from broadsheet.newsroom.views.found import editable_article


@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form for a new post above the posts there are; store a new one."""
    article = editable_article(request, number)
    form = LivePostForm(request.POST or None, edition_id=article.edition_id)
    if request.method == "POST" and form.is_valid() and _store(article, form, key=""):
        messages.success(request, _("The post is public."))
        return redirect("newsroom_desk:live", article.pk)
    rows = LivePost.objects.filter(article=article).select_related("author").order_by("-pinned", "-at", "-pk")[:200]
    return render(request, "desk/live.html", {"article": article, "form": form, "posts": rows, "post": None})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int, post: int) -> HttpResponse:
    """Show one post in its form; store it changed."""
    article = editable_article(request, number)
    row = get_object_or_404(LivePost, pk=post, article=article)
    form = LivePostForm(request.POST or None, instance=row, edition_id=article.edition_id)
    if request.method == "POST" and form.is_valid() and _store(article, form, key=row.key):
        messages.success(request, _("The post is changed."))
        return redirect("newsroom_desk:live", article.pk)
    return render(request, "desk/live.html", {"article": article, "form": form, "posts": [], "post": row})


@require_POST
def change(request: HttpRequest, number: int, post: int) -> HttpResponse:
    """Pin, unpin or remove one post."""
    article = editable_article(request, number)
    row = get_object_or_404(LivePost, pk=post, article=article)
    what = request.POST.get("what", "")
    if what == "remove":
        remove_live_post(post=row)
        messages.success(request, _("The post is removed."))
    elif what in {"pin", "unpin"}:
        pin_live_post(post=row, pinned=what == "pin")
        messages.success(request, _("The post is pinned.") if what == "pin" else _("The post is no longer pinned."))
    return redirect("newsroom_desk:live", article.pk)


def _store(article: ArticlePage, form: Any, *, key: str) -> bool:
    values = form.cleaned_data
    try:
        put_live_post(
            article=article,
            key=key,
            html=values["text"],
            headline=values["headline"],
            picture=values["picture"],
            author=values["author"],
            pinned=values["pinned"],
        )
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    return True

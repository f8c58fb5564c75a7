"""Where readers write comments: the form, its preview, what the judge says, and what became of it (DIS-02, STD-03)."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.discussion.actions.post_comment import Posted, post_comment
from broadsheet.discussion.actions.preview_comment import preview_comment
from broadsheet.discussion.errors import Warned
from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.may_comment import answered, may_comment
from broadsheet.discussion.queries.own import OwnComment, own_comment
from broadsheet.discussion.queries.quoting import quote_of
from broadsheet.discussion.queries.verdicts import verdict_of
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.web.forms.comment import Draft, new_draft, read_draft, read_number
from broadsheet.web.queries.taking_part import (
    Composed,
    Talk,
    answered_in,
    edition_of_comment,
    own_html,
    remedy_for,
    talk_about,
    told_of,
)
from broadsheet.web.views.composing import (
    ask_to_log_in,
    data,
    edition_of,
    form_page,
    kept_draft,
    reader_of,
    wants_data,
)


@never_cache
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the form, a preview of what was written, or what keeps it from being posted; post it."""
    talk = talk_about(article_id, edition_of(request))
    if request.method != "POST":
        return _asked(request, talk)
    draft = read_draft(request.POST)
    if not request.user.is_authenticated:
        return ask_to_log_in(request, draft)
    if request.POST.get("do") == "preview":
        return _previewed(request, talk, draft)
    return _posted(request, talk, draft)


@never_cache
@require_safe
def posted(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Tell its author, and nobody else, where the comment stands: seen by all, or waiting and why (DIS-04)."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    own = own_comment(reader_of(request), comment_id)
    if own is None:
        raise Http404
    return render(request, "comment/posted.html", _told_of_posted(request, own))


def answer_posted(request: HttpRequest, done: Posted) -> HttpResponse:
    """Lead to the comment; to the page that tells of it where it waits or where help is shown."""
    own = own_comment(reader_of(request), done.comment_id)
    if own is None:
        raise Http404
    seen = done.state == "visible" and not (done.verdict and done.verdict.care)
    path = comment_path(done.comment_id) if seen else reverse("comment_posted", args=[done.comment_id])
    if not wants_data(request):
        return HttpResponseRedirect(path)
    values = _told_of_posted(request, own)
    return data(
        "posted",
        id=own.id,
        state=own.view.state,
        root=own.view.root_id,
        path=path,
        html=own_html(own.view, request.user, values["edition"]),
        note=render_to_string("comment/care_note.html", values, request) if values["care"] else "",
    )


def _told_of_posted(request: HttpRequest, own: OwnComment) -> dict[str, Any]:
    edition = edition_of_comment(own.edition_id, edition_of(request))
    verdict = verdict_of(own.id)
    return {
        "own": own,
        "comment": own.view,
        "reader": request.user,
        "edition": edition,
        "talk": talk_about(own.article_id, edition),
        "told": told_of(verdict, edition) if own.view.state == "held" else None,
        "care": verdict is not None and verdict.care,
        "path": comment_path(own.id),
    }


def _asked(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Show the form; in the article's edition, whatever edition the link was in."""
    if not talk.path:
        raise Http404
    if talk.edition.id != edition_of(request).id:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{talk.edition.path}accounts/comment/{talk.article_id}/{query and '?' + query}")
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    reply = read_number(request.GET.get("reply", ""))
    draft = kept_draft(request)
    if draft is None:
        quote = quote_of(reply) if reply and request.GET.get("quote") else ""
        draft = new_draft(f"{quote}\n\n" if quote else "", reply)
    refusal = may_comment(reader_of(request), talk.article_id, clock.now())
    if refusal is None:
        refusal = _refused_answer(draft, talk)
    return form_page(request, _composed(talk, draft, refusal))


def _refused_answer(draft: Draft, talk: Talk) -> Refusal | None:
    try:
        answered(draft.reply, talk.article_id)
    except Refused as refused:
        return refused.refusal
    return None


def _previewed(request: HttpRequest, talk: Talk, draft: Draft) -> HttpResponse:
    try:
        preview = preview_comment(
            author_id=reader_of(request),
            article_id=talk.article_id,
            text=draft.text,
            parent_id=draft.reply,
            now=clock.now(),
        )
    except Refused as refused:
        return form_page(request, _composed(talk, draft, refused.refusal), status=422)
    told = told_of(preview.verdict, talk.edition)
    shown = _composed(talk, draft.told() if told else draft)
    return form_page(request, replace(shown, told=told, preview=mark_safe(preview.html)))


def _posted(request: HttpRequest, talk: Talk, draft: Draft) -> HttpResponse:
    insists = request.POST.get("do") == "insist" and draft.insists
    try:
        done = post_comment(
            author_id=reader_of(request),
            article_id=talk.article_id,
            text=draft.text,
            parent_id=draft.reply,
            key=draft.once,
            insists=insists,
            now=clock.now(),
        )
    except Warned as warned:
        told = told_of(warned.verdict, talk.edition)
        return form_page(request, replace(_composed(talk, draft.told()), told=told), status=422)
    except Refused as refused:
        return form_page(request, _composed(talk, draft, refused.refusal), status=422)
    return answer_posted(request, done)


def _composed(talk: Talk, draft: Draft, refusal: Refusal | None = None) -> Composed:
    """Return what the form shows; where the comment answered is gone, the text can be posted by itself."""
    if refusal is not None and refusal.code == "parent-gone":
        draft = draft.alone()
    return Composed(
        talk,
        draft,
        action=reverse("comment_write", args=[talk.article_id]),
        answered=answered_in(talk.article_id, draft.reply),
        refusal=refusal,
        remedy=remedy_for(refusal, talk.edition),
    )

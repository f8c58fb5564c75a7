"""Where readers edit and delete their own comments (DIS-03); to everybody else these pages don't exist."""

from dataclasses import replace
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from broadsheet.discussion.actions.edit_comment import edit_comment
from broadsheet.discussion.actions.withdraw_comment import withdraw_comment
from broadsheet.discussion.errors import Warned, not_changed
from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.may_comment import refuse_to_take_part
from broadsheet.discussion.queries.own import OwnComment, own_comment
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.web.forms.comment import Draft, new_draft, read_draft
from broadsheet.web.queries.taking_part import Composed, edition_of_comment, remedy_for, talk_about, told_of
from broadsheet.web.views.comments import answer_posted
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
def edit(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show the comment's text in the form, and give it another one."""
    sent = read_draft(request.POST) if request.method == "POST" else None
    if not request.user.is_authenticated:
        return ask_to_log_in(request, sent)
    own = _own(request, comment_id)
    if sent is None:
        refusal = _refused(own, reader_of(request))
        draft = kept_draft(request) or new_draft("" if refusal else own.text)
        return form_page(request, _composed(request, own, draft, refusal))
    try:
        done = edit_comment(
            author_id=reader_of(request),
            comment_id=comment_id,
            text=sent.text,
            insists=request.POST.get("do") == "insist" and sent.insists,
            now=clock.now(),
        )
    except Warned as warned:
        shown = _composed(request, own, sent.told())
        told = told_of(warned.verdict, shown.talk.edition)
        return form_page(request, replace(shown, told=told), status=422)
    except Refused as refused:
        return form_page(request, _composed(request, own, sent, refused.refusal), status=422)
    return answer_posted(request, done)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Ask whether the comment is to be deleted, and delete it."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    own = _own(request, comment_id)
    edition = edition_of_comment(own.edition_id, edition_of(request))
    talk = talk_about(own.article_id, edition)
    values = {"own": own, "comment": own.view, "talk": talk, "edition": edition, "path": comment_path(comment_id)}
    if request.method != "POST":
        return render(request, "comment/withdraw.html", values)
    try:
        withdraw_comment(author_id=reader_of(request), comment_id=comment_id)
    except Refused as refused:
        if wants_data(request):
            return data("refused", **refused.refusal.as_json(), status=409)
        return render(request, "comment/withdraw.html", {**values, "refusal": refused.refusal}, status=409)
    if wants_data(request):
        return data("withdrawn", id=comment_id)
    return HttpResponseRedirect(talk.discussion_path)


def _own(request: HttpRequest, comment_id: int) -> OwnComment:
    own = own_comment(reader_of(request), comment_id)
    if own is None:
        raise Http404
    return own


def _refused(own: OwnComment, reader_id: int) -> Refusal | None:
    if own.view.state not in {"visible", "held"}:
        return not_changed("deleted", _("The comment was deleted."), _("Post a new one instead."))
    return refuse_to_take_part(reader_id, own.article_id, own.edition_id, clock.now())


def _composed(request: HttpRequest, own: OwnComment, draft: Draft, refusal: Refusal | None = None) -> Composed:
    edition = edition_of_comment(own.edition_id, edition_of(request))
    return Composed(
        talk_about(own.article_id, edition),
        replace(draft, reply=None, key=uuid4()),
        action=reverse("comment_edit", args=[own.id]),
        refusal=refusal,
        remedy=remedy_for(refusal, edition),
        comment_id=own.id,
    )

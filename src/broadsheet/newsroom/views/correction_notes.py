"""The desk's correction notes: what readers hold to be wrong, and the editors' answers (DIS-09)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.answer_correction_note import answer_correction_note
from broadsheet.newsroom.forms.correction_notes import NoteAnswerForm
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.correction_notes import NoteView, answered_notes, correction_note, waiting_notes


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the notes about articles that the user may publish: those that wait, and the latest answers."""
    values = {"waiting": waiting_notes(request.user), "answered": answered_notes(request.user)}
    return render(request, "desk/correction_notes.html", values)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Show one note with the form to answer it; accept it or decline it."""
    note = _answerable(request, number)
    form = NoteAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepted = "accept" in request.POST
        try:
            public = answer_correction_note(
                note_id=note.id, accepted=accepted, answer=form.cleaned_data["answer"], shown=form.cleaned_data["shown"],
                user=request.user, now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            if accepted and not public:
                told = _("The correction stands in the draft: publish the article to show it.")
                messages.warning(request, told)
            else:
                messages.success(request, _("The note is answered."))
            return redirect("newsroom_desk:correction_notes")
    return render(request, "desk/correction_note.html", {"note": note, "form": form})


def _answerable(request: HttpRequest, number: int) -> NoteView:
    note = correction_note(number)
    if note is None:
        raise Http404
    article = ArticlePage.objects.get(pk=note.article_id)
    if not article.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return note

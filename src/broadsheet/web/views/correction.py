"""A reader says that something in an article is wrong (DIS-09)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import network_of
from broadsheet.newsroom.actions.write_correction_note import write_correction_note
from broadsheet.newsroom.conf import LONGEST_SENTENCE
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.readers.forms.captcha import Captcha
from broadsheet.web.forms.correction import CorrectionForm


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def write(request: HttpRequest, article_id: str) -> HttpResponse:
    """Show the form, with `?sentence` filled in, and send what was written to the article's editors."""
    number = int(article_id)
    article = cards_by_id({number}, signed=False).get(number)
    edition = request.edition  # type: ignore[attr-defined]  # set by EditionOfAccounts
    if article is None or edition is None:
        raise Http404
    if article.edition.id != edition.id:
        return HttpResponseRedirect(f"{article.edition.path}{request.get_full_path_info().removeprefix('/')}")
    data = request.POST if request.method == "POST" else None
    reader: Any = request.user
    known = reader.is_authenticated
    captcha = None if known else Captcha("correction", data, network_of(request.META.get("REMOTE_ADDR", "")))
    initial = {"sentence": request.GET.get("sentence", "").replace("\x00", "")[:LONGEST_SENTENCE]}
    form = CorrectionForm(data, captcha=captcha, initial=initial)
    values = {"article": article, "form": form, "known": known}
    if not form.is_valid():
        return render(request, "account/correction.html", values)
    said = form.cleaned_data
    if captcha is not None and captcha.trapped:
        return render(request, "account/correction_sent.html", values)  # a program that filled in what nobody sees
    try:
        note = write_correction_note(
            article_id=number, sentence=said["sentence"], wrong=said["wrong"], email=said.get("email", ""),
            reader_id=reader.pk if known else None, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return render(request, "account/correction.html", values)
    return render(request, "account/correction_sent.html", {**values, "number": note, "email": said.get("email", "")})

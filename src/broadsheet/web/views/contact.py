"""Whom one can write to, and the form to do it (ACC-11)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import network_of
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.queries.people import has_confirmed
from broadsheet.web.actions.write_to_paper import Letter, Reply, write_to_paper
from broadsheet.web.forms.contact import ContactForm
from broadsheet.web.queries.contact import addressees
from broadsheet.web.queries.frame import frame, same_word_elsewhere
from broadsheet.web.views.framing import edition_page, page


@stored
@edition_page
def show(request: HttpRequest, edition: EditionView) -> HttpResponse:
    """Show whom one can write to."""
    elsewhere = same_word_elsewhere(edition, "contact/")
    head = frame(edition, title=_("Contact"), path=f"{edition.path}contact/", translations=elsewhere)
    return page("pages/contact.html", frame=head, addressees=addressees(edition))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def write(request: HttpRequest) -> HttpResponse:
    """Show the form, prefilled for readers who are logged in; send what was written and say so."""
    edition = request.edition  # type: ignore[attr-defined]  # set by EditionOfAccounts
    found = addressees(edition) if edition is not None else ()
    if not found:
        raise Http404
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        addressees=found,
        network=network_of(request.META.get("REMOTE_ADDR", "")),
        initial=_known(request),
    )
    if not form.is_valid():
        return render(request, "account/contact.html", {"form": form})
    try:
        reply = _send(request, form, edition)
    except Refused as refused:
        form.add_error("email", f"{refused.refusal.why} {refused.refusal.remedy}")
        return render(request, "account/contact.html", {"form": form})
    told = {"reply": reply.value, "to": form.addressee.title, **form.cleaned_data}
    return render(request, "account/contact_sent.html", {**told, "addressee": form.addressee.title})


def _known(request: HttpRequest) -> dict[str, Any]:
    known = {"to": request.GET.get("to", "newsroom")}
    reader: Any = request.user
    return {**known, "name": str(reader), "email": reader.email} if reader.is_authenticated else known


def _send(request: HttpRequest, form: ContactForm, edition: EditionView) -> Reply:
    if form.captcha.trapped:
        return Reply.RECEIPT  # a program that filled in what nobody sees: it learns nothing
    reader: Any = request.user
    written = form.cleaned_data
    known = reader.is_authenticated
    return write_to_paper(
        letter=Letter(written["name"], written["email"], written["text"], reader.public_id if known else ""),
        addressee=form.addressee,
        edition=edition,
        confirmed=known and has_confirmed(reader.pk, written["email"]),
        now=clock.now(),
    )

"""Writing a letter to the moderators, and confirming that it is one's own (MOD-05)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import network_of
from broadsheet.moderation.actions.receive_letter import Written, receive_letter
from broadsheet.moderation.actions.verify_letter import confirm_letter, deny_letter, letters_behind
from broadsheet.moderation.conf import ANSWERED_WITHIN
from broadsheet.moderation.queries.letters import SUBJECTS, LetterView, subject_for
from broadsheet.readers.queries.addresses import edition_of
from broadsheet.readers.queries.people import confirmed_address_of
from broadsheet.web.forms.letter import LetterForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def write(request: HttpRequest) -> HttpResponse:
    """Show the form, to whoever is blocked or logged out, too; take the letter and say when it is answered."""
    reader: Any = request.user
    known = reader.is_authenticated and bool(confirmed_address_of(reader.pk))
    edition = edition_of(request)
    puid = str(request.GET.get("decision", ""))[:40]
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        network=network_of(request.META.get("REMOTE_ADDR", "")),
        user_id=reader.public_id if known else "",
        initial={"decision": puid, "asks": subject_for(reader.pk, puid) if known and puid else ""},
    )
    values: dict[str, Any] = {"form": form, "days": ANSWERED_WITHIN.days, "edition": edition}
    if not form.is_valid():
        return render(request, "account/letter.html", values)
    if not form.captcha.trapped:
        filled = form.cleaned_data
        values["taken"] = receive_letter(
            written=Written(filled["asks"], form.known or filled["user_id"], filled["text"], filled["decision"]),
            reader_id=reader.pk if known else None,
            edition=edition.code if edition is not None else "",
            language=get_language() or "en",
            now=clock.now(),
        )
    return render(request, "account/letter_sent.html", {**values, "text": form.cleaned_data["text"]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the letters that the link asks about; take for each that its reader wrote it, or didn't.

    What merely opens the link, as mail scanners do, confirms nothing (ASVS 3.5.3).
    """
    values: dict[str, Any] = {"days": ANSWERED_WITHIN.days}
    if request.method == "POST":
        try:
            values |= _answered(request, token)
        except Refused as refused:
            return render(request, "account/letter_confirm.html", {"refusal": refused.refusal}, status=410)
    letters = [(letter, SUBJECTS.get(letter.kind, "")) for letter in letters_behind(token)]
    gone = not letters and not values.get("done")
    return render(request, "account/letter_confirm.html", {**values, "letters": letters}, status=410 if gone else 200)


def _answered(request: HttpRequest, token: str) -> dict[str, Any]:
    given = request.POST.get("letter", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
    if request.POST.get("mine") == "no":
        deny_letter(token=token, letter_id=number)
        return {"done": "denied"}
    found: LetterView = confirm_letter(token=token, letter_id=number, now=clock.now())
    return {"done": "confirmed", "due_at": found.due_at}

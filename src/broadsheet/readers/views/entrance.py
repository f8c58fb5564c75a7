"""Pages of the entrance: allauth's, with our forms and in our words."""

from typing import Any

from allauth.account import views as allauth
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from broadsheet.kernel import clock
from broadsheet.readers.engines.challenges import make_challenge
from broadsheet.readers.queries.addresses import edition_of
from broadsheet.readers.queries.identities import awaited_provider

FORMS_WITH_CHALLENGE = ("register", "login", "recover", "contact", "report", "correction", "letter", "subscribe")


class _ForRequest:
    """Mixed into a view whose form asks who the client is."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}  # type: ignore[misc, attr-defined]


class RegisterView(_ForRequest, allauth.SignupView):
    """Register."""

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Add the edition's minimum age."""
        edition = edition_of(self.request)
        return {**super().get_context_data(**values), "minimum_age": edition.minimum_age if edition else None}


class RecoverView(_ForRequest, allauth.PasswordResetView):
    """Recover: one answer for every address."""


class _AsksFirst:
    """Mixed into a view behind a mailed link: merely opening it logs nobody out (ASVS 3.5.3)."""

    def logout(self) -> None:
        """End the log-in of another account that this browser holds, once the button was pressed."""
        if self.request.method == "POST":  # type: ignore[attr-defined]
            super().logout()  # type: ignore[misc]


class ConfirmView(_AsksFirst, allauth.ConfirmEmailView):
    """Confirm an address: the page asks, the button confirms."""

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Add at which provider somebody waits to be let into the account by it."""
        provider = awaited_provider(self.object.email_address.user_id) if self.object else ""
        return {**super().get_context_data(**values), "provider": provider}

    def get(self, *args: Any, **values: Any) -> HttpResponse:
        """Ask; a link that no longer confirms says so."""
        response = super().get(*args, **values)
        if self.object is None or not self.object.email_address.can_set_verified():
            response.status_code = 410
        return response

    def post(self, *args: Any, **values: Any) -> HttpResponse:
        """Confirm, once."""
        try:
            return super().post(*args, **values)
        except Http404:
            self.object = None
            return self.render_to_response(self.get_context_data(), status=410)

    def respond(self, success: bool) -> HttpResponse:
        """Say that the address is confirmed, or why not."""
        told = {**self.get_context_data(), "confirmed": success, "can_confirm": False}
        return self.render_to_response(told, status=200 if success else 410)


class NewPasswordView(_AsksFirst, allauth.PasswordResetFromKeyView):
    """Choose a new password after following a link."""

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Say with the status, too, that a link no longer works."""
        if context.get("token_fail"):
            options["status"] = 410
        return super().render_to_response(context, **options)


register = RegisterView.as_view()
recover = RecoverView.as_view()
confirm = ConfirmView.as_view()
new_password = NewPasswordView.as_view()


@require_GET
@never_cache
def challenge(request: HttpRequest) -> HttpResponse:
    """Return a challenge for the form and the work named in the query: what a form asks for is judged where it comes."""
    form, work = request.GET.get("form", ""), request.GET.get("work", "0")
    if form not in FORMS_WITH_CHALLENGE or work not in {"0", "1", "2"}:
        raise Http404
    return JsonResponse(make_challenge(form, clock.now(), int(work)))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came without its cookie: switched off, or the page was open too long."""
    return render(request, "account/forged.html", status=403)

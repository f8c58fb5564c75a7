"""An identity that nobody is linked to: Yes and No, and what follows each."""

from datetime import timedelta
from typing import Any

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.actions.confirm_again import has_said_no, note_no
from broadsheet.readers.actions.register_by_identity import register_by_identity
from broadsheet.readers.adapters.social import log_in, refused
from broadsheet.readers.engines.pending import Pending, find, pledge, settle
from broadsheet.readers.forms.social import HaveAccountForm, NewAccountForm
from broadsheet.readers.queries.addresses import code_of

REGISTRATIONS = Limit("social-registrations", times=5, per=timedelta(hours=1))  # by one identity: each sends a mail


@never_cache
@require_http_methods(["GET", "HEAD"])
def registration(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether there is an account: Yes or No; whoever said No lately is told that a mail waits for an answer."""
    now = clock.now()
    pending = find(request.session, key, now)
    if pending is None:
        return _expired(request)
    waits = has_said_no(identity=pending.profile.digest, now=now)
    return render(request, "social/waits.html" if waits else "social/registration.html", {"pending": pending})


class HaveAccountView(LoginView):
    """Yes: log in with the own password, second factor included; then the identity is linked."""

    template_name = "social/yes.html"
    pending: Pending

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Find what waits."""
        found = find(request.session, options.pop("key"), clock.now())
        if found is None:
            return _expired(request)
        self.pending = found
        return super().dispatch(request, *args, **options)

    def get_form_class(self) -> type[HaveAccountForm]:
        """Return our form: the setting names that of the ordinary log-in."""
        return HaveAccountForm

    def get_success_url(self) -> str | None:
        """Return where the log-in was begun for."""
        return self.pending.next_path or None

    def get_authenticated_redirect_url(self) -> str:
        """Return the page of linked identities, for those who are logged in by now."""
        return reverse("socialaccount_connections")

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on with the log-in, at whose end the identity is linked."""
        pledge(self.request.session, self.pending.key, form.user.pk)
        return super().form_valid(form)

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        """Add whose identity it is."""
        return {**super().get_context_data(**told), "pending": self.pending}


have_account = HaveAccountView.as_view()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest, key: str) -> HttpResponse:
    """No: make an account from the profile, once its address is confirmed."""
    now = clock.now()
    pending = find(request.session, key, now)
    if pending is None:
        return _expired(request)
    if request.user.is_authenticated:
        return redirect("socialaccount_connections")
    profile = pending.profile
    first = {"display_name": profile.name, "email": profile.email}
    sent = request.POST if request.method == "POST" else None
    form = NewAccountForm(sent, initial=first, edition=code_of(request))
    if form.is_valid():
        if not take(REGISTRATIONS, profile.digest, now):
            return _register(request, pending, form)
        form.add_error(None, _("You tried this too often. Try again in an hour."))
    return render(request, "social/no.html", {"pending": pending, "form": form})


def _register(request: HttpRequest, pending: Pending, form: NewAccountForm) -> HttpResponse:
    now = clock.now()
    try:
        made = register_by_identity(
            profile=pending.profile,
            email=form.cleaned_data["email"],
            display_name=form.cleaned_data["display_name"],
            edition=code_of(request),
            language=getattr(request, "LANGUAGE_CODE", ""),
            now=now,
            privacy_shown=form.cleaned_data["privacy_shown"],
        )
    except Refused as error:
        return refused(request, error)
    if made is None:
        note_no(identity=pending.profile.digest, now=now)
        return redirect("account_email_verification_sent")
    settle(request.session, pending.profile, now)
    return log_in(request, made, pending.profile, pending.next_path)


def _expired(request: HttpRequest) -> HttpResponse:
    return render(request, "social/expired.html", status=410)

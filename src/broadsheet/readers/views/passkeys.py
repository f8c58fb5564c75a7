"""Removing a passkey, never the last way in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect

from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.remove_passkey import remove_passkey as remove
from broadsheet.readers.adapters.social import refused
from broadsheet.readers.queries.addresses import code_of
from broadsheet.readers.views.identity import own_id


class RemovePasskeyView(RemoveWebAuthnView):
    """Remove a passkey, after confirming one's identity again."""

    http_method_names = ("get", "head", "post")  # Django's view would answer DELETE by deleting unasked

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, unless nothing else would open the account."""
        request = self.request
        try:
            remove(reader_id=own_id(request), passkey_id=self.object.pk, edition=code_of(request))
        except Refused as error:
            return refused(request, error)
        get_adapter(request).add_message(request, messages.SUCCESS, "mfa/messages/webauthn_removed.txt")
        return HttpResponseRedirect(self.get_success_url())


remove_passkey = login_required(RemovePasskeyView.as_view())

"""Whether a person has just confirmed who they are, and the way to do it: allauth's reauthentication (ASVS 7.5.1)."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, stash_and_reauthenticate
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from broadsheet.kernel import clock
from broadsheet.readers.conf import CONFIRMED_FOR


def own_id(request: HttpRequest) -> int:
    """Return the number of the account that is logged in; asked only where one is."""
    return int(request.user.pk)  # type: ignore[arg-type]


def has_confirmed(request: HttpRequest) -> bool:
    """Return whether the identity was confirmed within the last five minutes.

    By password, passkey or code, where the account has one; else by having just signed in at a provider: logging in
    is all that such an account can do.
    """
    own = bool(get_reauthentication_flows(request.user))
    records = get_authentication_records(request, request.user)
    counted = [record["at"] for record in records if record.get("reauthenticated") or not own]
    return bool(counted) and clock.now().timestamp() - max(counted) < CONFIRMED_FOR.total_seconds()


def ask_to_confirm(request: HttpRequest, *, then: str, callback: str = "") -> HttpResponse:
    """Send the person to confirm who they are; afterwards they come to the address `then`.

    A `callback` (the path of a function `(request, state)`) goes on at once instead. It must see to it that the
    confirmation was given for it: what was left unfinished before would be picked up by the next one.
    """
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        return render(request, "account/confirm_by_login.html", {"then": then})
    if callback:
        stash_and_reauthenticate(request, {}, callback)
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: then})}")

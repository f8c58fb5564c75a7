"""The privacy gate: what changed in the policy, and two ways on (ACC-08)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.policies import PolicyView
from broadsheet.readers.actions.accept_policy import accept
from broadsheet.readers.forms.gate import GateForm
from broadsheet.readers.queries.acceptances import PRIVACY, gate_for, last_accepted


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest) -> HttpResponse:
    """Show the gate to whoever stands before it; others are led on, as are those who acknowledge the policy."""
    edition: EditionView | None = request.edition  # type: ignore[attr-defined]  # set by EditionOfAccounts
    if edition is None:
        raise Http404
    reader: Any = request.user
    policy = gate_for(reader_id=reader.pk, edition_code=edition.code, now=clock.now())
    if policy is None:
        return HttpResponseRedirect(_next(request) or edition.path)
    form = GateForm(request.POST or None, initial={"number": policy.number})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, edition, policy, form)
    try:
        accept(reader_id=reader.pk, edition_code=edition.code, number=form.cleaned_data["number"], now=clock.now())
    except Refused as refused:
        form = GateForm(initial={"number": policy.number})
        return _shown(request, edition, policy, form, meanwhile=str(refused.refusal))
    return HttpResponseRedirect(_next(request) or edition.path)


def _shown(
    request: HttpRequest, edition: EditionView, policy: PolicyView, form: GateForm, meanwhile: str = ""
) -> HttpResponse:
    reader: Any = request.user
    before = last_accepted(reader_id=reader.pk, edition_code=edition.code, kind=PRIVACY)
    context = {
        "edition": edition,
        "policy": policy,
        "form": form,
        "meanwhile": meanwhile,
        "difference": policy.difference_path(before) if before else "",
        "next": _next(request),
        "delete_path": f"{edition.path}accounts/delete/",
    }
    return render(request, "account/gate.html", context)


def _next(request: HttpRequest) -> str:
    """Return where the reader came from, empty where that isn't a page of this site (ASVS 3.7.2)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    secure = settings.PUBLIC_URL.startswith("https:")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=secure)
    return wanted if own else ""

"""The profile and "My data": what an account says, what is held of its owner, and taking it along (ACC-05, 06, 10)."""

import tempfile
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.actions.change_profile import change_profile
from broadsheet.readers.actions.keep_avatar import keep_avatar, remove_avatar
from broadsheet.readers.conf import AVATAR_BYTES
from broadsheet.readers.forms.profile import AvatarForm, ProfileForm
from broadsheet.readers.queries.everything import shown_parts, write_export
from broadsheet.readers.views.identity import ask_to_confirm, has_confirmed, own_id

PICTURES = Limit("pictures", times=20, per=timedelta(hours=1))  # of one account: reading one costs time and memory
IN_MEMORY = 8_000_000  # bytes of an archive; a larger one is made in a file without a name


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change name, language and choices of mail."""
    form = ProfileForm(request.POST or None, reader=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        try:
            change_profile(reader_id=own_id(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error("display_name", str(refused.refusal))
        else:
            messages.success(request, _("Your profile was saved."))
            return HttpResponseRedirect(reverse("account_profile"))
    return _page(request, form, AvatarForm())


@never_cache
@login_required
@require_POST
def picture(request: HttpRequest) -> HttpResponse:
    """Take a new picture, or remove the one that is there."""
    if "remove" in request.POST:
        remove_avatar(reader_id=own_id(request))
        messages.success(request, _("Your picture was removed."))
        return HttpResponseRedirect(reverse("account_profile"))
    form = AvatarForm(request.POST, request.FILES)
    if form.is_valid() and take(PICTURES, str(own_id(request)), clock.now()):
        form.add_error("picture", _("You sent many pictures within the last hour. Try again in a few minutes."))
    elif form.is_valid():
        try:
            content = form.cleaned_data["picture"].read(AVATAR_BYTES + 1)
            keep_avatar(reader_id=own_id(request), content=content)
        except Refused as refused:
            form.add_error("picture", str(refused.refusal))
        else:
            messages.success(request, _("Your picture was saved."))
            return HttpResponseRedirect(reverse("account_profile"))
    return _page(request, ProfileForm(reader=request.user), form)  # type: ignore[arg-type]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Show everything that is held of the reader."""
    zone = request.edition.zone  # type: ignore[attr-defined]
    return render(request, "account/my_data.html", {"parts": shown_parts(own_id(request), zone)})


@never_cache
@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Send everything as one archive, once the identity is confirmed; it is made anew each time and kept nowhere."""
    if not has_confirmed(request):
        return ask_to_confirm(request, then=reverse("account_my_data"))
    edition = request.edition  # type: ignore[attr-defined]
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with the answer
    write_export(file, reader=request.user, site=edition.account_domain, zone=edition.zone, language=edition.language)  # type: ignore[arg-type]
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{request.user.public_id}.zip")  # type: ignore[union-attr]
    response["Content-Type"] = "application/zip"
    return response


def _page(request: HttpRequest, form: ProfileForm, picture_form: AvatarForm) -> HttpResponse:
    wrong = bool(form.errors or picture_form.errors)
    values = {"form": form, "picture_form": picture_form, "reader": request.user}
    return render(request, "account/profile.html", values, status=422 if wrong else 200)

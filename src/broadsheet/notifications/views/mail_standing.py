"""Whether mail reaches the reader, and having it sent again after it came back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.notifications.actions.resume_mail import resume_mail
from broadsheet.notifications.queries.returned_mail import standing_of_reader, stopped_of_reader


@never_cache
@login_required(login_url="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: HttpRequest) -> HttpResponse:
    """Show how each address of the reader stands; on POST let all of them get optional mail again."""
    reader_id, now = request.user.pk or 0, clock.now()
    if request.method == "POST":
        for one in stopped_of_reader(reader_id, now):
            resume_mail(recipient=one.recipient, now=now)
        messages.success(request, _("What you chose is sent to you by mail again."))
        return redirect("mail_standing")
    found = standing_of_reader(reader_id, now)
    return render(request, "account/mail_standing.html", {"addresses": found, "stopped": any(one.why for one in found)})

"""Two people at one page: the second to save is told, and nothing of the first is lost or published over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, Revision

NOTED = "_saved_meanwhile"


@hooks.register("before_edit_page")
def note_what_came_between(request: HttpRequest, page: Page) -> None:
    """Note the revision that somebody saved after this editor's form was opened."""
    if request.method != "POST" or page.latest_revision_id is None:
        return
    seen = request.POST.get("overwrite_revision_id") or request.POST.get("loaded_revision_id")
    if seen and seen != str(page.latest_revision_id):
        setattr(request, NOTED, page.latest_revision_id)


@hooks.register("before_publish_page")
def do_not_publish_over_it(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep this editor's version as a draft where another came between, and say so."""
    other = _other(request)
    if other is None:
        return None
    messages.warning(request, _sentence(other, _("Your version is kept as a draft and was not published.")))
    return redirect(_comparison(page, other))


@hooks.register("after_edit_page")
def tell_what_came_between(request: HttpRequest, page: Page) -> None:
    """Say that both versions are there, and lead to their comparison."""
    other = _other(request)
    if other is not None:
        compare = messages.button(_comparison(page, other), _("Compare the versions"))
        messages.warning(request, _sentence(other, _("Yours is the newest now; the other is kept.")), buttons=[compare])


def _other(request: HttpRequest) -> Revision | None:
    number = getattr(request, NOTED, None)
    return Revision.objects.filter(pk=number).select_related("user").first() if number else None


def _sentence(other: Revision, end: str) -> str:
    values = {"name": str(other.user or _("Somebody")), "time": time_format(localtime(other.created_at))}
    return f"{_('%(name)s saved another version at %(time)s, after you opened yours.') % values} {end}"


def _comparison(page: Page, other: Revision) -> str:
    newest = page.get_latest_revision() or other
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, newest.pk])

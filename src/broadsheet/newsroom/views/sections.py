"""Who of the newsroom may write and publish where."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from broadsheet.newsroom.actions.roles import give_role
from broadsheet.newsroom.forms.roles import RoleForm
from broadsheet.newsroom.queries.roles import may_give_roles, member, members


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show everybody's role and sections."""
    _only_managers(request)
    return render(request, "desk/people.html", {"members": members()})


@require_http_methods(["GET", "POST"])
def confine(request: HttpRequest, number: int) -> HttpResponse:
    """Show one member's role and sections; store those chosen."""
    _only_managers(request)
    one = member(number)
    if one is None:
        raise Http404
    form = RoleForm(request.POST or None, member=one)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        give_role(user=one.person, role=role, sections=form.chosen(), by=request.user)
        messages.success(request, _("The role of %(name)s is changed.") % {"name": one.person})
        return redirect("newsroom_desk:people")
    return render(request, "desk/role.html", {"member": one, "form": form})


def _only_managers(request: HttpRequest) -> None:
    if not may_give_roles(request.user):
        raise PermissionDenied

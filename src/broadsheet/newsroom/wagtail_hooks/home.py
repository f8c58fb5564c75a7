"""The desk's home, and the menu's way to roles and sections."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from broadsheet.newsroom.queries.correction_notes import may_answer_notes
from broadsheet.newsroom.queries.desk_home import desk_home
from broadsheet.newsroom.queries.policy_drafts import may_write_policies
from broadsheet.newsroom.queries.roles import may_give_roles


class HomePanel(Component):
    """Drafts, approvals, schedules, what was published, and the fronts, of whoever looks."""

    name = "newsroom"
    template_name = "desk/home.html"
    order = 100

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the home of the user who asks."""
        return {"home": desk_home(parent_context["request"].user)}


class PeopleMenuItem(MenuItem):
    """Leads those who manage accounts to the roles of the newsroom."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may change accounts."""
        return may_give_roles(request.user)


class PoliciesMenuItem(MenuItem):
    """Leads chiefs and operators to the policies."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may write them."""
        return may_write_policies(request.user)


class CorrectionNotesMenuItem(MenuItem):
    """Leads editors to what readers hold to be wrong."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may publish anything."""
        return may_answer_notes(request.user)


@hooks.register("construct_homepage_panels")
def our_home(request: HttpRequest, panels: list[Any]) -> None:
    """Show the newsroom's own home instead of Wagtail's panels."""
    panels[:] = [HomePanel()]


@hooks.register("register_settings_menu_item")
def people_menu() -> MenuItem:
    """Return the menu's way to roles and sections."""
    return PeopleMenuItem(_("Roles and sections"), reverse_lazy("newsroom_desk:people"), icon_name="group", order=610)


@hooks.register("register_settings_menu_item")
def policies_menu() -> MenuItem:
    """Return the menu's way to the policies."""
    return PoliciesMenuItem(_("Policies"), reverse_lazy("newsroom_desk:policies"), icon_name="doc-full", order=620)


@hooks.register("register_reports_menu_item")
def correction_notes_menu() -> MenuItem:
    """Return the menu's way to correction notes."""
    return CorrectionNotesMenuItem(
        _("Correction notes"), reverse_lazy("newsroom_desk:correction_notes"), icon_name="comment", order=100
    )

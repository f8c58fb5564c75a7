"""The queue's place in the desk."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsroom.queries.roles import may_give_roles


class MailMenuItem(MenuItem):
    """Leads those who manage accounts to the mail that could not be sent."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may change accounts."""
        return may_give_roles(request.user)


@hooks.register("register_admin_urls")
def mail_url() -> list[URLResolver]:
    """Return the address of the queue."""
    return [path("mail/", include("broadsheet.notifications.urls.desk"))]


@hooks.register("register_reports_menu_item")
def mail_menu() -> MenuItem:
    """Return the menu's way to it."""
    return MailMenuItem(_("Mail"), reverse_lazy("notifications_queue"), icon_name="mail", order=900)

"""The places of mail, push and newsletters in the desk."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from broadsheet.newsroom.queries.publishable import publishes_somewhere
from broadsheet.newsroom.queries.roles import may_give_roles


class MailMenuItem(MenuItem):
    """Leads those who manage accounts to the mail that could not be sent."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may change accounts."""
        return may_give_roles(request.user)


class PublishersMenuItem(MenuItem):
    """Leads those who publish to what was pushed, and to newsletters."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may publish in some place."""
        return publishes_somewhere(request.user)


@hooks.register("register_admin_urls")
def mail_url() -> list[URLResolver]:
    """Return the addresses of the queue, of push and of newsletters."""
    return [
        path("mail/", include("broadsheet.notifications.urls.desk")),
        path("push/", include("broadsheet.notifications.urls.push_desk")),
        path("newsletters/", include("broadsheet.notifications.urls.newsletter_desk")),
    ]


@hooks.register("register_reports_menu_item")
def mail_menu() -> MenuItem:
    """Return the menu's way to it."""
    return MailMenuItem(_("Mail"), reverse_lazy("notifications_queue"), icon_name="mail", order=900)


@hooks.register("register_reports_menu_item")
def push_menu() -> MenuItem:
    """Return the menu's way to what was pushed."""
    return PublishersMenuItem(
        _("Push notifications"), reverse_lazy("notifications_pushes"), icon_name="mobile-alt", order=890
    )


@hooks.register("register_admin_menu_item")
def newsletters_menu() -> MenuItem:
    """Return the menu's way to newsletters."""
    return PublishersMenuItem(_("Newsletters"), reverse_lazy("notifications_newsletters"), icon_name="mail", order=310)


@hooks.register("register_page_header_buttons")
def push_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a public article to its push, where the user may publish it."""
    is_article = page.specific_class is not None and page.specific_class._meta.label_lower == "newsroom.articlepage"
    if is_article and page.live and page.permissions_for_user(user).can_publish():
        yield Button(
            _("Push notification"),
            reverse("notifications_push_write", args=[page.pk]),
            icon_name="mobile-alt",
            priority=6,
        )

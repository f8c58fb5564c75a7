"""Moderation's place in the desk."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from broadsheet.moderation.queries.roles import scope_of
from broadsheet.newsroom.queries.discussed import discussed


class ModerationMenuItem(MenuItem):
    """Leads those who moderate to the queue."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user moderates anywhere."""
        return scope_of(request.user.pk or 0) is not None


class ModeratorsMenuItem(MenuItem):
    """Leads chiefs to who moderates."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user says who moderates."""
        scope = scope_of(request.user.pk or 0)
        return scope is not None and scope.is_chief


@hooks.register("register_admin_urls")
def moderation_urls() -> list[URLResolver]:
    """Return the addresses of the moderators' screens."""
    return [path("moderation/", include("broadsheet.moderation.urls.desk"))]


@hooks.register("register_admin_menu_item")
def moderation_menu() -> MenuItem:
    """Return the menu's way to the queue."""
    return ModerationMenuItem(_("Moderation"), reverse_lazy("moderation_queue"), icon_name="comment", order=150)


@hooks.register("register_settings_menu_item")
def moderators_menu() -> MenuItem:
    """Return the menu's way to who moderates."""
    return ModeratorsMenuItem(_("Moderators"), reverse_lazy("moderation_moderators"), icon_name="group", order=615)


@hooks.register("register_page_header_buttons")
def discussion_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead those who moderate there from a public article to who may comment in its discussion."""
    scope = scope_of(user.pk or 0)
    article = discussed(page.pk or 0) if scope is not None else None
    if scope is not None and article is not None and scope.covers(article.edition_id, article.section_id):
        address = reverse("moderation_discussion", args=[article.article_id])
        yield Button(_("Discussion"), address, icon_name="comment", priority=60)

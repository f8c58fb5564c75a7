"""The desk's own look, menus and buttons."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from broadsheet.newsroom.conf import Kind
from broadsheet.newsroom.models import ArticlePage

# Menu entries of Wagtail that lead to other sites or to what this paper doesn't use.
LEFT_OUT = {"help", "documents", "forms", "redirects"}


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """Return the desk's own style."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    """Return the desk's own scripts; what they say stands beside them."""
    return format_html(
        '<script type="module" src="{}"></script><script type="module" src="{}"></script>'
        '<script type="module" src="{}" data-desk-here="{}" data-login="{}"'
        ' data-away="{}" data-stays="{}" data-enter="{}" data-check="{}"></script>',
        static("desk/desk.js"),
        static("desk/paste.js"),
        static("desk/session.js"),
        reverse("newsroom_desk:here"),
        f"{reverse('account_login')}?next={reverse('wagtailadmin_home')}",
        _("You are no longer logged in"),
        _("What you wrote is still on this page. Log in in another tab and come back: then it is saved."),
        _("Log in in another tab"),
        _("I have logged in"),
    )


@hooks.register("construct_main_menu")
def tidy_menu(request: HttpRequest, items: list[Any]) -> None:
    """Take out what leads away from the paper."""
    items[:] = [item for item in items if item.name not in LEFT_OUT]


@hooks.register("register_page_header_buttons")
def article_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from an article to its translations and, for a live blog, to its posts."""
    article = page.specific
    if isinstance(article, ArticlePage) and article.permissions_for_user(user).can_edit():
        yield from _buttons(article)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead from the list of articles to a live blog's posts."""
    article = page.specific
    if isinstance(article, ArticlePage) and article.permissions_for_user(user).can_edit():
        yield from _buttons(article)


def _buttons(article: ArticlePage) -> Iterator[Button]:
    if article.kind == Kind.LIVE:
        yield Button(_("Live posts"), reverse("newsroom_desk:live", args=[article.pk]), icon_name="history", priority=5)
    yield Button(
        _("Translations"), reverse("newsroom_desk:translations", args=[article.pk]), icon_name="globe", priority=70
    )

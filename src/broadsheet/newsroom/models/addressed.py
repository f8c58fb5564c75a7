"""Pages whose public address is ours, not the tree's."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class AddressedPage(Page):
    """A page with an address from `newsroom.rules.addresses`; the tree's own serving only redirects there."""

    find_path: ClassVar[Callable[[Any], str]]  # set by `newsroom.apps`: the query stands above the models

    exclude_fields_in_copy: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Write the page; a new one begins as a draft, however it came: publishing is the publish action's."""
        if self._state.adding:
            self.live = False
            self.has_unpublished_changes = True
            self.place()
        return super().save(*args, **kwargs)

    def place(self) -> None:
        """Note where in the tree a new page stands; for models that repeat it."""

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Return the widths in which the desk previews a page."""
        return [
            {"name": "phone", "icon": "mobile-alt", "device_width": 375, "label": _("Preview on a phone")},
            {"name": "tablet", "icon": "tablet-alt", "device_width": 820, "label": _("Preview on a tablet")},
            {"name": "desktop", "icon": "desktop", "device_width": 1440, "label": _("Preview on a desktop screen")},
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the page as readers would see it, drawn by the public face."""
        if self._state.adding:
            self.stand()
        self.is_previewed = True
        return import_string(settings.PREVIEW_RENDERER)(request, self, mode_name)

    def stand(self) -> None:
        """Note where in the tree the page stands, without storing anything."""

    def public_path(self) -> str:
        """Return the public path, beginning and ending with a slash."""
        return AddressedPage.find_path(self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return site, root address and path, as Wagtail's desk asks for its links."""
        return (1, settings.PUBLIC_URL, self.public_path())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        """Redirect to the public address."""
        return HttpResponseRedirect(self.public_path())

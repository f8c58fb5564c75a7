"""The root of the address map."""

from django.urls import include, path

from broadsheet.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("broadsheet.notifications.urls")),
    path("", include("broadsheet.readers.urls")),
    path("", include("broadsheet.newsroom.urls")),
    path("", include("broadsheet.web.urls")),
]

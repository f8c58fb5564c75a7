"""Addresses of notifications in the desk, below Wagtail's own (`wagtail_hooks`)."""

from django.urls import path

from broadsheet.notifications.views import desk

urlpatterns = [path("", desk.queue, name="notifications_queue")]

"""Addresses of push in the desk, below Wagtail's own (`wagtail_hooks`)."""

from django.urls import path

from broadsheet.notifications.views import push_desk

urlpatterns = [
    path("", push_desk.pushes, name="notifications_pushes"),
    path("article/<int:number>/", push_desk.write, name="notifications_push_write"),
    path("<int:push>/confirm/", push_desk.confirm, name="notifications_push_confirm"),
    path("<int:push>/recall/", push_desk.recall, name="notifications_push_recall"),
]

"""Addresses of notifications."""

from django.urls import path

from broadsheet.notifications.views import bell, mailbox, unsubscribing

urlpatterns = [
    path("accounts/notices/", bell.notices, name="notices"),
    path("accounts/unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("mailbox/", mailbox.mails, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.mail, name="mailbox_mail"),
    path("mailbox/<slug:name>/page/", mailbox.as_page, name="mailbox_page"),
]

"""Addresses of notifications."""

from django.urls import path

from broadsheet.notifications.views import (
    bell,
    mail_standing,
    mailbox,
    push,
    subscribing,
    subscriptions,
    unsubscribing,
)

urlpatterns = [
    path("accounts/notices/", bell.notices, name="notices"),
    path("accounts/mail/", mail_standing.standing, name="mail_standing"),
    path("accounts/unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("accounts/subscribe/", subscribing.subscribe, name="subscribe"),
    path("accounts/subscribe/<str:token>/", subscribing.confirm, name="subscribe_confirm"),
    path("accounts/subscriptions/", subscriptions.own, name="subscriptions"),
    path("accounts/subscriptions/<str:token>/", subscriptions.by_link, name="subscriptions_by_link"),
    path("accounts/push/", push.page, name="push"),
    path("accounts/push/dialog/", push.dialog, name="push_dialog"),
    path("accounts/push/subscription/", push.subscribe, name="push_subscribe"),
    path("accounts/push/subscription/state/", push.state, name="push_state"),
    path("accounts/push/subscription/change/", push.change, name="push_change"),
    path("accounts/push/subscription/withdraw/", push.withdraw, name="push_withdraw"),
    path("accounts/push/refuse/", push.refuse, name="push_refuse"),
    path("mailbox/", mailbox.mails, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.mail, name="mailbox_mail"),
    path("mailbox/<slug:name>/page/", mailbox.as_page, name="mailbox_page"),
]

"""Addresses of newsletters in the desk, below Wagtail's own (`wagtail_hooks`)."""

from django.urls import path

from broadsheet.notifications.views import newsletter_desk, newsletter_issues, newsletter_preview

urlpatterns = [
    path("", newsletter_desk.newsletters, name="notifications_newsletters"),
    path("new/<slug:edition>/", newsletter_desk.new, name="notifications_newsletter_new"),
    path("<int:number>/", newsletter_desk.issues, name="notifications_newsletter"),
    path("<int:number>/settings/", newsletter_desk.change, name="notifications_newsletter_settings"),
    path("<int:number>/retire/", newsletter_desk.retire, name="notifications_newsletter_retire"),
    path("<int:number>/write/", newsletter_desk.write, name="notifications_newsletter_write"),
    path("issues/<int:number>/", newsletter_issues.issue, name="notifications_newsletter_issue"),
    path("issues/<int:number>/send/", newsletter_issues.send, name="notifications_newsletter_send"),
    path("issues/<int:number>/change/", newsletter_issues.change, name="notifications_newsletter_change"),
    path(
        "issues/<int:number>/preview/<slug:kind>/", newsletter_preview.preview, name="notifications_newsletter_preview"
    ),
]

"""Addresses of moderation in the desk, below Wagtail's own (`wagtail_hooks`)."""

from django.urls import path

from broadsheet.moderation.views import accountability, accounts, case, deciding, moderators, quality, queue, searching

urlpatterns = [
    path("", queue.show, name="moderation_queue"),
    path("next/", queue.take, name="moderation_next"),
    path("settings/", queue.change, name="moderation_settings"),
    path("cases/<int:number>/", case.show, name="moderation_case"),
    path("cases/<int:number>/decide/", deciding.act, name="moderation_decide"),
    path("cases/<int:number>/undo/", deciding.take_back, name="moderation_undo"),
    path("cases/<int:number>/stay/", case.stay, name="moderation_stay"),
    path("comments/<int:number>/open/", case.begin, name="moderation_open"),
    path("accounts/<slug:user_id>/", accounts.show, name="moderation_account"),
    path("decisions/<int:number>/undo/", accounts.undo_one, name="moderation_undo_decision"),
    path("sanctions/<int:number>/annul/", accounts.ask, name="moderation_annul"),
    path("annulments/<int:number>/confirm/", accounts.confirm, name="moderation_confirm"),
    path("search/", searching.search, name="moderation_search"),
    path("accountability/", accountability.show, name="moderation_accountability"),
    path("accountability/statements/", accountability.statements, name="moderation_statements"),
    path("accountability/report/", accountability.report, name="moderation_report"),
    path("quality/", quality.show, name="moderation_quality"),
    path("moderators/", moderators.people, name="moderation_moderators"),
    path("moderators/<int:number>/", moderators.appoint, name="moderation_moderator"),
]

"""Addresses of moderation in the desk, below Wagtail's own (`wagtail_hooks`)."""

from django.urls import path

from broadsheet.moderation.views import (
    accounts,
    case,
    deciding,
    discussions,
    moderators,
    modes,
    quality,
    queue,
    roster,
    searching,
)

urlpatterns = [
    path("", queue.show, name="moderation_queue"),
    path("next/", queue.take, name="moderation_next"),
    path("settings/", queue.change, name="moderation_settings"),
    path("cases/<int:number>/", case.show, name="moderation_case"),
    path("cases/<int:number>/decide/", deciding.act, name="moderation_decide"),
    path("cases/<int:number>/undo/", deciding.take_back, name="moderation_undo"),
    path("cases/<int:number>/stay/", case.stay, name="moderation_stay"),
    path("comments/<int:number>/open/", case.begin, name="moderation_open"),
    path("comments/<int:number>/pick/", discussions.picking, name="moderation_pick"),
    path("accounts/<slug:user_id>/", accounts.show, name="moderation_account"),
    path("accounts/<slug:user_id>/badge/", accounts.name, name="moderation_badge"),
    path("decisions/<int:number>/undo/", accounts.undo_one, name="moderation_undo_decision"),
    path("sanctions/<int:number>/annul/", accounts.ask, name="moderation_annul"),
    path("annulments/<int:number>/confirm/", accounts.confirm, name="moderation_confirm"),
    path("search/", searching.search, name="moderation_search"),
    path("quality/", quality.show, name="moderation_quality"),
    path("modes/", modes.show, name="moderation_modes"),
    path("modes/new/", modes.rule, name="moderation_rule_new"),
    path("modes/<int:number>/", modes.rule, name="moderation_rule"),
    path("modes/<int:number>/remove/", modes.remove, name="moderation_rule_remove"),
    path("modes/put-back/", modes.put_back, name="moderation_rule_back"),
    path("discussions/<int:number>/", discussions.show, name="moderation_discussion"),
    path("shields/", discussions.raise_shield, name="moderation_shield"),
    path("shields/<int:number>/lift/", discussions.lift, name="moderation_shield_lift"),
    path("roster/", roster.show, name="moderation_roster"),
    path("roster/new/", roster.duty, name="moderation_duty_new"),
    path("roster/<int:number>/", roster.duty, name="moderation_duty"),
    path("roster/<int:number>/remove/", roster.remove, name="moderation_duty_remove"),
    path("moderators/", moderators.people, name="moderation_moderators"),
    path("moderators/<int:number>/", moderators.appoint, name="moderation_moderator"),
]

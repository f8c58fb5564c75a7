"""Addresses of the standards of one edition in the desk, for chiefs."""

from django.urls import path

from broadsheet.moderation.views import standards, standards_draft, standards_trials

urlpatterns = [
    path("versions/", standards.versions, name="moderation_standards_versions"),
    path("versions/<int:number>/", standards.version, name="moderation_standards_version"),
    path("versions/<int:number>/back/", standards.back, name="moderation_standards_back"),
    path("begin/", standards.begin, name="moderation_standards_begin"),
    path("draft/", standards_draft.edit, name="moderation_standards_draft"),
    path("draft/new/", standards_draft.new, name="moderation_standards_new"),
    path("draft/file/", standards_draft.file, name="moderation_standards_file"),
    path("draft/discard/", standards_draft.discard, name="moderation_standards_discard"),
    path("draft/clauses/<slug:code>/", standards_draft.clause, name="moderation_standards_clause"),
    path("draft/clauses/<slug:code>/remove/", standards_draft.remove, name="moderation_standards_remove"),
    path("draft/clauses/<slug:code>/learn/", standards_trials.learn, name="moderation_standards_learn"),
    path("trials/", standards_trials.order, name="moderation_standards_try"),
    path("trials/<int:number>/", standards_trials.show, name="moderation_standards_trial"),
    path("trials/<int:number>/cancel/", standards_trials.cancel, name="moderation_standards_cancel"),
    path("shadow/", standards_trials.shadow, name="moderation_standards_shadow"),
    path("switch/", standards_trials.switch, name="moderation_standards_switch"),
]

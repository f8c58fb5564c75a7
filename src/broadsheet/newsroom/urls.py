"""Addresses of the desk: the newsroom's own pages, and Wagtail's below them."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from broadsheet.newsroom.adapters.desk_answers import at_the_desk
from broadsheet.newsroom.views import (
    checks,
    correction_notes,
    crops,
    here,
    home,
    live,
    policies,
    radio,
    sections,
    translations,
)

desk_urls = decorate_urlpatterns(
    [
        path("articles/<int:number>/checks/", checks.show, name="checks"),
        path("articles/<int:number>/mark/", checks.mark, name="mark"),
        path("articles/<int:number>/links/", checks.try_links, name="links"),
        path("articles/<int:number>/live/", live.posts, name="live"),
        path("articles/<int:number>/live/<int:post>/", live.edit, name="live_edit"),
        path("articles/<int:number>/live/<int:post>/change/", live.change, name="live_change"),
        path("articles/<int:number>/translations/", translations.show, name="translations"),
        path("articles/<int:number>/translations/<int:edition>/", translations.change, name="translations_change"),
        path("pictures/<int:number>/crops/", crops.edit, name="crops"),
        path("editions/<int:edition>/notices/", checks.notices, name="notices"),
        path("editions/<int:edition>/new/", home.begin, name="begin"),
        path("sections/", sections.people, name="people"),
        path("sections/<int:number>/", sections.confine, name="confine"),
        path("policies/", policies.places, name="policies"),
        path("policies/<int:edition>/<slug:kind>/begin/", policies.begin, name="policy_begin"),
        path("policies/<int:number>/", policies.edit, name="policy"),
        path("policies/<int:number>/preview/", policies.preview, name="policy_preview"),
        path("policies/<int:number>/discard/", policies.discard, name="policy_discard"),
        path("notes/", correction_notes.show, name="correction_notes"),
        path("notes/<int:number>/", correction_notes.answer, name="correction_note"),
        path("radio/try/", radio.try_stream, name="radio_try"),
        path("here/", here.show, name="here"),
    ],
    require_admin_access,
)

urlpatterns = [
    *decorate_urlpatterns(
        [
            path("editor/desk/", include((desk_urls, "newsroom_desk"))),
            path("editor/", include(wagtailadmin_urls)),
        ],
        at_the_desk,
    ),
]

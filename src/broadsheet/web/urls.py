"""The whole public address map on one screen."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from broadsheet.web.engines import converters
from broadsheet.web.views import (
    article,
    assets,
    contact,
    correction,
    embed,
    errors,
    front,
    letters,
    lists,
    live,
    me,
    pending_picture,
    policies,
    reporting,
    search,
    section,
    standing,
)

register_converter(converters.EditionConverter, "edition")
register_converter(converters.PageNumberConverter, "leaf")
register_converter(converters.PolicyConverter, "policy")
register_converter(converters.VersionConverter, "version")
register_converter(converters.YearConverter, "year")
register_converter(converters.TwoDigitConverter, "two")

DAY = "<year:year>/<two:month>/<two:day>/"
REPORT = r"^accounts/comment/(?P<comment_id>[1-9][0-9]{0,17})/report/"
ARTICLE = r"(?P<section>[a-z0-9-]+)/(?P<day>[0-9]{8})(?P<number>[0-9]{10})(?:-(?P<slug>[^/]*))?/?$"

edition_urls: list[URLPattern | URLResolver] = [
    path("", front.show),
    path("manifest.webmanifest", assets.manifest),
    path("search/", search.show),
    path("search/suggest/", search.suggestions),
    path("all-news/", lists.all_news),
    path("all-news/<leaf:number>/", lists.all_news),
    path(f"all-news/{DAY}", lists.all_news),
    path(f"all-news/{DAY}<leaf:number>/", lists.all_news),
    path("all-news/<slug:section>/", lists.all_news),
    path("all-news/<slug:section>/<leaf:number>/", lists.all_news),
    path(f"all-news/<slug:section>/{DAY}", lists.all_news),
    path(f"all-news/<slug:section>/{DAY}<leaf:number>/", lists.all_news),
    path("multimedia/", lists.multimedia),
    path("multimedia/<leaf:number>/", lists.multimedia),
    path("tag/<slug:slug>/", lists.tag),
    path("tag/<slug:slug>/<leaf:number>/", lists.tag),
    path("author/<slug:slug>/", lists.author),
    path("author/<slug:slug>/<leaf:number>/", lists.author),
    path("corrections/", standing.corrections),
    path("corrections/<leaf:number>/", standing.corrections),
    path("page/<slug:slug>/", standing.info),
    path("contact/", contact.show),
    path("<policy:kind>/", policies.show),
    path("<policy:kind>/<version:number>/", policies.show),
    path("<policy:kind>/<version:number>/since/<version:since>/", policies.differences),
    path("standards/clauses.json", policies.clauses),
    path("standards/<version:number>/clauses.json", policies.clauses),
    re_path(ARTICLE, article.show),
    path("<slug:section>/", section.show),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("broadsheet.delivery.urls")),
    path("favicon.ico", assets.icon),
    path("me/", me.show, name="me"),
    path("accounts/contact/", contact.write, name="contact_form"),
    path("accounts/letter/", letters.write, name="letter_write"),
    path("accounts/letter/<str:token>/", letters.confirm, name="letter_confirm"),
    re_path(r"^accounts/correction/(?P<article_id>[1-9][0-9]{0,17})/$", correction.write, name="correction_write"),
    re_path(f"{REPORT}$", reporting.report, name="comment_report"),
    re_path(f"{REPORT}back/$", reporting.retract, name="comment_report_retract"),
    path("accounts/social/registration/<str:key>/picture/", pending_picture.show, name="social_picture"),
    re_path(r"^theme/(?P<colour>[0-9a-f]{6})\.css$", assets.theme),
    re_path(r"^embed/(?P<number>[0-9]{10})/(?P<place>[0-9]{1,3})/$", embed.show),
    re_path(r"^live/(?P<number>[0-9]{10})/since/(?P<fact>[0-9]{1,18})/$", live.since),
    path("<edition:edition>/", include(edition_urls)),
    path("", include(edition_urls)),
]

handler400 = errors.refused
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.failed

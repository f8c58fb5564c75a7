"""The whole public address map on one screen."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from broadsheet.web.engines import converters
from broadsheet.web.views import (
    accountability,
    article,
    assets,
    channel,
    comments,
    contact,
    correction,
    discussion,
    embed,
    errors,
    front,
    letters,
    listen,
    lists,
    live,
    me,
    moderation_file,
    newsletters,
    own_comments,
    pending_picture,
    policies,
    reporting,
    search,
    section,
    standing,
    taking_part,
)

register_converter(converters.EditionConverter, "edition")
register_converter(converters.PageNumberConverter, "leaf")
register_converter(converters.PolicyConverter, "policy")
register_converter(converters.VersionConverter, "version")
register_converter(converters.NumberConverter, "number")
register_converter(converters.YearConverter, "year")
register_converter(converters.TwoDigitConverter, "two")

MONTH = "<year:year>/<two:month>/"
DAY = "<year:year>/<two:month>/<two:day>/"
REPORT = r"^accounts/comment/(?P<comment_id>[1-9][0-9]{0,17})/report/"
_ARTICLE = r"(?P<section>[a-z0-9-]+)/(?P<day>[0-9]{8})(?P<number>[0-9]{10})(?:-(?P<slug>[^/]*))?"
ARTICLE = rf"{_ARTICLE}/?$"
_SORTED = rf"{_ARTICLE}/discussion/(?P<sort>newest|oldest|discussed)/"
_REPLIES = rf"{_ARTICLE}/discussion/replies/(?P<root>[1-9][0-9]{{0,17}})/"
_KEY = r"(?P<key>[0-9]{1,18}(?:\.[0-9]{1,18})?)/$"

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
    path("accountability/", accountability.newest),
    path(f"accountability/{MONTH}", accountability.one_month),
    path(f"accountability/{MONTH}figures.csv", accountability.table),
    path(f"accountability/{MONTH}figures.json", accountability.for_machines),
    path("contact/", contact.show),
    re_path(r"^channel/(?P<number>[0-9]{10})/$", channel.offer),
    re_path(r"^channel/(?P<number>[0-9]{10})/show/$", channel.show),
    path("listen/", listen.show),
    path("listen/bar/", listen.bar),
    path("listen/now.json", listen.now),
    path("newsletters/", newsletters.offered),
    path("newsletters/<number:newsletter>/", newsletters.past),
    path("newsletters/<number:newsletter>/<leaf:number>/", newsletters.past),
    path("n/<number:number>/", newsletters.issue),
    path("n/<number:number>/<version:place>/", newsletters.follow),
    path("<policy:kind>/", policies.show),
    path("<policy:kind>/<version:number>/", policies.show),
    path("<policy:kind>/<version:number>/since/<version:since>/", policies.differences),
    path("standards/clauses.json", policies.clauses),
    path("standards/<version:number>/clauses.json", policies.clauses),
    re_path(ARTICLE, article.show),
    re_path(rf"{_ARTICLE}/discussion/$", discussion.whole),
    re_path(rf"{_SORTED}$", discussion.first, name="thread_page"),
    re_path(rf"{_SORTED}{_KEY}", discussion.after, name="thread_page"),
    re_path(rf"{_REPLIES}$", discussion.replies, name="thread_replies"),
    re_path(rf"{_REPLIES}(?P<after>[1-9][0-9]{{0,17}})/$", discussion.replies, name="thread_replies"),
    path("<slug:section>/", section.show),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("broadsheet.delivery.urls")),
    path("favicon.ico", assets.icon),
    path("push-worker.js", assets.push_worker),
    path("me/", me.show, name="me"),
    path("me/discussion/<number:article_id>/", taking_part.me, name="me_discussion"),
    path("accounts/comment/<number:article_id>/", comments.write, name="comment_write"),
    path("accounts/comment/<number:comment_id>/posted/", comments.posted, name="comment_posted"),
    path("accounts/comment/<number:comment_id>/edit/", own_comments.edit, name="comment_edit"),
    path("accounts/comment/<number:comment_id>/withdraw/", own_comments.withdraw, name="comment_withdraw"),
    path("accounts/comment/<number:comment_id>/ignore/", taking_part.ignore, name="comment_ignore"),
    path("accounts/discussion/<number:article_id>/follow/", taking_part.follow, name="thread_follow"),
    path("accounts/discussions/", taking_part.listed, name="my_discussions"),
    path("accounts/contact/", contact.write, name="contact_form"),
    path("accounts/moderation-file/", moderation_file.file, name="moderation_file"),
    path("accounts/statements/<slug:puid>/", moderation_file.statement, name="statement"),
    path("accounts/letter/", letters.write, name="letter_write"),
    path("accounts/letter/<str:token>/", letters.confirm, name="letter_confirm"),
    re_path(r"^accounts/correction/(?P<article_id>[1-9][0-9]{0,17})/$", correction.write, name="correction_write"),
    re_path(f"{REPORT}$", reporting.report, name="comment_report"),
    re_path(f"{REPORT}back/$", reporting.retract, name="comment_report_retract"),
    path("accounts/social/registration/<str:key>/picture/", pending_picture.show, name="social_picture"),
    re_path(r"^theme/(?P<colour>[0-9a-f]{6})\.css$", assets.theme),
    re_path(r"^embed/(?P<number>[0-9]{10})/(?P<place>[0-9]{1,3})/$", embed.show),
    re_path(r"^comment/(?P<number>[1-9][0-9]{0,14})/$", discussion.permalink, name="comment_permalink"),
    re_path(r"^live/(?P<number>[0-9]{10})/stream$", live.no_stream),
    re_path(r"^live/(?P<number>[0-9]{10})/comments/since/(?P<fact>[0-9]{1,18})/$", live.comments_since),
    re_path(r"^live/(?P<number>[0-9]{10})/since/(?P<fact>[0-9]{1,18})/$", live.since),
    path("<edition:edition>/", include(edition_urls)),
    path("", include(edition_urls)),
]

handler400 = errors.refused
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.failed

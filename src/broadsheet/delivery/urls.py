"""Delivery's addresses."""

from django.urls import URLPattern, URLResolver, re_path

from broadsheet.delivery.views import counting, feeds, for_machines, health, pictures, short_links

FILE = r"feeds/(?P<file>rss\.xml|atom\.xml|feed\.json)$"
EDITION = r"^(?:(?P<edition>[a-z]{2,3}(?:-[a-z0-9]{2,8})*)/)?"
SLUG = r"(?P<slug>[-a-zA-Z0-9_]+)"

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^img/(?P<rest>.+)$", pictures.show),
    re_path(r"^s/new/(?P<public_id>[0-9]{10})/?$", short_links.tell),
    re_path(r"^s/(?P<code>[1-9A-HJ-NP-Za-km-z]{1,6})/?$", short_links.follow),
    re_path(r"^views/(?P<public_id>[0-9]{10})/$", counting.viewed),
    re_path(rf"{EDITION}{FILE}", feeds.edition_feed),
    re_path(rf"{EDITION}tag/{SLUG}/{FILE}", feeds.tag_feed),
    re_path(rf"{EDITION}author/{SLUG}/{FILE}", feeds.author_feed),
    re_path(rf"{EDITION}(?P<section>[-a-zA-Z0-9_]+)/{FILE}", feeds.section_feed),
    re_path(r"^sitemap\.xml$", for_machines.index),
    re_path(r"^sitemap/(?P<edition>[a-z0-9-]+)/news\.xml$", for_machines.news),
    re_path(r"^sitemap/(?P<edition>[a-z0-9-]+)/(?P<number>[0-9]{1,6})\.xml$", for_machines.part),
    re_path(r"^robots\.txt$", for_machines.robots),
    re_path(r"^tdm-policy/$", for_machines.mining_policy),
    re_path(r"^\.well-known/tdmrep\.json$", for_machines.mining),
    re_path(r"^\.well-known/security\.txt$", for_machines.security),
    re_path(r"^health/?$", health.health),
    re_path(r"^metrics/?$", health.metrics),
]

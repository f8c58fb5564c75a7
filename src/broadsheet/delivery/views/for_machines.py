"""Sitemaps, robots.txt, and what machines may do with the paper."""

import json
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from broadsheet.delivery.engines.dependencies import depends_on
from broadsheet.delivery.engines.pagestore import stored
from broadsheet.delivery.queries.pictures import share_picture
from broadsheet.delivery.rules.robots import robots_text
from broadsheet.delivery.rules.sitemaps import News, Url, sitemap, sitemap_index
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.cards import picture_views
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions, root_edition
from broadsheet.newsroom.queries.feed_parts import SitemapRow, count_of_articles, sitemap_rows, tag_slugs_of

PER_PART = 2000
NEWS_FOR = timedelta(days=2)
MOST_NEWS = 1000
XML = "application/xml; charset=utf-8"


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _edition(code: str) -> EditionView:
    edition = edition_by_code(code)
    if edition is None:
        raise Http404
    depends_on("site", f"edition:{edition.id}", f"edition:{edition.id}:lists")
    return edition


@stored(refresh_after=86_400)
def index(request: HttpRequest) -> HttpResponse:
    """All sitemaps."""
    depends_on("site")
    found = []
    for edition in editions():
        depends_on(f"edition:{edition.id}", f"edition:{edition.id}:lists")
        parts = -(-count_of_articles(edition.id) // PER_PART)
        found += [f"/sitemap/{edition.code}/{part}.xml" for part in range(parts + 1)]
        found.append(f"/sitemap/{edition.code}/news.xml")
    return HttpResponse(sitemap_index(_absolute(path) for path in found), content_type=XML)


@stored
def part(request: HttpRequest, edition: str, number: str) -> HttpResponse:
    """One part: 0 are fronts, sections, tags and standing pages, the others articles, oldest first."""
    found = _edition(edition)
    if int(number) == 0:
        paths = [found.path, *(each.path for each in found.sections), *(each.path for each in found.pages)]
        paths += [f"{found.path}tag/{slug}/" for slug in tag_slugs_of(found.id)]
        paths.append(f"{found.path}accountability/")
        return HttpResponse(sitemap(Url(_absolute(path)) for path in paths), content_type=XML)
    rows = sitemap_rows(found, skip=(int(number) - 1) * PER_PART, count=PER_PART)
    if not rows:
        raise Http404
    return HttpResponse(sitemap(_urls(rows)), content_type=XML)


@stored(refresh_after=600)
def news(request: HttpRequest, edition: str) -> HttpResponse:
    """The articles of the last two days."""
    found = _edition(edition)
    rows = sitemap_rows(found, count=MOST_NEWS, within=NEWS_FOR)
    urls = [
        Url(url.address, url.changed, url.others, url.picture, News(found.name, found.language, row.published_at, row.headline))
        for url, row in zip(_urls(rows), rows, strict=True)
    ]  # fmt: skip
    return HttpResponse(sitemap(urls), content_type=XML)


def _urls(rows: list[SitemapRow]) -> list[Url]:
    pictures = picture_views({row.picture_id for row in rows if row.picture_id})
    return [
        Url(
            _absolute(row.path),
            row.changed_at,
            tuple((language, _absolute(path)) for language, path in row.others),
            share_picture(pictures[row.picture_id])[0] if row.picture_id in pictures else "",
        )
        for row in rows
    ]


@stored
def robots(request: HttpRequest) -> HttpResponse:
    """What is asked of robots."""
    text = robots_text(settings.PUBLIC_URL, refuse_training=settings.ENV.switch("BROADSHEET_AI_ROBOTS"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@stored
def mining(request: HttpRequest) -> HttpResponse:
    """The reservation of text and data mining, for machines (TDMRep)."""
    told = [{"location": "/", "tdm-reservation": 1, "tdm-policy": _absolute("/tdm-policy/")}]
    return HttpResponse(json.dumps(told, indent=1), content_type="application/json; charset=utf-8")


def mining_policy(request: HttpRequest) -> HttpResponse:
    """The reservation for people: the page that the newsroom wrote on it, or a sentence where there is none."""
    for edition in [each for each in (root_edition(), *editions()) if each]:
        for page in edition.pages:
            if page.purpose == "mining":
                return HttpResponseRedirect(page.path)
    text = _(
        "The rights in the text, pictures and data of this paper are reserved. Whoever wants to mine them asks first."
    )
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8")


@stored(refresh_after=7 * 86_400)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    depends_on("site", *(f"edition:{edition.id}" for edition in editions()))
    address = next((each.contact_address for each in editions() if each.contact_address), settings.DEFAULT_FROM_EMAIL)
    expires = (clock.now() + timedelta(days=300)).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{address}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Canonical: {_absolute('/.well-known/security.txt')}",
        f"Preferred-Languages: {', '.join(dict.fromkeys(each.language for each in editions())) or 'en'}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")

"""Tags, authors, all news and multimedia: lists with their pages in the path."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from broadsheet.delivery.engines.pagestore import stored
from broadsheet.kernel import clock
from broadsheet.newsroom.conf import MULTIMEDIA
from broadsheet.newsroom.queries.cards import cards_of_author, cards_of_tag, newest
from broadsheet.newsroom.queries.editions import EditionView, SectionView
from broadsheet.newsroom.queries.term_pages import author_detail, tag_detail
from broadsheet.web.conf import ALL_NEWS_PER_PAGE, PAGES, PER_PAGE
from broadsheet.web.queries.frame import Feed, frame, same_word_elsewhere, section_elsewhere, shown_keys
from broadsheet.web.queries.structured import absolute, publisher
from broadsheet.web.rules import structured
from broadsheet.web.rules.paging import Leaf, leaf
from broadsheet.web.views.framing import edition_page, page


@stored
@edition_page
def tag(request: HttpRequest, edition: EditionView, slug: str, number: int = 1) -> HttpResponse:
    """Show the articles with a tag."""
    found = tag_detail(edition, slug)
    if found is None:
        raise Http404
    cards = cards_of_tag(found.view.id, count=PER_PAGE + 1, skip=_skip(number, PER_PAGE))
    turned = _leaf(found.view.path, number, cards, PER_PAGE)
    head = _frame(
        edition, found.view.name, turned, found.elsewhere, feed=Feed(found.view.name, f"{found.view.path}feeds/")
    )
    keys = [f"tag:{found.view.id}", *shown_keys(turned.cards)]
    return page("pages/tag.html", keys, frame=head, leaf=turned, tag=found.view)


@stored
@edition_page
def author(request: HttpRequest, edition: EditionView, slug: str, number: int = 1) -> HttpResponse:
    """Show who an author is, and what they signed."""
    found = author_detail(edition, slug)
    if found is None:
        raise Http404
    view = found.view
    cards = cards_of_author(view.id, count=PER_PAGE + 1, skip=_skip(number, PER_PAGE))
    turned = _leaf(view.path, number, cards, PER_PAGE)
    who = structured.person(publisher(edition), name=view.name, url=absolute(view.path), role=view.role, bio=found.bio)
    head = _frame(
        edition, view.name, turned, found.elsewhere,
        feed=Feed(view.name, f"{view.path}feeds/"), structured=who, description=found.bio or view.role,
    )  # fmt: skip
    pictures = [view.picture] if view.picture else []
    keys = [f"author:{view.id}", *shown_keys(turned.cards, pictures)]
    return page("pages/author.html", keys, frame=head, leaf=turned, author=found)


@stored
@edition_page
def multimedia(request: HttpRequest, edition: EditionView, number: int = 1) -> HttpResponse:
    """Show galleries, cartoons, infographics, films and recordings."""
    cards = newest(edition.id, kinds=MULTIMEDIA, count=PER_PAGE + 1, skip=_skip(number, PER_PAGE))
    turned = _leaf(f"{edition.path}multimedia/", number, cards, PER_PAGE)
    head = _frame(edition, _("Multimedia"), turned, same_word_elsewhere(edition, "multimedia/"))
    keys = [f"edition:{edition.id}:lists", *shown_keys(turned.cards)]
    return page("pages/multimedia.html", keys, frame=head, leaf=turned)


@stored
@edition_page
def all_news(
    request: HttpRequest, edition: EditionView, section: str = "", number: int = 1, **day: int
) -> HttpResponse:
    """Show everything, newest first, by day and section (PAGE-05)."""
    chosen = edition.section(section) if section else None
    if section and chosen is None:
        raise Http404
    on = _day(day)
    path = _all_news_path(edition, chosen, on)
    since, until = _span(edition, on) if on else (None, None)
    cards = newest(
        edition.id,
        section_id=chosen.id if chosen else None,
        count=ALL_NEWS_PER_PAGE + 1,
        skip=_skip(number, ALL_NEWS_PER_PAGE),
        since=since,
        until=until,
    )
    turned = _leaf(path, number, cards, ALL_NEWS_PER_PAGE)
    today = clock.now().astimezone(edition.zone).date()
    filters = {
        "section": chosen,
        "day": on,
        "sections": [
            (None, _all_news_path(edition, None, on)),
            *((s, _all_news_path(edition, s, on)) for s in edition.sections),
        ],
        "days": [(near, _all_news_path(edition, chosen, near)) for near in _days_around(on, today)],
        "any_day": _all_news_path(edition, chosen, None),
    }
    there = [] if on else (section_news(chosen) if chosen else same_word_elsewhere(edition, "all-news/"))
    head = _frame(edition, _("All news"), turned, there, robots="noindex" if on and not cards else "")
    keys = [f"edition:{edition.id}:lists", *shown_keys(turned.cards)]
    return page("pages/all_news.html", keys, frame=head, leaf=turned, filters=filters)


def section_news(section: SectionView) -> list[tuple[EditionView, str]]:
    """Return the same section's archive in the other editions."""
    return [
        (edition, f"{edition.path}all-news/{path.rstrip('/').rsplit('/', 1)[-1]}/")
        for edition, path in section_elsewhere(section)
    ]


def _frame(edition: EditionView, name: str, turned: Leaf, there: Any, **parts: Any) -> Any:
    """Return the frame of a list's page; only first pages have counterparts in other editions."""
    title = name if turned.number == 1 else _("%(name)s, page %(number)s") % {"name": name, "number": turned.number}
    parts.setdefault(
        "structured",
        structured.collection(
            publisher(edition), name=name, url=absolute(turned.path), description="", language=edition.language
        ),
    )
    if not parts.get("robots"):
        parts.pop("robots", None)
    first = turned.number == 1
    return frame(
        edition, title=title, path=turned.path, translations=there if first else (),
        previous=turned.newer, following=turned.older, **parts,
    )  # fmt: skip


def _leaf(path: str, number: int, cards: list[Any], size: int) -> Leaf:
    if number > PAGES or (number > 1 and not cards):
        raise Http404
    return leaf(path, number, cards, size)


def _skip(number: int, size: int) -> int:
    return (min(number, PAGES) - 1) * size


def _day(words: dict[str, int]) -> date | None:
    if not words:
        return None
    try:
        return date(words["year"], words["month"], words["day"])
    except ValueError as error:
        raise Http404 from error


def _span(edition: EditionView, on: date) -> tuple[datetime, datetime]:
    start = datetime.combine(on, time(), edition.zone)
    return start, datetime.combine(on + timedelta(days=1), time(), edition.zone)


def _days_around(on: date | None, today: date) -> list[date]:
    """Return the week of days to choose from: ending today, or around the chosen one."""
    last = min(today, on + timedelta(days=3)) if on else today
    return [last - timedelta(days=back) for back in range(7)]


def _all_news_path(edition: EditionView, section: SectionView | None, on: date | None) -> str:
    path = f"{edition.path}all-news/"
    if section is not None:
        path += f"{section.slug}/"
    return f"{path}{on:%Y/%m/%d}/" if on else path

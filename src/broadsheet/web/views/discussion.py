"""Pages of a discussion, and the address of each comment (DIS-01).

The first page of each order is stored. Pages that begin after a key are rendered each time: there are as many as
comments, and anybody can ask for any (docs/decisions/0015).
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import public_headers
from broadsheet.delivery.engines.pagestore import stored
from broadsheet.discussion.conf import REPLIES_SHOWN
from broadsheet.discussion.queries.comments import comment_views
from broadsheet.discussion.queries.thread_pages import Sort, first_replies, place_of, replies_page
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.articles import ArticleDetail, article_by_number, detail
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.standing import was_public
from broadsheet.web.queries.discussion import (
    discussion_of,
    doors,
    page_path,
    replies_path,
    shown,
    shown_replies,
)
from broadsheet.web.queries.frame import frame, shown_keys
from broadsheet.web.views.errors import gone
from broadsheet.web.views.framing import edition_page, moved, page

ROBOTS = "noindex, follow"  # the article's page is what search engines should lead to


@stored
@edition_page
def first(request: HttpRequest, edition: EditionView, sort: str, **words: str) -> HttpResponse:
    """Show the first page of the discussion in this order."""
    return _page(request, edition, Sort(sort), None, words)


@require_safe
@edition_page
def after(request: HttpRequest, edition: EditionView, sort: str, key: str, **words: str) -> HttpResponse:
    """Show the page of the discussion that begins after the key."""
    return _uncached(request, _page(request, edition, Sort(sort), key, words))


@require_safe
@edition_page
def replies(request: HttpRequest, edition: EditionView, root: str, after: str = "0", **words: str) -> HttpResponse:
    """Show the replies below a comment, with the comment itself."""
    article = _article(words["number"])
    if article is None:
        return _uncached(request, _absent(request, edition, words))
    root_id, begin = int(root), int(after)
    if request.path != (path := replies_path(article.card.path, root_id, begin)):
        return moved(path)
    card = article.card
    view = comment_views([root_id]).get(root_id)
    if view is None or view.thread_id != card.id or view.parent_id is not None or place_of(root_id) is None:
        raise Http404
    found = replies_page(root_id, after=begin)
    following = replies_path(card.path, root_id, found.next) if found.next else ""
    head = frame(card.edition, title=_title(article), path=path, section=card.section, robots=ROBOTS)
    return _uncached(
        request,
        page(
            "pages/replies.html", frame=head, card=card, root=shown(view, doors(card.edition, card.id)),
            replies=shown_replies(found, card), following=following, back=page_path(card.path, Sort.NEWEST),
            is_first=not begin, whole=replies_path(card.path, root_id),
        ),
    )  # fmt: skip


@stored
@edition_page
def whole(request: HttpRequest, edition: EditionView, **words: str) -> HttpResponse:
    """Lead to the article's page, which shows the discussion's beginning."""
    article = _article(words["number"])
    if article is None:
        return _absent(request, edition, words)
    return moved(f"{article.card.path}#discussion")


@require_safe
def permalink(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to the page where the comment stands now; 404 alike for none and for one that nobody else sees."""
    place = place_of(int(number), Sort.NEWEST)
    card = cards_by_id([place.article_id]).get(place.article_id) if place is not None else None
    if place is None or card is None:
        raise Http404
    path = page_path(card.path, Sort.NEWEST, place.key)
    if place.after is not None and int(number) not in first_replies(place.root_id, REPLIES_SHOWN):
        path = replies_path(card.path, place.root_id, place.after)
    return _uncached(request, HttpResponseRedirect(f"{path}#comment-{number}"))


def _page(
    request: HttpRequest, edition: EditionView, sort: Sort, key: str | None, words: dict[str, str]
) -> HttpResponse:
    article = _article(words["number"])
    if article is None:
        return _absent(request, edition, words)
    if request.path != (path := page_path(article.card.path, sort, key)):
        return moved(path)
    try:
        found = discussion_of(article, sort, key)
    except Refused:
        raise Http404 from None
    card = article.card
    head = frame(
        card.edition, title=_title(article), path=path, section=card.section, robots=ROBOTS,
        following=found.following.partition("#")[0],
    )  # fmt: skip
    return page("pages/discussion.html", (*found.keys, *shown_keys([card])), frame=head, card=card, discussion=found)


def _title(article: ArticleDetail) -> str:
    return _("Discussion: %(headline)s") % {"headline": article.card.headline}


def _article(number: str) -> ArticleDetail | None:
    article = article_by_number(int(number))
    return detail(article) if article is not None else None


def _absent(request: HttpRequest, edition: EditionView, words: dict[str, str]) -> HttpResponse:
    if was_public(int(words["number"])):
        return gone(request, edition)
    raise Http404


def _uncached(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the answer the headers of public pages: nobody keeps it."""
    for name, value in public_headers(request.path):
        response.setdefault(name, value)
    response.setdefault(
        "Cache-Control", "no-store" if response.status_code == 302 else "public, max-age=0, must-revalidate"
    )
    return response

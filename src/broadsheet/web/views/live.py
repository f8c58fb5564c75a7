"""New posts of a live blog and new comments, as pages put them in place."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.comment_events import rendered
from broadsheet.delivery.engines.headers import public_headers
from broadsheet.delivery.engines.streams import REPLAY
from broadsheet.discussion.queries.changes import comment_changes, recent_number
from broadsheet.kernel import clock
from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.queries.articles import article_by_number
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.live_posts import live_changes, live_posts
from broadsheet.web.engines.richtext import Writer, notice_keys, page_links
from broadsheet.web.queries.article_page import ShownPost


@require_safe
def since(request: HttpRequest, number: str, fact: str) -> HttpResponse:
    """Return the posts that appeared or changed after a fact's number, and the ids of those removed."""
    article = article_by_number(int(number))
    if article is None or article.kind != "live":
        raise Http404
    latest = latest_number()
    changed, removed = live_changes(article.pk, after=int(fact))
    posts = live_posts(article.pk, only=changed)
    edition = edition_by_id(article.edition_id)
    cards = cards_by_id(sorted({page for post in posts for page in page_links(post.text)}))
    notices = [key for block in article.body.raw_data for key in notice_keys(str(block.get("value", "")))]
    writer = Writer({pk: card.path for pk, card in cards.items()}, notices)
    with translation.override(edition.language), timezone.override(edition.zone):
        template = get_template("parts/live_post.html")
        html = [
            {"id": post.id, "key": post.key, "pinned": post.pinned, "at": post.at.isoformat(),
             "html": template.render({"shown": ShownPost(post, mark_safe(writer.write(post.text))), "frame": None})}
            for post in posts
        ]  # fmt: skip
    answer = {"number": latest, "posts": html, "removed": removed, "ended": article.live_ends_at is not None}
    return _soon_old(request, answer)


@require_safe
def comments_since(request: HttpRequest, number: str, fact: str) -> HttpResponse:
    """Return the comments of an article that came, changed or went after a fact's number; `reload` where too many did.

    After 0: what the page may not show yet that was opened just now. For browsers that hold no stream.
    """
    article = article_by_number(int(number))
    if article is None:
        raise Http404
    latest = latest_number()
    after = int(fact) or recent_number(clock.now())
    changes = comment_changes(article.pk, after=after, newest=latest, limit=REPLAY)
    told = [{"number": number, **shown} for number, shown in rendered(article.pk, changes or ())]
    return _soon_old(request, {"number": latest, "comments": told, "reload": changes is None})


@require_safe
def no_stream(request: HttpRequest, number: str) -> HttpResponse:
    """Say that this server holds no streams: browsers ask every so often instead, and don't come again for one."""
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    return response


def _soon_old(request: HttpRequest, answer: dict[str, object]) -> HttpResponse:
    response = JsonResponse(answer)
    for name, value in public_headers(request.path):
        response.setdefault(name, value)
    response["Cache-Control"] = "public, max-age=1"
    return response

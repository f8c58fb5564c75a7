"""An article's discussion at another network: offered first, shown once a reader asks for it (DIS-07)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.engines.headers import letting_in
from broadsheet.discussion.queries.channels import Tab, channel_tab, shown_elsewhere
from broadsheet.newsroom.queries.articles import ArticleDetail, article_by_number, detail
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.web.queries.frame import frame
from broadsheet.web.views.framing import edition_page, page


@require_safe
@edition_page
def offer(request: HttpRequest, edition: EditionView, number: str) -> HttpResponse:
    """Say what would be asked, and lead to it: for browsers without scripts."""
    article, tab = _found(edition, number)
    title = _("Comment via %(network)s") % {"network": tab.network}
    head = frame(edition, title=title, path=tab.path, section=article.card.section, robots="noindex, follow")
    answer = page("pages/channel.html", frame=head, card=article.card, tab=tab)
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@edition_page
def show(request: HttpRequest, edition: EditionView, number: str) -> HttpResponse:
    """Show the discussion elsewhere; only the reader's click leads here."""
    article, tab = _found(edition, number)
    shown = shown_elsewhere(tab)
    answer = page("pages/channel_shown.html", edition=edition, card=article.card, tab=tab, shown=shown)
    for name, value in letting_in(request.path, frame=f"https://{tab.host}" if shown.frame else ""):
        answer[name] = value
    answer["Cache-Control"] = "no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _found(edition: EditionView, number: str) -> tuple[ArticleDetail, Tab]:
    row = article_by_number(int(number))
    article = detail(row) if row is not None and row.edition_id == edition.id else None
    tab = channel_tab(article) if article is not None else None
    if article is None or tab is None:
        raise Http404
    return article, tab

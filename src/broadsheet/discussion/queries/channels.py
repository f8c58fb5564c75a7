"""An article's discussion elsewhere, as it is offered and as it is shown."""

from dataclasses import dataclass

from broadsheet.discussion.engines.channels import ADAPTERS, Shown
from broadsheet.newsroom.queries.articles import ArticleDetail
from broadsheet.newsroom.queries.channels import Elsewhere, discussed_elsewhere

__all__ = ["Shown", "Tab", "channel_tab", "shown_elsewhere"]


@dataclass(frozen=True, slots=True)
class Tab:
    """The second tab of a discussion: who would be asked is said before anybody is."""

    elsewhere: Elsewhere
    path: str
    by_browser: bool

    @property
    def network(self) -> str:
        """Return the network's name."""
        return self.elsewhere.network

    @property
    def host(self) -> str:
        """Return the host that is asked."""
        return self.elsewhere.host


def channel_tab(article: ArticleDetail) -> Tab | None:
    """Return the tab of the article's discussion elsewhere; None where there is none."""
    place = discussed_elsewhere(article)
    adapter = ADAPTERS.get(place.kind) if place is not None else None
    if place is None or adapter is None:
        return None
    return Tab(place, f"{article.card.edition.path}channel/{article.card.public_id:010d}/", adapter.by_browser)


def shown_elsewhere(tab: Tab) -> Shown:
    """Return the discussion elsewhere; asks for it, where the paper and not the browser does."""
    return ADAPTERS[tab.elsewhere.kind].show(tab.elsewhere)

"""The picture of an article for those who show it elsewhere."""

from broadsheet.delivery.queries.pictures import share_picture
from broadsheet.newsroom.queries.cards import ArticleCard


def share_url(card: ArticleCard) -> str:
    """Return the address of the article's picture at the size for shares, empty where it has none."""
    return share_picture(card.picture)[0] if card.picture is not None else ""

"""Where an article is discussed besides the paper itself."""

from django.conf import settings

from broadsheet.newsroom.queries.articles import ArticleDetail
from broadsheet.newsroom.rules.channels import Elsewhere, elsewhere

__all__ = ["Elsewhere", "discussed_elsewhere"]


def discussed_elsewhere(article: ArticleDetail) -> Elsewhere | None:
    """Return where the edition's network discusses the article, None where it doesn't."""
    card = article.card
    return elsewhere(
        card.edition.channel,
        url=f"{settings.PUBLIC_URL}{card.path}",
        number=f"{card.public_id:010d}",
        post=article.channel_post,
    )

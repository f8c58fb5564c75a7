"""Keeps the index in step with what the newsroom announces."""

from broadsheet.kernel.facts import handles
from broadsheet.newsroom.facts import ArticlePublished, ArticleWithdrawn, LivePostChanged, TermChanged
from broadsheet.search.actions.index import index_article, rename_term


@handles(ArticlePublished, LivePostChanged)
def index(happened: ArticlePublished | LivePostChanged) -> None:
    """Index the article as it is now."""
    index_article(article_id=happened.article_id)


@handles(ArticleWithdrawn)
def forget(happened: ArticleWithdrawn) -> None:
    """Forget the article, unless it is public again."""
    index_article(article_id=happened.article_id)


@handles(TermChanged)
def rename(happened: TermChanged) -> None:
    """Suggest a tag or author by its new name."""
    if happened.kind in {"tag", "author"}:
        rename_term(kind=happened.kind, term_id=happened.term_id)

"""Drops what this process remembers of lists when an article, picture or edition changes anywhere."""

from broadsheet.kernel.facts import Fact, follows
from broadsheet.newsroom.facts import (
    ArticlePublished,
    ArticleWithdrawn,
    EditionChanged,
    EditionsChanged,
    PictureChanged,
    TermChanged,
)
from broadsheet.web.queries.rails import forget_rails


@follows(ArticlePublished, ArticleWithdrawn, EditionChanged, EditionsChanged, PictureChanged, TermChanged)
def forget(happened: Fact, number: int) -> None:
    """Read the lists afresh at the next page."""
    forget_rails()

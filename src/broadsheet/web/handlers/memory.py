"""Drops what this process remembers of lists and rules when one of them changes anywhere."""

from broadsheet.discussion.facts import ModeRulesChanged
from broadsheet.kernel.facts import Fact, follows
from broadsheet.newsroom.facts import (
    ArticlePublished,
    ArticleWithdrawn,
    EditionChanged,
    EditionsChanged,
    PictureChanged,
    TermChanged,
)
from broadsheet.web.queries.discussion_rules import forget_rules
from broadsheet.web.queries.rails import forget_rails


@follows(ArticlePublished, ArticleWithdrawn, EditionChanged, EditionsChanged, PictureChanged, TermChanged)
def forget(happened: Fact, number: int) -> None:
    """Read the lists afresh at the next page."""
    forget_rails()


@follows(ModeRulesChanged)
def forget_modes(happened: Fact, number: int) -> None:
    """Read the rules about modes afresh at the next page."""
    forget_rules()

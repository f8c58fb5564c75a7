"""Drops what this process remembers of editions and their rulebooks when one changes anywhere."""

from broadsheet.kernel.facts import Fact, follows
from broadsheet.newsroom.facts import (
    EditionChanged,
    EditionsChanged,
    InfoPagePublished,
    LayoutPublished,
    PolicyPublished,
    PolicyTookEffect,
    RulebookChanged,
)
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks


@follows(EditionChanged, EditionsChanged, InfoPagePublished, LayoutPublished, PolicyPublished, PolicyTookEffect)
def forget(happened: Fact, number: int) -> None:
    """Read editions afresh at the next question."""
    forget_editions()


@follows(EditionChanged, EditionsChanged, RulebookChanged)
def forget_judging(happened: Fact, number: int) -> None:
    """Read rulebooks afresh at the next question; names and addresses of the edition are filled in there."""
    forget_rulebooks()

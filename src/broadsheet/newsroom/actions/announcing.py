"""Says what happened to an article, with everything that showed it before and shows it now."""

from typing import Any

from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.facts import ArticlePublished, ArticleWithdrawn
from broadsheet.newsroom.queries.whereabouts import Standing


def say_published(now: Standing, *, before: Standing | None, first: bool) -> None:
    """Announce that a version is public; where it left another section, that it is gone from there."""
    if before is not None and before.is_public and before.section_id != now.section_id:
        say_withdrawn(before)
    announce(ArticlePublished(**_about(now, before), first=first, at=clock.now()))


def say_withdrawn(before: Standing) -> None:
    """Announce that the article is gone from everywhere it was shown."""
    announce(ArticleWithdrawn(**_about(before, None), at=clock.now()))


def _about(standing: Standing, before: Standing | None) -> dict[str, Any]:
    both = (standing, before) if before is not None else (standing,)
    return {
        "article_id": standing.article_id,
        "public_id": standing.public_id,
        "edition_id": standing.edition_id,
        "section_id": standing.section_id,
        "tag_ids": tuple(sorted({tag for one in both for tag in one.tag_ids})),
        "author_ids": tuple(sorted({author for one in both for author in one.author_ids})),
        "translation_ids": tuple(sorted({other for one in both for other in one.translation_ids})),
    }

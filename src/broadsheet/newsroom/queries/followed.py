"""What was published in sections, under tags and by authors in a time, for those who follow them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline
from broadsheet.newsroom.queries.cards import ArticleCard, cards, listed


@dataclass(frozen=True, slots=True)
class Followed:
    """Sections, tags and authors by their rows; `everything`: whatever the edition publishes."""

    sections: Collection[int] = field(default=())
    tags: Collection[int] = field(default=())
    authors: Collection[int] = field(default=())
    everything: bool = False


def published_in(
    edition_id: int, followed: Followed, *, since: datetime, until: datetime, count: int
) -> tuple[list[ArticleCard], int]:
    """Return the newest public articles of what is followed, at most `count`, and how many there are in all.

    Each once, whatever it stands under; those that became public after `since`, `until` at the latest.
    """
    rows = listed().filter(edition_id=edition_id, listed_at__gt=since, listed_at__lte=until)
    if not followed.everything:
        tagged = ArticleTag.objects.filter(tag_id__in=followed.tags, listed_at__gt=since, listed_at__lte=until)
        signed = Byline.objects.filter(author_id__in=followed.authors, listed_at__gt=since, listed_at__lte=until)
        rows = rows.filter(
            Q(section_id__in=followed.sections)
            | Q(pk__in=tagged.values("article_id"))
            | Q(pk__in=signed.values("article_id"))
        )
    found = cards(rows[:count])
    return found, len(found) if len(found) < count else rows.count()


def last_published(*, since: datetime, until: datetime) -> dict[tuple[str, int], datetime]:
    """Return when something was last published after `since`, `until` at the latest, by what it stands under.

    The keys are `news` with the edition's row, `section`, `tag` and `author` with their own; what has nothing new is
    not among them.
    """
    last: dict[tuple[str, int], datetime] = {}
    articles = ArticlePage.objects.filter(listed_at__gt=since, listed_at__lte=until).order_by("listed_at")
    numbers = []
    for number, edition_id, section_id, at in articles.values_list("pk", "edition_id", "section_id", "listed_at"):
        numbers.append(number)
        last["news", edition_id] = last["section", section_id] = at
    for kind, rows in (("tag", _of(ArticleTag, since, until)), ("author", _of(Byline, since, until))):
        for number, at in rows.values_list(f"{kind}_id", "listed_at"):
            last[kind, number] = at
    return last


def _of(model: type[ArticleTag | Byline], since: datetime, until: datetime) -> QuerySet[Any]:
    return model._default_manager.filter(listed_at__gt=since, listed_at__lte=until).order_by("listed_at")

"""What else to read after an article, and why (ART-11): from the article alone, never from the reader."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.delivery.rules import likeness
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.articles import ArticleDetail, TagView, tags_by_article
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.related import Candidate, candidates

COUNT = 4
Shared = tuple[float, TagView | str | None]  # its weight; a tag, an author's name, or None for the text itself


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An article to read next; `reasons` are sentences in the page's language, the weightiest first."""

    card: ArticleCard
    reasons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Choice:
    """An article chosen, by its database id, with the sentences that say why."""

    article_id: int
    reasons: tuple[str, ...]
    score: float


def recommended(article: ArticleCard | ArticleDetail, count: int = COUNT) -> list[Recommendation]:
    """Return what to read next: one query to choose, and those of the cards shown."""
    chosen = choices(article, count)
    shown = cards_by_id([choice.article_id for choice in chosen])
    return [
        Recommendation(shown[choice.article_id], choice.reasons, choice.score)
        for choice in chosen
        if choice.article_id in shown
    ]


def choices(article: ArticleCard | ArticleDetail, count: int = COUNT) -> list[Choice]:
    """Return what to read next without the cards, for pages that ask for more cards at once: one query."""
    card = article.card if isinstance(article, ArticleDetail) else article
    tags = article.tags if isinstance(article, ArticleDetail) else tags_by_article(card.id, card.edition)
    found = candidates(
        card.id,
        edition_id=card.edition.id,
        section_id=card.section.id,
        tags=[tag.id for tag in tags],
        authors=[author.id for author in card.authors],
    )
    scored = sorted(_scored(card, tags, found), key=lambda item: (-item[0], -item[1].article_id))[:count]
    return [
        Choice(candidate.article_id, _reasons(card, shared), round(score, 3)) for score, candidate, shared in scored
    ]


def _scored(
    card: ArticleCard, tags: tuple[TagView, ...], found: list[Candidate]
) -> list[tuple[float, Candidate, list[Shared]]]:
    """Return each candidate with its score and with what the two articles share."""
    language, now = card.edition.language, clock.now()
    own = likeness.stems(f"{card.headline} {card.standfirst}", language)
    words = {each.article_id: likeness.stems(f"{each.headline} {each.standfirst}", language) for each in found}
    weights = likeness.rarity([own, *words.values()])
    authors = {author.id: author.name for author in card.authors}
    result = []
    for each in found:
        shared: list[Shared] = [(likeness.TAG_WEIGHTS.get(tag.kind, 1.0), tag) for tag in tags if tag.id in each.tags]
        shared += [(likeness.AUTHOR_WEIGHT, authors[number]) for number in each.authors if number in authors]
        alike = likeness.likeness(own, words[each.article_id], weights)
        if alike >= likeness.TEXT_COUNTS_FROM:
            shared.append((likeness.TEXT_WEIGHT * alike, None))
        fresh = likeness.FRESH_WEIGHT * likeness.freshness(each.listed_at, now)
        result.append((sum(weight for weight, _what in shared) + fresh, each, shared))
    return result


def _reasons(card: ArticleCard, shared: list[Shared]) -> tuple[str, ...]:
    """Return what two articles share as sentences, the weightiest first."""
    if not shared:
        return (_("New in %(section)s") % {"section": card.section.name},)
    return tuple(_reason(what) for _weight, what in sorted(shared, key=lambda part: -part[0]))


def _reason(what: TagView | str | None) -> str:
    """Return why a shared tag, an author's name or the text (None) matters, as the reader is told."""
    if what is None:
        return _("On the same subject")
    if isinstance(what, str):
        return _("Also by %(name)s") % {"name": what}
    return _tag_reason(what)


def _tag_reason(tag: TagView) -> str:
    """Return why a shared tag matters, as the reader is told."""
    if tag.kind == "place":
        return _("Also from %(name)s") % {"name": tag.name}
    return _("Also about %(name)s") % {"name": tag.name}

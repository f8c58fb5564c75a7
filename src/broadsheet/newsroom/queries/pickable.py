"""Public articles that an editor looks for by words of their headlines."""

from collections.abc import Collection

from broadsheet.newsroom.queries.cards import ArticleCard, cards, listed

LONGEST_SEARCH, MOST_WORDS = 100, 6


def pickable(
    edition_id: int, *, words: str = "", sections: Collection[int] = (), without: Collection[int] = (), count: int = 12
) -> list[ArticleCard]:
    """Return the newest public articles of the edition, of these sections where any are named, but for those `without`.

    Each of the `words` stands in the headline, the title for phones or the standfirst.
    """
    rows = listed().filter(edition_id=edition_id)
    if sections:
        rows = rows.filter(section_id__in=list(sections))
    for word in words[:LONGEST_SEARCH].split()[:MOST_WORDS]:
        found = rows.filter(title__icontains=word) | rows.filter(standfirst__icontains=word)
        rows = found | rows.filter(short_title__icontains=word)
    return cards(rows.exclude(pk__in=list(without))[:count], signed=False)

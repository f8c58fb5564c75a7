"""Suggestions while a reader types."""

from dataclasses import dataclass

from django.db.models import Q

from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.search.conf import QUERY_LENGTH, QUERY_WORDS
from broadsheet.search.engines import engine
from broadsheet.search.models import SearchDocument, SearchName
from broadsheet.search.rules.words import fold, words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that begins as typed: `kind` is tag, author or article; `path` leads there."""

    text: str
    kind: str
    path: str


def suggest(prefix: str, *, edition_id: int, count: int = 8) -> list[Suggestion]:
    """Return tags and authors, then headlines, with a word that begins so; nothing under two letters."""
    folded = tuple(fold(word) for word in words(prefix[:QUERY_LENGTH]))[:QUERY_WORDS]
    if not folded or len("".join(folded)) < 2:
        return []
    typed = " ".join(folded)
    names = SearchName.objects.filter(edition_id=edition_id).filter(
        Q(folded__startswith=typed) | Q(folded__contains=f" {typed}")
    )
    found = [Suggestion(row.name, row.kind, row.path) for row in names.order_by("folded")[: count // 2]]
    documents = engine().begin(folded, (f"e{edition_id}",), count)
    articles = dict(SearchDocument.objects.filter(pk__in=documents).values_list("pk", "article_id"))
    cards = cards_by_id(list(articles.values()))
    for document in documents:
        card = cards.get(articles.get(document, 0))
        if card and len(found) < count:
            found.append(Suggestion(card.headline, "article", card.path))
    return found

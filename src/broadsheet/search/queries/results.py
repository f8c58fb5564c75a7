"""One page of what was found."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import editions
from broadsheet.search.conf import FRESH_DAYS, PER_PAGE, RANKED
from broadsheet.search.engines import engine
from broadsheet.search.models import SearchDocument
from broadsheet.search.rules.query import Query, parse
from broadsheet.search.rules.snippets import marked, snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found, with the words that were looked for in `<mark>`."""

    card: ArticleCard
    headline_html: SafeString
    snippet_html: SafeString


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results. There is no count of all: counting costs more than finding."""

    hits: list[Hit] = field(default_factory=list)
    has_next: bool = False
    page: int = 1
    understood: bool = True


def search(  # noqa: PLR0913 - the filters of ART-14
    query: str,
    *,
    edition_id: int | None = None,
    section_id: int | None = None,
    kind: str = "",
    author_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> SearchPage:
    """Return the page of articles that hold every word of the query, the best and newest first.

    `understood` is false where the query has no word at all. `until` is exclusive.
    """
    languages = tuple(dict.fromkeys(e.language for e in editions() if edition_id in (None, e.id)))
    parsed = parse(query, languages or ("en",))
    if not parsed:
        return SearchPage(understood=False)
    page = max(1, min(page, RANKED // per_page))
    filters = _filters(edition_id, section_id, kind, author_id)
    found = engine().match(parsed, filters, RANKED)
    ranked = _ranked(found, since, until)
    shown = ranked[(page - 1) * per_page : page * per_page]
    return SearchPage(hits=_hits(shown, parsed), has_next=len(ranked) > page * per_page, page=page, understood=True)


def _filters(edition_id: int | None, section_id: int | None, kind: str, author_id: int | None) -> tuple[str, ...]:
    chosen = (("e", edition_id), ("s", section_id), ("k", kind), ("a", author_id))
    filters = tuple(f"{mark}{value}" for mark, value in chosen if value)
    # Editions that are not live are found by nobody.
    return filters or ()


def _ranked(found: list[tuple[int, float]], since: datetime | None, until: datetime | None) -> list[int]:
    """Return ids by weight and freshness, within the times; the id's upper bits are seconds."""
    now = clock.now().timestamp()
    low = since.timestamp() if since else float("-inf")
    high = until.timestamp() if until else float("inf")
    scored = []
    for number, weight in found:
        at = number >> 26
        if low <= at < high:
            age = max(0.0, (now - at) / 86_400)
            scored.append((weight * (1 + 1 / (1 + age / FRESH_DAYS)), number))
    scored.sort(reverse=True)
    return [number for _score, number in scored]


def _hits(numbers: list[int], query: Query) -> list[Hit]:
    documents = SearchDocument.objects.in_bulk(numbers)
    cards = cards_by_id([document.article_id for document in documents.values()])
    wanted = query.stems()
    hits = []
    for number in numbers:
        document = documents.get(number)
        card = cards.get(document.article_id) if document else None
        if document is None or card is None:
            continue
        body_stems = document.stems_body.split(" ")
        in_body = not wanted.isdisjoint(body_stems)
        text, stems = (
            (document.body, body_stems) if in_body else (document.standfirst, document.stems_standfirst.split(" "))
        )
        hits.append(
            Hit(
                card=card,
                headline_html=marked(document.headline, document.stems_headline.split(" "), wanted),
                snippet_html=snippet(text or document.body, stems if text else body_stems, wanted),
            )
        )
    return hits

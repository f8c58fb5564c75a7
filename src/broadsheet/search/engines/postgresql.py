"""PostgreSQL's tsvector, over stems that were made before: its `simple` configuration only splits at blanks."""

from django.db import connection

from broadsheet.search.conf import WEIGHTS
from broadsheet.search.rules.query import Query

VECTOR = (
    "setweight(to_tsvector('simple', stems_headline), 'A') || setweight(to_tsvector('simple', stems_tags), 'B') || "
    "setweight(to_tsvector('simple', stems_standfirst), 'C') || "
    "setweight(to_tsvector('simple', left(stems_body, 600000)), 'D')"
)
CREATE = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector, ADD COLUMN word_vector tsvector, "
    "ADD COLUMN filter_vector tsvector",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
    "CREATE INDEX search_document_words ON search_document USING gin (word_vector)",
)
DROP = ("ALTER TABLE search_document DROP COLUMN vector, DROP COLUMN word_vector, DROP COLUMN filter_vector",)


def put(document_id: int) -> None:
    """Index the stored document."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE search_document SET vector = {VECTOR}, word_vector = to_tsvector('simple', words), "  # noqa: S608
            "filter_vector = to_tsvector('simple', filters) WHERE id = %s",
            [document_id],
        )


def drop(document_id: int) -> None:
    """Forget nothing: the index goes with its row."""


def match(query: Query, filters: tuple[str, ...], limit: int) -> list[tuple[int, float]]:
    """Return the newest matches with their weights."""
    wanted = " & ".join(f"({' | '.join(_phrase(phrase) for phrase in group)})" for group in query.wanted)
    for group in query.unwanted:
        wanted = f"({wanted}) & !({' | '.join(_phrase(phrase) for phrase in group)})"
    headline, standfirst, body, tags = (weight / max(WEIGHTS) for weight in WEIGHTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ts_rank(%s::real[], vector, to_tsquery('simple', %s), 1) FROM search_document WHERE id IN "
            "(SELECT id FROM search_document WHERE vector @@ to_tsquery('simple', %s) "
            "AND (%s = '' OR filter_vector @@ to_tsquery('simple', %s)) ORDER BY id DESC LIMIT %s)",
            [[body, standfirst, tags, headline], wanted, wanted, *2 * [_filters(filters)], limit],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def begin(folded: tuple[str, ...], filters: tuple[str, ...], limit: int) -> list[int]:
    """Return the newest documents whose headline has these words, the last one as a beginning."""
    terms = [_phrase((word,)) for word in folded[:-1]] + [f"{_phrase((folded[-1],))}:*"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM search_document WHERE word_vector @@ to_tsquery('simple', %s) "
            "AND filter_vector @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT %s",
            [" & ".join(terms), _filters(filters), limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _filters(filters: tuple[str, ...]) -> str:
    return " & ".join(_phrase((name,)) for name in filters)


def _phrase(phrase: tuple[str, ...]) -> str:
    quoted = ("'" + word.replace("\\", "").replace("'", "") + "'" for word in phrase)
    return "(" + " <-> ".join(quoted) + ")" if len(phrase) > 1 else next(quoted)

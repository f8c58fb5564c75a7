"""SQLite's FTS5, over stems that were made before: its tokenizer only splits at blanks."""

from django.db import connection

from broadsheet.search.conf import WEIGHTS
from broadsheet.search.rules.query import Query

COLUMNS = "stems_headline, stems_standfirst, stems_body, stems_tags, words, filters"
CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5("
    f"{COLUMNS}, content='search_document', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\", prefix='2 3')"
)
DROP = "DROP TABLE IF EXISTS search_fts"


def put(document_id: int) -> None:
    """Index the stored document; the caller dropped its former words before changing them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO search_fts(rowid, {COLUMNS}) SELECT id, {COLUMNS} FROM search_document WHERE id = %s",  # noqa: S608
            [document_id],
        )


def drop(document_id: int) -> None:
    """Forget the document's words, as they are stored now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO search_fts(search_fts, rowid, {COLUMNS}) "  # noqa: S608
            f"SELECT 'delete', id, {COLUMNS} FROM search_document WHERE id = %s",
            [document_id],
        )


def match(query: Query, filters: tuple[str, ...], limit: int) -> list[tuple[int, float]]:
    """Return the newest matches with their weights."""
    expression = _expression(query, filters)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC LIMIT %s", [expression, limit]
        )
        rows = [row[0] for row in cursor.fetchall()]
        if not rows:
            return []
        cursor.execute(
            "SELECT rowid, -bm25(search_fts, %s, %s, %s, %s, 0, 0) FROM search_fts "
            "WHERE search_fts MATCH %s AND rowid >= %s",
            [*WEIGHTS, expression, rows[-1]],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def begin(folded: tuple[str, ...], filters: tuple[str, ...], limit: int) -> list[int]:
    """Return the newest documents whose headline has these words, the last one as a beginning."""
    terms = [_quote((word,)) for word in folded[:-1]] + [f"{_quote((folded[-1],))}*"]
    wanted = " AND ".join(f"words : {term}" for term in terms)
    expression = " AND ".join([*(f"filters : {_quote((name,))}" for name in filters), f"({wanted})"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC LIMIT %s", [expression, limit]
        )
        return [row[0] for row in cursor.fetchall()]


def _expression(query: Query, filters: tuple[str, ...]) -> str:
    text = "{stems_headline stems_standfirst stems_body stems_tags}"
    wanted = " AND ".join(f"({' OR '.join(_quote(phrase) for phrase in group)})" for group in query.wanted)
    parts = [*(f"filters : {_quote((name,))}" for name in filters), f"{text} : ({wanted})"]
    expression = " AND ".join(f"({part})" for part in parts)
    for group in query.unwanted:
        expression = f"({expression}) NOT ({text} : ({' OR '.join(_quote(phrase) for phrase in group)}))"
    return expression


def _quote(phrase: tuple[str, ...]) -> str:
    inner = " ".join(phrase).replace('"', "")
    return f'"{inner}"'

"""Which articles may interest the readers of another, in one query at any size of archive."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline

PER_TERM = 30  # the newest of each tag, author and section; older ones would not be recommended anyway
MOST_TERMS = 12


@dataclass(slots=True)
class Candidate:
    """An article that shares something with another: tags, authors or only the section."""

    article_id: int
    headline: str
    standfirst: str
    listed_at: datetime
    tags: set[int] = field(default_factory=set)
    authors: set[int] = field(default_factory=set)


def candidates(
    article_id: int, *, edition_id: int, section_id: int, tags: list[int], authors: list[int]
) -> list[Candidate]:
    """Return the newest public articles of the edition that share a tag, an author or the section."""
    parts: list[str] = []
    values: list[int] = []
    for kind, model, column, terms in (
        ("t", ArticleTag, "tag_id", tags[:MOST_TERMS]),
        ("a", Byline, "author_id", authors[:3]),
    ):
        for term in terms:
            parts.append(
                f"SELECT '{kind}' AS why, {column} AS term, article_id FROM (SELECT {column}, article_id"  # noqa: S608
                f" FROM {model._meta.db_table} WHERE {column} = %s AND listed_at IS NOT NULL"
                f" ORDER BY listed_at DESC LIMIT {PER_TERM}) AS {kind}{len(parts)}"
            )
            values.append(term)
    table = ArticlePage._meta.db_table
    parts.append(
        f"SELECT 's' AS why, section_id AS term, page_ptr_id AS article_id FROM (SELECT section_id, page_ptr_id"  # noqa: S608
        f" FROM {table} WHERE section_id = %s AND listed_at IS NOT NULL"
        f" ORDER BY listed_at DESC, public_id DESC LIMIT {PER_TERM}) AS s"
    )
    statement = (
        f"SELECT why, term, article_id, title, standfirst, listed_at FROM ({' UNION ALL '.join(parts)}) AS shared"  # noqa: S608
        f" JOIN {table} ON page_ptr_id = article_id JOIN wagtailcore_page ON wagtailcore_page.id = article_id"
        " WHERE edition_id = %s AND listed_at IS NOT NULL AND article_id <> %s"
    )
    converters = ArticlePage._meta.get_field("listed_at").get_db_converters(connection)
    converters += connection.ops.get_db_converters(ArticlePage._meta.get_field("listed_at").get_col(table))
    found: dict[int, Candidate] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, section_id, edition_id, article_id])
        for why, term, pk, title, standfirst, at in cursor.fetchall():
            entry = found.get(pk)
            if entry is None:
                for convert in converters:
                    at = convert(at, None, connection)  # noqa: PLW2901 - SQLite keeps times as text
                entry = found[pk] = Candidate(pk, title, standfirst, at)
            if why != "s":
                (entry.tags if why == "t" else entry.authors).add(term)
    return list(found.values())

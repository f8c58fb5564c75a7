"""Keeps the index in step with the articles."""

from collections.abc import Iterator

from django.db import transaction

from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.cards import listed
from broadsheet.newsroom.queries.terms import term_name
from broadsheet.newsroom.queries.text import ArticleText, article_text
from broadsheet.search.engines import engine
from broadsheet.search.models import SearchDocument, SearchName
from broadsheet.search.rules.words import fold, stems, words

TURN = "search-index"


def index_article(*, article_id: int) -> bool:
    """Make the index say what the article says now; forget it where it isn't public. Return whether it is."""
    with transaction.atomic():
        take_turn(TURN)  # before reading: what another process has just written is read, not written over
        text = article_text(article_id)
        _forget(article_id)
        if text is None:
            return False
        document = SearchDocument.objects.create(**_row(text))
        engine().put(document.pk)
        _put_names(text)
    return True


def forget_article(*, article_id: int) -> None:
    """Take the article out of the index."""
    with transaction.atomic():
        take_turn(TURN)
        _forget(article_id)


def rebuild_index() -> Iterator[int]:
    """Index every public article anew and forget the others; yields the count done, for progress."""
    public = list(listed().values_list("pk", flat=True))
    gone = set(SearchDocument.objects.values_list("article_id", flat=True)) - set(public)
    for article_id in gone:
        forget_article(article_id=article_id)
    for done, article_id in enumerate(public, start=1):
        index_article(article_id=article_id)
        yield done


@transaction.atomic
def rename_term(*, kind: str, term_id: int) -> None:
    """Let suggestions know a tag or author by its present name; one that is gone is forgotten."""
    take_turn(TURN)
    name = term_name(kind, term_id)
    rows = SearchName.objects.filter(kind=kind, term_id=term_id)
    if name is None:
        rows.delete()
    else:
        rows.update(name=name, folded=_folded(name))


def _forget(article_id: int) -> None:
    for document in SearchDocument.objects.filter(article_id=article_id).values_list("pk", flat=True):
        engine().drop(document)
        SearchDocument.objects.filter(pk=document).delete()


def _row(text: ArticleText) -> dict[str, object]:
    tags = " ".join([*(tag.name for tag in text.tags), *(author.name for author in text.authors)])
    filters = [f"e{text.edition_id}", f"s{text.section_id}", f"k{text.kind}"]
    filters += [f"a{author.id}" for author in text.authors]
    return {
        # Seconds since the epoch, then the article: ascends with time, unique, the same at each indexing.
        "id": (int(text.published_at.timestamp()) << 26) | (text.article_id & 0x3FFFFFF),
        "article_id": text.article_id,
        "edition_id": text.edition_id,
        "section_id": text.section_id,
        "kind": text.kind,
        "published_at": text.published_at,
        "headline": text.headline,
        "standfirst": text.standfirst,
        "body": text.body,
        "stems_headline": " ".join(stems(text.headline, text.language)),
        "stems_standfirst": " ".join(stems(text.standfirst, text.language)),
        "stems_body": " ".join(stems(text.body, text.language)),
        "stems_tags": " ".join(stems(f"{tags} {text.short_title}", text.language)),
        "words": " ".join(fold(word) for word in words(text.headline)),
        "filters": " ".join(filters),
    }


def _put_names(text: ArticleText) -> None:
    for kind, terms in (("tag", text.tags), ("author", text.authors)):
        for term in terms:
            SearchName.objects.update_or_create(
                kind=kind,
                term_id=term.id,
                defaults={
                    "edition_id": text.edition_id,
                    "name": term.name,
                    "path": term.path,
                    "folded": _folded(term.name),
                },
            )


def _folded(name: str) -> str:
    return " ".join(fold(word) for word in words(name))[:200]

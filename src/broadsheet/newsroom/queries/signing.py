"""Who signs which articles; one person signs in several editions under one key."""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from broadsheet.newsroom.models import Author, Byline

PORTION = 500


def signed_by(article_ids: Iterable[int], key: UUID) -> set[int]:
    """Return those of the articles that the author signs; one question for each few hundred."""
    numbers, found = iter(article_ids), set()
    while portion := list(islice(numbers, PORTION)):
        rows = Byline.objects.filter(article_id__in=portion, author__translation_key=key)
        found |= set(rows.values_list("article_id", flat=True))
    return found


def signers() -> list[tuple[UUID, str]]:
    """Return key and name of everybody who signs articles, by name, each once; one question."""
    found: dict[UUID, str] = {}
    for key, name in Author.objects.order_by("pk").values_list("translation_key", "name"):
        found.setdefault(key, name)
    return sorted(found.items(), key=lambda pair: pair[1].casefold())

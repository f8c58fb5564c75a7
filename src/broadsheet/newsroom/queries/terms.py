"""Authors and tags by name and address."""

from collections.abc import Iterable

from broadsheet.newsroom.models import Author, Tag


def term_name(kind: str, term_id: int) -> str | None:
    """Return the name of a tag or author, None where it no longer is."""
    model = Tag if kind == "tag" else Author
    return model.objects.filter(pk=term_id).values_list("name", flat=True).first()


def term_edition(kind: str, term_id: int) -> int | None:
    """Return the edition of a tag or author, None where it no longer is."""
    model = Tag if kind == "tag" else Author
    return model.objects.filter(pk=term_id).values_list("edition_id", flat=True).first()


def tags_by_id(numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Return name and edition of these tags; one question."""
    rows = Tag.objects.filter(pk__in=list(numbers)).values_list("pk", "name", "edition_id")
    return {number: (name, edition) for number, name, edition in rows}


def tags_called(name: str) -> dict[int, int]:
    """Return the tags of that name, whatever the case of its letters, with their editions."""
    return dict(Tag.objects.filter(name__iexact=name).values_list("pk", "edition_id"))


def some_tags(limit: int) -> list[tuple[str, int]]:
    """Return name and edition of tags, by name, to be proposed to somebody who types."""
    return list(Tag.objects.order_by("name", "pk").values_list("name", "edition_id")[:limit])

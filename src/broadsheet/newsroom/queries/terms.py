"""Authors and tags by name and address."""

from broadsheet.newsroom.models import Author, Tag


def term_name(kind: str, term_id: int) -> str | None:
    """Return the name of a tag or author, None where it no longer is."""
    model = Tag if kind == "tag" else Author
    return model.objects.filter(pk=term_id).values_list("name", flat=True).first()
